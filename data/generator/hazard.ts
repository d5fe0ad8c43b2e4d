import { join, raw, type Sql, sql } from '#core/sql/sql.ts';
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

/** Hazard accumulated by a day, in units of the account's own rate, from the day after `start`. */
export const cumulativeHazard = (day: Sql, start: Sql, windows: readonly Window[]): Sql =>
  windows.reduce(
    (sum, { extra, after, until }) =>
      sql`${sum} + ${extra} * (${payClock(sql`least(${day}, ${until})`)} - ${payClock(sql`least(${day}, ${after})`)})`,
    sql`${payClock(day)} - ${payClock(start)}`,
  );

/** The part of what is spent that falls in a stretch which begins at `from` and takes `length`. */
const spentIn = (spent: Sql, from: Sql, length: Sql): Sql =>
  sql`least(greatest(${spent} - (${from}), 0), ${length})`;

const lastDay = 32;

/**
 * Adds the column `name`: the first day on which the hazard accumulated since `start` reaches the column `target`; 32
 * when it does not by day 31, NULL where the target is.
 *
 * Windows come in order and do not overlap, save those whose extra is 0. The hazard is piecewise linear in the clock and the
 * clock in the day, so both are inverted in closed form: a stretch in which things go 1 + e times as fast takes e / (1 + e)
 * of what is spent in it off the time. Needs pay1 < pay2.
 */
export function firstDayReaching(
  inner: Sql,
  name: string,
  target: string,
  start: Sql,
  windows: readonly Window[],
): Sql {
  const at = (part: string): Sql => raw(`${name}_${part}`);
  const column = (part: string, value: Sql): Record<string, Sql> => ({ [`${name}_${part}`]: value });
  let relation = layer(inner, column('start', payClock(start)));
  windows.forEach(({ extra, after, until }, i) => {
    const before = i === 0 ? at('start') : at(`until${i - 1}`);
    relation = layer(relation, {
      ...column(`extra${i}`, extra),
      ...column(`after${i}`, sql`greatest(${payClock(after)}, ${before})`),
      ...column(`raw${i}`, payClock(until)),
    });
    relation = layer(relation, column(`until${i}`, sql`greatest(${at(`raw${i}`)}, ${at(`after${i}`)})`));
  });
  const saved = windows.map((_, i) => {
    const earlier = windows
      .slice(0, i)
      .map((_, j) => sql` + ${at(`extra${j}`)} * (${at(`until${j}`)} - ${at(`after${j}`)})`);
    const from = sql`${at(`after${i}`)} - ${at('start')}${join(earlier, '')}`;
    const length = sql`(${at(`until${i}`)} - ${at(`after${i}`)}) * (1 + ${at(`extra${i}`)})`;
    return sql` - ${spentIn(raw(target), from, length)} * ${at(`extra${i}`)} / (1 + ${at(`extra${i}`)})`;
  });
  const clock = layer(relation, column('clock', sql`${at('start')} + ${raw(target)}${join(saved, '')}`));
  const fast = num(days * (1 + boost));
  const share = num(boost / (1 + boost));
  const first = spentIn(at('clock'), raw('pay1 - 1'), fast);
  const second = spentIn(at('clock'), sql`pay2 - 1 + ${num(days * boost)}`, fast);
  const day = sql`ceil(least(${at('clock')} - (${first} + ${second}) * ${share}, ${num(lastDay)}))`;
  return layer(clock, { [name]: sql`CASE WHEN ${raw(target)} IS NOT NULL THEN CAST(${day} AS INTEGER) END` });
}
