import type { z } from 'zod';
import type { Spell } from '../../contract/experiments/lifecycle.ts';
import type { ExperimentResults, recordedLook } from '../../contract/experiments/results.ts';
import type { Text } from '../../text/text.ts';
import type { Design } from '../define.ts';
import type { EvidenceCell } from '../evidence/moments.ts';
import type { StageCell } from '../monitoring/stages.ts';
import type { Histogram } from '../statistic.ts';
import type { UnitColumn } from '../units/columns.ts';
import type { Schedule } from './plan.ts';

/** A column of the table of units, with what was done to it. */
export interface GatheredColumn extends UnitColumn {
  /** Id in the evidence. */
  id: string;
  role: 'primary' | 'secondary' | 'guardrail' | 'curve';
  /** Margin of a guardrail; null: none. */
  margin: number | null;
  /** Value above which amounts were capped; null: none was. */
  cap: number | null;
  /** Share of each arm's people above it. */
  cappedShare: Readonly<Record<string, number>>;
  /** The statement, to show. */
  sql: string;
}

/** Evidence of the primary metric read apart by a fact: its strata are the fact's levels. */
export interface GatheredSegment {
  column: string;
  declared: boolean;
  cells: readonly EvidenceCell[];
}

/** People lost or kept at a stage, by arm, stratum and day of entering. */
export interface GatheredStage {
  stage: 'assigned' | 'cleared' | 'exported' | 'delivered' | 'outcomes';
  cells: readonly StageCell[];
}

export type RecordedLook = z.output<typeof recordedLook>;

/** Everything known of an experiment that its results are made of. Counts and sums, never people. */
export interface Gathered {
  experimentId: string;
  name: string;
  design: Design;
  asOf: string;
  dataVersion: string;
  computedAt: string;
  /** Day on which the first people entered or will; null before the start. */
  startsOn: string | null;
  schedule: Schedule;
  /** People entered by the last known day, by day and arm. */
  entered: readonly { on: string; arm: string; people: number }[];
  /** Days on which people could enter each arm. */
  spells: readonly { arm: string; status: 'open' | 'paused' | 'dropped'; spells: readonly Spell[] }[];
  stopped: boolean;
  /** By arm × stratum × day of entering, of all columns and of `reached`. */
  cells: readonly EvidenceCell[];
  columns: readonly GatheredColumn[];
  /** Values of quantile metrics, by id and arm, of people whose window has closed. */
  histograms: ReadonlyMap<string, ReadonlyMap<string, Histogram>>;
  segments: readonly GatheredSegment[];
  money: ExperimentResults['money'];
  stages: readonly GatheredStage[];
  /** Arms whose number of people at assignment is not the plan's. */
  notAsPlanned: readonly { arm: string; planned: number; assigned: number }[];
  /** People found in more than one arm. */
  contaminated: number;
  leftOut: ExperimentResults['leftOut'];
  harm: ExperimentResults['harm'];
  recorded: readonly RecordedLook[];
  changes: ExperimentResults['changes'];
  armTitles: Readonly<Record<string, Text>>;
  /** What differs between the arms, which the comparison is called by. */
  differs: Text | null;
}
