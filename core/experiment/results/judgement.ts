import type { VerdictKind } from '../../contract/experiments/results.ts';
import type { Analysis, Design } from '../define.ts';

/** Of a frozen plan, what the verdict on the primary metric rests on. */
export interface JudgedPlan {
  control: string;
  /** Arms compared with control, in the plan's order. */
  arms: readonly string[];
  better: 'higher' | 'lower';
  /** Least difference worth acting on, in the metric's unit; above 0. */
  margin: number;
  /** Two-sided, over all arms and looks. */
  alpha: number;
  /** Chance wanted of seeing the effect planned for; places futility bounds, where there are any. */
  power: number;
  correction: Design['correction'];
  /** Planned weights by arm, control among them; left out: equal. */
  weights?: Readonly<Record<string, number>>;
  inference: NonNullable<Analysis['inference']>;
  spending: Analysis['spending'];
  futility: boolean;
  /** People planned in an arm and control together: where an always valid interval is to be narrowest. */
  pairPeople: number;
  /** Planned looks in order: their day and the share of planned people whose window has closed by then. */
  looks: readonly PlannedLook[];
}

export interface PlannedLook {
  on: string;
  /** In (0, 1]; the last is 1. */
  information: number;
}

/** An arm against control on the primary metric, by the frozen estimator, among people matured by a look. */
export interface Compared {
  arm: string;
  /** People in the arm and under control. */
  n: number;
  controlN: number;
  /** Arm − control; null where it cannot be computed, which decides nothing. */
  estimate: number | null;
  standardError: number | null;
  /** Of Student's t, where the estimator has them; null or left out: normal. */
  df?: number | null;
}

/** A look whose day has come. */
export interface LookSeen {
  /** People matured ÷ people planned, as found. */
  information: number;
  compared: readonly Compared[];
}

/** A guardrail of one arm: one-sided bounds of arm − control at 1 − alpha; null while nothing is known. */
export interface GuardrailSeen {
  metric: string;
  arm: string;
  better: 'higher' | 'lower';
  margin: number;
  lower: number | null;
  upper: number | null;
  /** Day on which the window of the last person closes. */
  maturesOn: string;
}

/** What is known up to a day. */
export interface Seen {
  asOf: string;
  /** Whether anybody has entered. */
  started: boolean;
  /** Of the planned looks, those whose day has come, in order. */
  looks: readonly LookSeen[];
  /** Left out: none. */
  guardrails?: readonly GuardrailSeen[];
  /** Arms for which a boundary of harm was crossed, with the metric. */
  harm?: readonly { arm: string; metric: string }[];
  /** Why the comparison cannot be trusted, each the id of a check of trust. */
  invalid?: readonly string[];
  /** Whether the experiment was stopped for good before its last look: nobody enters, no look follows. */
  stopped?: boolean;
}

export interface ArmJudgement {
  arm: string;
  kind: VerdictKind;
  /** Look (from 1) that decided, or the last one done; null: none yet. */
  look: number | null;
  estimate: number | null;
  standardError: number | null;
  /** Interval that excludes no effect exactly when the arm is told apart: over all looks and at the arm's own level. */
  lower: number | null;
  upper: number | null;
  /** Two-sided level the interval has been given after the correction over arms. */
  level: number;
  /**
   * Two-sided, and after the correction over arms: of a group sequential plan the repeated p-value of `look`, of an
   * always valid one that of its confidence sequence. Under alpha, corrected, exactly where the interval leaves out 0.
   */
  pValue: number | null;
  correctedP: number | null;
  /** Metrics whose guardrail or harm boundary was crossed. */
  harmedBy: readonly string[];
}

export interface JudgedLook {
  number: number;
  on: string;
  planned: number;
  information: number;
  state: 'done' | 'next' | 'planned';
  /** On the scale of estimate ÷ standard error, of an arm still compared. */
  boundary: { upper: number | null; lower: number | null; futility: number | null };
  arms: readonly { arm: string; z: number | null; crossed: 'none' | 'better' | 'worse' | 'futile' }[];
}

export type GuardrailReading = 'within_margin' | 'margin_crossed' | 'not_yet';

export interface Judgement {
  kind: VerdictKind;
  /** In the plan's order. */
  arms: readonly ArmJudgement[];
  looks: readonly JudgedLook[];
  guardrails: readonly (GuardrailSeen & { reading: GuardrailReading; matured: boolean })[];
  /** Day until which the verdict may change because a guardrail has not matured; null: it stands. */
  provisionalUntil: string | null;
  /** Whether no planned look is left. */
  ended: boolean;
  invalid: readonly string[];
}
