import type { Locale } from './text.ts';

const hardSpace = '\u00a0';
const cache = new Map<string, (value: number | bigint | string) => string>();

/**
 * How the product writes numbers in one language.
 *
 * English as CLDR has it (18,412). Spanish with a decimal comma and a hard space between thousands from four
 * digits on (18 412; 1 204) and one before %, because Latin American countries disagree on point and comma, and columns must line
 * up. Negative numbers carry a true minus sign. Decimal text of any length keeps all its digits.
 */
export function numberFormat(
  locale: Locale,
  options: Intl.NumberFormatOptions = {},
): (value: number | bigint | string) => string {
  const key = `${locale}${JSON.stringify(options)}`;
  const known = cache.get(key);
  if (known) return known;
  const formatter = new Intl.NumberFormat(locale === 'es' ? 'es-419' : 'en', {
    ...options,
    useGrouping: options.useGrouping ?? 'always',
  });
  const write = (value: number | bigint | string): string =>
    formatter
      .formatToParts(value as number)
      .map((part) => {
        if (part.type === 'minusSign') return '−';
        if (locale === 'en') return part.value;
        if (part.type === 'group') return hardSpace;
        if (part.type === 'percentSign') return `${hardSpace}%`;
        if (part.type === 'compact') return part.value === 'K' ? 'k' : part.value;
        if (part.type === 'literal' && options.style === 'percent') return '';
        return part.type === 'decimal' ? ',' : part.value;
      })
      .join('');
  cache.set(key, write);
  return write;
}
