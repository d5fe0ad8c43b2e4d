import type { Experiment } from '#core/contract/experiments/experiments.ts';
import type { Lifecycle } from '#core/contract/experiments/lifecycle.ts';
import type { ExperimentResults } from '#core/contract/experiments/results.ts';
import type { Text } from '#core/text/text.ts';

export interface MemoTable {
  header: Text[];
  rows: Text[][];
}

export interface MemoSection {
  id: 'decide' | 'question' | 'made' | 'result' | 'harm' | 'money' | 'limits' | 'advice';
  title: Text;
  lines: Text[];
  table?: MemoTable;
}

export interface Memo {
  experimentId: string;
  name: string;
  asOf: string;
  dataVersion: string;
  planHash: string | null;
  verdict: ExperimentResults['verdict'];
  sections: MemoSection[];
}

/** What is written by hand: who decides what, by when. */
export interface Deciding {
  who: string;
  what: string;
  by: string;
}

export interface MemoInput {
  experiment: Pick<Experiment, 'id' | 'design' | 'planHash' | 'arms'>;
  results: ExperimentResults;
  lifecycle: Pick<Lifecycle, 'startsOn' | 'endsOn' | 'events'> | undefined;
  /** The segment in words, where it is known. */
  segment: Text | null;
  arm: (name: string) => Text;
  deciding: Deciding;
}

export const othersOf = ({ design }: MemoInput['experiment']): string[] =>
  design.arms.map(({ name }) => name).filter((name) => name !== design.control);
