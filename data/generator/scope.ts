import type { Dialect } from '#core/sql/dialects/dialect.ts';
import { ident, join, raw, type Sql, sql } from '#core/sql/sql.ts';
import type { Month } from './calendar.ts';

/** What every builder of the generator needs: the engine's words, the seed, the months, and where scratch tables go. */
export interface Scope {
  dialect: Dialect;
  seed: number;
  months: readonly Month[];
  /** Name of the scratch database. */
  scratch: string;
  /** Past contacts were drawn by lottery, and every draw was written down. */
  lottery?: boolean;
}

export const scratchTable = (scope: Scope, name: string): Sql => ident(scope.scratch, name);

/** Adds computed columns to a relation; each layer may use the columns of those below it. */
export const layer = (inner: Sql, columns: Record<string, Sql>): Sql =>
  sql`SELECT *, ${named(columns)} FROM (${inner})`;

/** `expression AS name`, in order. */
export const named = (columns: Record<string, Sql>): Sql =>
  join(Object.entries(columns).map(([name, value]) => sql`${value} AS ${raw(name)}`));
