import type { QueryChart } from '#core/contract/query.ts';
import type { Text } from '#core/text/text.ts';

/** A query that teaches, one a file of `starters/`; its id is the file's name. */
export interface Starter {
  /** Place in the list: from what is asked first. */
  order: number;
  text: { title: Text; summary: Text };
  sql: string;
  chart: QueryChart | null;
}

export const starter = (given: Starter): Starter => given;
