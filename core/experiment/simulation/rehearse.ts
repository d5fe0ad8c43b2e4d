import { addDays } from '../../contact/time/wall-clock.ts';
import type { VerdictKind } from '../../contract/experiments/results.ts';
import { wilson } from '../../stats/wilson.ts';
import { blockOf } from '../assigning/block.ts';
import type { Design } from '../define.ts';
import type { Metric } from '../metric.ts';
import { judgeGathered } from '../results/assemble.ts';
import type { Gathered } from '../results/gathered.ts';
import type { ArmJudgement } from '../results/judgement.ts';
import { lookDays } from '../results/plan.ts';
import { columnId } from '../units/columns.ts';
import { cellsOf, type PastOutcomes } from './cells.ts';
import { type Drawn, drawArms, type PastStrata, randomLot } from './draw.ts';

export interface RehearsalTask extends PastStrata, PastOutcomes {
  /** Whose arms, plan and looks are tried; late arrivals are left out. */
  design: Design;
  /** Day that counts as that of the first entry. */
  startsOn: string;
  currency: string | null;
  /** Effect put into the last arm, signed, in the metric's unit. */
  planted: number;
  replications: number;
}

/** How often the verdict on the arm with the effect was of a kind: without an effect, and with it. */
export type Endings = Partial<Record<VerdictKind, { none: number; planted: number }>>;

export interface RehearsalCounts {
  replications: number;
  /** Repetitions without an effect in which some arm was called better or worse. */
  alarms: number;
  /** Repetitions in which the effect was seen, in its direction, in the arm that had it. */
  seen: number;
  /** Of those, at a look before the last. */
  early: number;
  looks: number;
  endings: Endings;
}

/** The y of the past with the effect put into one arm: of a share, people flipped by lot; else an amount added. */
function withEffect(
  { y, d, planted }: RehearsalTask,
  kind: Metric['kind'],
  treated: (person: number) => boolean,
  random: () => number,
): Float64Array {
  const changed = y.slice();
  if (kind !== 'proportion') {
    for (let i = 0; i < y.length; i++) if (treated(i)) changed[i]! += planted * (d ? d[i]! : 1);
    return changed;
  }
  const known = y.filter((value) => !Number.isNaN(value));
  const rate = known.reduce((sum, value) => sum + value, 0) / known.length;
  const [from, share] = planted > 0 ? [0, planted / (1 - rate)] : [1, -planted / rate];
  for (let i = 0; i < y.length; i++)
    if (treated(i) && y[i] === from && random() < share) changed[i] = 1 - from;
  return changed;
}

/** What the product would have gathered once every window has closed, of a draw of people whose outcomes are known. */
function gatheredOf(task: RehearsalTask, metric: Metric) {
  const { startsOn, currency } = task;
  const design: Design = { ...task.design, arrivalDays: 0 };
  const days = Array.from({ length: design.entryDays }, (_, i) => addDays(startsOn, i));
  const { horizonDays } = design.metric;
  const lastEntry = days.at(-1)!;
  const [metricId, arms] = [design.metric.id, design.arms.map(({ name }) => name)];
  const id = columnId({ metricId, horizonDays, currency });
  return (drawn: Drawn, y: Float64Array): Gathered => {
    const people = new Array<number>(days.length).fill(0);
    for (const wave of drawn.waves) people[wave]!++;
    const planned = days.map((entersOn, i) => ({ entersOn, people: people[i]! }));
    const looks = lookDays(design, { planned, lastEntry });
    // Days that wait for the same look count as its last one: their moments stand together at every look anyway.
    const lookOf = (day: string) => looks.findIndex(({ on }) => addDays(day, horizonDays) <= on);
    const cohorts = days.map((day) => days.findLast((other) => lookOf(other) === lookOf(day))!);
    return {
      experimentId: 'rehearsal',
      name: design.name,
      design,
      asOf: looks.at(-1)!.on,
      dataVersion: '',
      computedAt: '',
      startsOn,
      schedule: { planned, lastEntry },
      entered: planned.map(({ entersOn, people: entered }) => ({ on: entersOn, arm: '', people: entered })),
      spells: arms.map((arm) => ({ arm, status: 'open', spells: [{ from: startsOn, until: null }] })),
      stopped: false,
      cells: cellsOf({ ...task, id, arms, cohorts }, drawn, { ...task, y }),
      columns: [
        {
          id,
          metricId,
          metric,
          horizonDays,
          currency,
          role: 'primary',
          margin: null,
          cap: null,
          cappedShare: {},
          sql: '',
        },
      ],
      histograms: new Map(),
      segments: [],
      money: [],
      stages: [],
      notAsPlanned: [],
      contaminated: 0,
      leftOut: [],
      harm: [],
      recorded: [],
      changes: [],
      armTitles: {},
      differs: null,
    };
  };
}

const isCalled = ({ kind }: ArmJudgement): boolean => kind === 'better' || kind === 'worse';

/**
 * Repeats a design on people whose outcomes are known and who got none of its messages: drawn anew each time into arms
 * and days as the product draws, and judged after the last look by the product's own judgement of results, with the
 * estimator, bounds, futility, corrections and margin of the plan. As it was (A/A: whatever is called different is a
 * false alarm), and with an effect put into one arm. Guardrails and the daily watch for harm are not part of it.
 *
 * @param random uniform in [0, 1)
 * @param watch told the share done; may throw to stop
 */
export function rehearse(
  task: RehearsalTask,
  metric: Metric,
  random: () => number,
  watch: (done: number) => void = () => {},
): RehearsalCounts {
  const { design, replications, planted } = task;
  const { arms, control, entryDays } = design;
  const treated = arms.findLastIndex(({ name }) => name !== control);
  const name = arms[treated]!.name;
  const expected = planted > 0 === (metric.better === 'higher') ? 'better' : 'worse';
  const { size } = blockOf(arms);
  const gathered = gatheredOf(task, metric);
  const judged = (drawn: Drawn, y: Float64Array) =>
    judgeGathered(gathered(drawn, y), { pValues: false }).judgement;
  const counts: RehearsalCounts = { replications: 0, alarms: 0, seen: 0, early: 0, looks: 1, endings: {} };
  const end = (arm: ArmJudgement, how: 'none' | 'planted') => {
    counts.endings[arm.kind] ??= { none: 0, planted: 0 };
    counts.endings[arm.kind]![how]++;
  };
  for (let r = 0; r < replications; r++) {
    watch(r / replications);
    const drawn = drawArms(task, { arms, entryDays }, randomLot(task, size, random));
    const before = judged(drawn, task.y);
    const changed = withEffect(task, metric.kind, (person) => drawn.arms[person] === treated, random);
    const after = judged(drawn, changed).arms.find(({ arm }) => arm === name)!;
    counts.replications++;
    counts.looks = before.looks.length;
    if (before.arms.some(isCalled)) counts.alarms++;
    if (after.kind === expected) counts.seen++;
    if (after.kind === expected && after.look! < before.looks.length) counts.early++;
    end(before.arms.find(({ arm }) => arm === name)!, 'none');
    end(after, 'planted');
  }
  return counts;
}

/** Shares of the repetitions with their intervals. */
export const rehearsedShares = ({ replications, alarms, seen }: RehearsalCounts) => ({
  falseAlarms: wilson(alarms, replications),
  power: wilson(seen, replications),
});
