import type { Dialect } from '../../sql/dialects/dialect.ts';
import { raw, type Sql, sql } from '../../sql/sql.ts';

/** Counts the rows of a relation for which a condition holds, and all of them. */
export const countRows = (dialect: Dialect, relation: Sql, condition: Sql): Sql =>
  sql`SELECT ${dialect.countIf(condition)} AS affected, ${dialect.countIf(raw('true'))} AS looked_at FROM ${relation}`;
