import type { Dialect } from '../../sql/dialects/dialect.ts';
import { ident, type Sql, sql } from '../../sql/sql.ts';

export interface DatedOutcomes {
  relation: Sql;
  arm: string;
  /** Columns that hold the day or instant of assignment and of the outcome. */
  assigned: string;
  outcome: string;
}

/** Of each arm: how many outcomes are dated, how many of them before assignment (which no arm can have caused). */
export const beforeAssignmentSql = (
  dialect: Dialect,
  { relation, arm, assigned, outcome }: DatedOutcomes,
): Sql => sql`SELECT ${dialect.cast(ident(arm), 'text')} AS arm,
      ${dialect.cast(sql`count(*)`, 'bigint')} AS dated,
      ${dialect.countIf(sql`${ident(outcome)} < ${ident(assigned)}`)} AS early
    FROM (${relation}) t
    WHERE ${ident(arm)} IS NOT NULL AND ${ident(outcome)} IS NOT NULL AND ${ident(assigned)} IS NOT NULL
    GROUP BY 1 ORDER BY 1`;
