import type { Carried, Guarantee } from '#core/delivery/answer.ts';
import type { Calls } from '../../destinations/destination.ts';
import type { Clearing } from '../../store/contact/still-allowed.ts';

/** A run under way, as it was frozen. */
export interface Run {
  id: string;
  carries: Carried;
  guarantee: Guarantee;
  options: unknown;
  calls: Calls<unknown>;
  /** What each template is called at the receiver, by `template language`. */
  mappings: ReadonlyMap<string, Readonly<Record<string, unknown>>>;
  frozenAt: string;
  /** From when what happened or was told withholds; null: rows are not asked about. */
  clearedAt: Clearing | null;
  rows: number;
}
