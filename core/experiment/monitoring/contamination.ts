import type { Dialect } from '../../sql/dialects/dialect.ts';
import { ident, type Sql, sql } from '../../sql/sql.ts';

/** Units that have rows in the same two or more arms. */
export interface Contamination {
  arms: string[];
  units: number;
  rows: number;
}

export interface UnitsAndArms {
  relation: Sql;
  unit: string;
  arm: string;
}

/** How many units are in more than one arm, by which arms: arms, units, rows. Most units first. */
export function contaminationSql(dialect: Dialect, { relation, unit, arm }: UnitsAndArms): Sql {
  const count = (value: Sql) => dialect.cast(value, 'bigint');
  return sql`SELECT arms, ${count(sql`count(*)`)} AS units, ${count(sql`sum(seen)`)} AS "rows"
    FROM (
      SELECT id, ${dialect.textList(sql`arm`, sql`arm`)} AS arms, sum(seen) AS seen
      FROM (
        SELECT ${ident(unit)} AS id, ${dialect.cast(ident(arm), 'text')} AS arm, count(*) AS seen
        FROM (${relation}) t WHERE ${ident(unit)} IS NOT NULL AND ${ident(arm)} IS NOT NULL
        GROUP BY ${ident(unit)}, ${ident(arm)}
      ) a GROUP BY id HAVING count(*) > 1
    ) u GROUP BY arms ORDER BY units DESC, arms`;
}

/** The relation without the rows of units that are in more than one arm. */
export const withoutContaminated = ({ relation, unit, arm }: UnitsAndArms): Sql =>
  sql`SELECT * FROM (${relation}) t WHERE ${ident(unit)} NOT IN (
      SELECT ${ident(unit)} FROM (${relation}) s WHERE ${ident(unit)} IS NOT NULL AND ${ident(arm)} IS NOT NULL
      GROUP BY ${ident(unit)} HAVING count(DISTINCT ${ident(arm)}) > 1
    ) OR ${ident(unit)} IS NULL`;
