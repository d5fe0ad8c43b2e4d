import type { Dialect } from '../sql/dialects/dialect.ts';
import type { Sql } from '../sql/sql.ts';
import type { Text } from '../text/text.ts';

export interface FeatureColumn {
  name: string;
  /** Categories stay categories; a missing value is a value in both kinds. */
  kind: 'numeric' | 'categorical';
  title: Text;
  /** Still in somebody's hands on the date, as payments or arrears are and product or tenure are not. */
  changeable?: boolean;
  /** Says the date and not the account: another date has another value, which is no drift. */
  ofDate?: boolean;
  /** Where this column's reason differs from its family's. */
  known?: Text;
}

/**
 * A family of features, as known on a date. One file of this folder is one family; its id is its file name.
 *
 * `build` gives a SELECT with exactly one row for each row of `population` (a relation with account_id,
 * customer_id, as_of), holding account_id, as_of and the columns. It reads the `current_<table>` views and only
 * rows known by as_of: snapshots with as_of <= the date, events with known_at < the day after it.
 */
export interface FeatureFamily {
  text: { title: Text; summary: Text };
  /** Canonical tables it reads; the family is left out, by name, when one is empty. */
  needs: readonly string[];
  columns: readonly FeatureColumn[];
  /** Why all of it is known on the date: the reason the leak guard shows beside each column. */
  known: Text;
  build(dialect: Dialect, population: Sql): Sql;
}
