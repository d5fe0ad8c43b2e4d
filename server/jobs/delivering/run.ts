import type { Carried, Guarantee } from '#core/delivery/answer.ts';
import type { Calls } from '../../destinations/destination.ts';

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
  /** Instant of clearing, from which payments and promises withhold; null: rows are not asked about. */
  clearedAt: string | null;
  rows: number;
}
