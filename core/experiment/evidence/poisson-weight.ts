import { md5 } from '@noble/hashes/legacy.js';
import { utf8ToBytes } from '@noble/hashes/utils.js';
import type { Dialect } from '../../sql/dialects/dialect.ts';
import { join, raw, type Sql, sql } from '../../sql/sql.ts';

/** Draws taken from one md5: eight of 16 bits. */
export const drawsPerHash = 8;

/**
 * Where each weight begins on 0 … 65,535: Poisson of mean 1, cut to 16 bits (its mean is then 1 within 1e-5).
 */
export const thresholds: readonly number[] = (() => {
  const found: number[] = [];
  let term = Math.exp(-1);
  let below = term;
  for (let k = 1; Math.round(65536 * below) < 65536; k++) {
    found.push(Math.round(65536 * below));
    term /= k;
    below += term;
  }
  return found;
})();

/** How often a unit counts in a draw: 16 bits of md5(salt:unit:⌊draw / 8⌋) as a Poisson number of mean 1. */
export function poissonWeight(salt: string, unit: string, draw: number): number {
  const hash = md5(utf8ToBytes(`${salt}:${unit}:${Math.floor(draw / drawsPerHash)}`.normalize('NFC')));
  const at = 2 * (draw % drawsPerHash);
  const bits = hash[at]! + 256 * hash[at + 1]!;
  return thresholds.filter((threshold) => bits >= threshold).length;
}

/** The 32-bit words of the text's md5, as w0 to w3, for `weightInSql`. */
export const hashWords = (dialect: Dialect, text: Sql): Sql[] =>
  [0, 1, 2, 3].map((word) => sql`${dialect.md5Word(text, word)} AS ${raw(`w${word}`)}`);

/** The weight of the draw at a place of a hash, 0 to 7, from columns w0 to w3: equals `poissonWeight`. */
export function weightInSql(dialect: Dialect, place: number): Sql {
  const word = raw(`w${Math.floor(place / 2)}`);
  const bits = place % 2 ? dialect.integerDivide(word, raw('65536')) : sql`(${word} % 65536)`;
  const cases = thresholds.map(
    (threshold, weight) => sql`WHEN ${bits} < ${raw(String(threshold))} THEN ${raw(String(weight))}`,
  );
  return sql`CASE ${join(cases, ' ')} ELSE ${raw(String(thresholds.length))} END`;
}
