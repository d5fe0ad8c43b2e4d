import { raw, type Sql, sql } from '#core/sql/sql.ts';
import { byCode, num } from '../draw.ts';
import { model } from '../model.ts';
import { type Scope, scratchTable } from '../scope.ts';

export const c = (name: string): Sql => raw(name);

/** One canonical table: its query over the scratch tables of a chunk, and the integers that put its rows in order. */
export interface Made {
  table: string;
  query: Sql;
}

const padded = (letter: string, number: Sql): Sql =>
  sql`'${raw(letter)}' || lpad(CAST(${number} AS VARCHAR), 8, '0')`;
export const accountId = (number: Sql = c('account_no')): Sql => padded('A', number);
export const customerId = (number: Sql = c('customer_no')): Sql => padded('C', number);

export const currency = byCode(
  c('country'),
  model.countries.map((country) => raw(`'${country.currency}'`)),
);
export const perUnit = byCode(
  c('country'),
  model.countries.map((country) => num(country.perUnit)),
);

/** Seconds of the day in UTC on which the world pays and writes here: 7:30 in the west to 20:00 in the south. */
export const paidSecond = (word: Sql): Sql => sql`46800 + ${word} % 36000`;

export const from = (scope: Scope, name: string, alias: string): Sql =>
  sql`${scratchTable(scope, name)} ${raw(alias)}`;

/** Months billed so far; stops with the charge-off. Needs month, status, oldest, k, end_on and opened_idx. */
const billed = (scope: Scope): Sql =>
  sql`CASE WHEN status = 2 THEN month - ${scope.dialect.monthsBetween(c('oldest'), c('end_on'))} + k - 1 ELSE month END - opened_idx`;

/** Balance at the month's end: a loan's instalments still to come, a card's use of its limit, a bill of telecom. */
export function balanceOf(scope: Scope): Sql {
  const d = scope.dialect;
  const noise = sql`CASE WHEN status = 2 THEN 0 ELSE (w1 & 1023) / 512e0 - 1 END`;
  const used = sql`least(21.5e0, used + ${noise} + 0.6e0 * k)`;
  return sql`CASE WHEN status = 3 THEN 0 ELSE CASE product WHEN 0 THEN ${d.cast(sql`round(instalment * ${used}, 2)`, 'money')} WHEN 1 THEN instalment * greatest(term - (${billed(scope)}), 0) + instalment * k ELSE instalment * (k + 1) END END`;
}
