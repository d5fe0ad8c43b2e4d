import { format, type Locale, type Text } from '../../text/text.ts';

interface Measured {
  unit: 'share' | 'money' | 'count' | 'days';
  currency: string | null;
}

const units: Record<Measured['unit'], Text> = {
  share: {
    es: '{n, number, decimal} {n, plural, one {punto} other {puntos}}',
    en: '{n, number, decimal} {n, plural, one {point} other {points}}',
  },
  money: { es: '{n, number, hundredths} {currency}', en: '{n, number, hundredths} {currency}' },
  count: { es: '{n, number, decimal} por persona', en: '{n, number, decimal} a person' },
  days: { es: '{n, number, decimal} días', en: '{n, number, decimal} days' },
};

/** What one unit of a metric is multiplied by to be shown: shares in percentage points. */
export const shownUnits = (unit: Measured['unit']): number => (unit === 'share' ? 100 : 1);

/** Rounded up to two significant figures, so that what is promised is seen. */
export function roundedUp(value: number, digits = 2): number {
  if (!(value > 0)) return 0;
  const step = 10 ** (Math.floor(Math.log10(value)) + 1 - digits);
  return Number((Math.ceil(value / step - 1e-9) * step).toPrecision(12));
}

/** A size of a metric in words: 1.5 points, 120.00 MXN, 0.02 a person. Shares come in percentage points. */
export function amount(value: number, { unit, currency }: Measured): Text {
  const write = (locale: Locale) =>
    format(units[unit], locale, { n: value, currency: currency ?? '' }).trim();
  return { es: write('es'), en: write('en') };
}
