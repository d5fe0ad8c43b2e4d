import type { Text } from '../../../text/text.ts';
import type { ColumnRecipe, DateStyle } from '../../recipe.ts';
import type { Seen } from '../names/match.ts';
import { lastDay } from '../names/months.ts';
import { codesFor } from './codes.ts';

const coded = new Set(['currency', 'jurisdiction', 'customer_type', 'channel', 'role', 'sex']);
const monies = new Set([
  'balance',
  'arrears',
  'amount',
  'minimum_due',
  'credit_limit',
  'original_amount',
  'balance_placed',
]);

const says = (seen: Seen, ...words: string[]): boolean => seen.words.some((word) => words.includes(word));

/** What has to be done to the values of a source column so that they are what a column of the portfolio holds. */
export function transform(
  name: string,
  seen: Seen,
  fileDates: DateStyle,
): { recipe: ColumnRecipe; note?: Text } {
  const { column, look } = seen;
  const base = { from: column.name, otherwise: 'reject' as const };
  const codes = coded.has(name) ? codesFor(name, column) : undefined;
  if (codes)
    return {
      recipe: { ...base, codes },
      note: { es: 'sus códigos se traducen', en: 'its codes are translated' },
    };
  if (look.shape === 'period') {
    const months = column.values.map(({ value }) => value.trim()).filter(Boolean);
    const end = (value: string) => lastDay(value.replace(/^(\d{4})[-/]?(\d{2})$/, '$1-$2'));
    return {
      recipe: { ...base, codes: Object.fromEntries(months.map((value) => [value, end(value)])) },
      note: { es: 'cada mes se fecha en su último día', en: 'each month is dated on its last day' },
    };
  }
  if (look.shape === 'date' && look.dates[0] && !look.dates.includes(fileDates))
    return { recipe: { ...base, dates: look.dates[0] } };
  const scaled = (factor: number, note: Text) => ({ recipe: { ...base, factor }, note });
  if (name === 'rate' && (look.median ?? 0) > 1.5)
    return scaled(0.01, {
      es: 'está en por ciento: 24 pasa a 0,24',
      en: 'it is in percent: 24 becomes 0.24',
    });
  if (monies.has(name) && says(seen, 'centavos', 'cents', 'ctvs', 'centimos'))
    return scaled(0.01, { es: 'está en centavos', en: 'it is in cents' });
  if (monies.has(name) && says(seen, 'miles', 'thousands'))
    return scaled(1000, { es: 'está en miles', en: 'it is in thousands' });
  return { recipe: base };
}
