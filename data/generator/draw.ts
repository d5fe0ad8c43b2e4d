import type { Dialect } from '#core/sql/dialects/dialect.ts';
import { join, literal, raw, type Sql, sql } from '#core/sql/sql.ts';

/** A number written into the statement. */
export const num = (value: number): Sql => raw(Number.isInteger(value) ? `${value}` : `${value}e0`);

/** Text that names one draw: `seed:stream:id`, or `seed:stream:id:which` with a number of month or slot. */
export const drawKey = (dialect: Dialect, seed: number, stream: string, id: Sql, which?: number): Sql =>
  dialect.concat(
    literal(`${seed}:${stream}:`),
    dialect.cast(id, 'text'),
    ...(which === undefined ? [] : [literal(`:${which}`)]),
  );

/** One of the four 32-bit words of a draw, as a signed whole number. */
export const word = (dialect: Dialect, key: Sql, index: number): Sql => dialect.md5Word(key, index);

/** A 32-bit word as a number strictly between 0 and 1. */
export const uniform = (drawn: Sql): Sql => sql`((${drawn} + 0.5e0) / 4294967296)`;

/** A word's bits from `shift` on as a whole number from 0 to size − 1, for choices that share one word. */
export const choice = (drawn: Sql, shift: number, size: number): Sql =>
  sql`((${drawn} >> ${raw(String(shift))}) % ${raw(String(size))})`;

/** Four words as a number with mean 0 and variance 1 and nearly normal (sum of four uniforms). */
export const nearlyNormal = (words: readonly Sql[]): Sql =>
  sql`((${join(
    words.map((word) => sql`CAST(${word} AS BIGINT)`),
    ' + ',
  )} + 2) / 4294967296e0 - 2) * 1.7320508075688772e0`;

/** The value whose share of [0, 1) the draw falls in; shares add up to 1 and the last one takes what rounding leaves. */
export function pick(draw: Sql, options: readonly { share: number; value: Sql }[]): Sql {
  let upTo = 0;
  const cases = options.slice(0, -1).map(({ share, value }) => {
    upTo += share;
    return sql`WHEN ${draw} < ${num(Number(upTo.toFixed(9)))} THEN ${value}`;
  });
  const last = options.at(-1)!.value;
  return cases.length ? sql`CASE ${join(cases, ' ')} ELSE ${last} END` : last;
}

/** The value for a small whole number 0, 1, 2, … */
export const byCode = (code: Sql, values: readonly Sql[]): Sql =>
  sql`CASE ${code} ${join(
    values.map((value, i) => sql`WHEN ${raw(String(i))} THEN ${value}`),
    ' ',
  )} END`;

/** Logistic function of log odds. */
export const logistic = (dialect: Dialect, logOdds: Sql): Sql =>
  sql`(1 / (1 + ${dialect.exp(sql`-(${logOdds})`)}))`;
