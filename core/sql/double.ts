import { raw, type Sql } from './sql.ts';

/**
 * A floating-point literal that every engine reads back to exactly this double: the shortest decimal that round
 * trips, with an exponent so that it is never taken for an exact decimal.
 */
export function double(value: number): Sql {
  if (!Number.isFinite(value)) throw new RangeError(`not a finite number: ${value}`);
  const text = String(value);
  return raw(text.includes('e') ? text : `${text}e0`);
}
