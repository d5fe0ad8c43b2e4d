import type { Tally } from '#core/scorecard/evidence.ts';

/** One bin as the editor shows it. */
export interface BinRow {
  /** Its place among the bins. */
  at: number;
  name: string;
  tally: Tally;
  share: number;
  woe: number;
  /** Fewer rows than the least share. */
  small: boolean;
}
