import type { FeatureBin } from '#core/contract/models/feature-report.ts';
import { numberFormat } from '#core/text/number.ts';
import type { Locale } from '#core/text/text.ts';

type Range = Pick<FeatureBin, 'kind' | 'low' | 'high' | 'categories'>;

const words = {
  missing: { es: 'sin dato', en: 'missing' },
  other: { es: 'otras', en: 'others' },
};

/** A number as short as it can be read: 0.25, 12, 3,400. */
export const shortNumber = (value: number, locale: Locale): string =>
  numberFormat(
    locale,
    Math.abs(value) < 1e5
      ? { maximumSignificantDigits: 3 }
      : { notation: 'compact', maximumSignificantDigits: 3 },
  )(value);

/** A bin as people read it: ≤ 3, 3 – 10, > 10, card, missing. */
export function binLabel({ kind, low, high, categories }: Range, locale: Locale): string {
  if (kind === 'missing' || kind === 'other') return words[kind][locale];
  if (kind === 'categories') return categories.map((name) => name.replaceAll('_', ' ')).join(', ');
  const write = (value: number) => shortNumber(value, locale);
  if (low === null && high === null) return '≠ ∅';
  if (low === null) return `≤ ${write(high as number)}`;
  return high === null ? `> ${write(low)}` : `${write(low)} – ${write(high)}`;
}
