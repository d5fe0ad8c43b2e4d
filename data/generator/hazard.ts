import { raw, type Sql, sql } from '#core/sql/sql.ts';
import { num } from './draw.ts';
import { model } from './model.ts';
import { layer } from './scope.ts';

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

/**
 * Hazard accumulated by a day, in units of the account's own rate, from the day after `start`. The clock only grows, so
 * the clock at the earlier of two days is the smaller of their clocks.
 */
export function cumulativeHazard(day: Sql, start: Sql, windows: readonly Window[]): Sql {
  return accumulated(payClock(day), {
    start: payClock(start),
    windows: windows.map(({ extra, after, until }) => ({
      extra,
      after: payClock(after),
      until: payClock(until),
    })),
  });
}

interface Clocks {
  start: Sql;
  windows: readonly Window[];
}

const accumulated = (clock: Sql, { start, windows }: Clocks): Sql =>
  windows.reduce(
    (sum, { extra, after, until }) =>
      sql`${sum} + ${extra} * (least(${clock}, ${until}) - least(${clock}, ${after}))`,
    sql`${clock} - ${start}`,
  );

/**
 * Adds the column `name`: the first day on which the hazard accumulated since `start` reaches the column `target`; 32
 * when it does not by day 31, NULL where the target is. A binary search in layers, exact because the hazard only grows.
 */
export function firstDayReaching(
  inner: Sql,
  name: string,
  target: string,
  start: Sql,
  windows: readonly Window[],
): Sql {
  const at = (part: string): Sql => raw(`${name}_${part}`);
  const clocks: Record<string, Sql> = { [`${name}_0`]: num(0), [`${name}_start`]: payClock(start) };
  windows.forEach(({ extra, after, until }, i) => {
    clocks[`${name}_extra${i}`] = extra;
    clocks[`${name}_after${i}`] = payClock(after);
    clocks[`${name}_until${i}`] = payClock(until);
  });
  const known: Clocks = {
    start: at('start'),
    windows: windows.map((_, i) => ({
      extra: at(`extra${i}`),
      after: at(`after${i}`),
      until: at(`until${i}`),
    })),
  };
  let relation = layer(inner, clocks);
  [16, 8, 4, 2, 1].forEach((step, i) => {
    const tried = sql`${at(String(i))} + ${num(step)}`;
    relation = layer(layer(relation, { [`${name}_clock${i}`]: payClock(tried) }), {
      [`${name}_${i + 1}`]: sql`CASE WHEN ${accumulated(at(`clock${i}`), known)} < ${raw(target)} THEN ${tried} ELSE ${at(String(i))} END`,
    });
  });
  return layer(relation, { [name]: sql`CASE WHEN ${raw(target)} IS NOT NULL THEN ${at('5')} + 1 END` });
}
