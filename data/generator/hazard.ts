import { raw, type Sql, sql } from '#core/sql/sql.ts';
import { num } from './draw.ts';
import { model } from './model.ts';

const { days, boost } = model.payday;

/**
 * The month's clock at the end of a day: days gone by, with `boost` days more for each payday window passed. The
 * hazard of paying runs on this clock. Needs pay1 and pay2 in scope.
 */
export const payClock = (day: Sql): Sql => {
  const passed = (payday: string) => sql`least(greatest(${day} - ${raw(payday)} + 1, 0), ${num(days)})`;
  return sql`(${day} + ${num(boost)} * (${passed('pay1')} + ${passed('pay2')}))`;
};

/** A time in which the hazard is multiplied by 1 + extra: from the day after `after` to `until`. */
export interface Window {
  extra: Sql;
  after: Sql;
  until: Sql;
}

/** Cumulative hazard up to the end of a day, in units of the account's own rate, from the day after `start`. */
export function cumulativeHazard(day: Sql, start: Sql, windows: readonly Window[]): Sql {
  const base = sql`${payClock(day)} - ${payClock(start)}`;
  return windows.reduce(
    (sum, { extra, after, until }) =>
      sql`${sum} + ${extra} * (${payClock(sql`least(${day}, ${until})`)} - ${payClock(sql`least(${day}, ${after})`)})`,
    base,
  );
}

/**
 * The day on which the cumulative hazard first reaches the column `target`: 32 when it does not within the month.
 * A binary search in five layers, exact because the hazard only grows. NULL where the target is NULL.
 */
export function firstDayReaching(
  inner: Sql,
  name: string,
  target: string,
  start: Sql,
  windows: readonly Window[],
): Sql {
  let relation = sql`SELECT *, 0 AS ${raw(`${name}_0`)} FROM (${inner})`;
  [16, 8, 4, 2, 1].forEach((step, i) => {
    const before = raw(`${name}_${i}`);
    const tried = sql`${before} + ${num(step)}`;
    relation = sql`SELECT *, CASE WHEN ${cumulativeHazard(tried, start, windows)} < ${raw(target)} THEN ${tried} ELSE ${before} END AS ${raw(`${name}_${i + 1}`)} FROM (${relation})`;
  });
  return sql`SELECT *, CASE WHEN ${raw(target)} IS NOT NULL THEN ${raw(`${name}_5`)} + 1 END AS ${raw(name)} FROM (${relation})`;
}
