import type { Dialect } from '#core/sql/dialects/dialect.ts';
import { literal, raw, type Sql, sql } from '#core/sql/sql.ts';
import type { Sample } from '../../training-set.ts';

const range = 2 ** 32;

/** Whether the customer of a row is among those drawn by a hash of the name: the same people on every date. */
export function isDrawn(dialect: Dialect, { share, seed }: Sample, customer: Sql): Sql {
  if (share >= 1) return raw('true');
  const word = dialect.md5Word(dialect.concat(literal(`train:${seed}:`), customer), 0);
  return sql`${word} < ${Math.floor(share * range)}`;
}
