import { numberFormat } from '../../../text/number.ts';
import { format, type Locale, locales, type Text, type TextValues } from '../../../text/text.ts';

/** A sentence in every language, each with its values written as that language writes them. */
export const say = (text: Text, values: TextValues | ((locale: Locale) => TextValues) = {}): Text =>
  Object.fromEntries(
    locales.map((locale) => [
      locale,
      format(text, locale, typeof values === 'function' ? values(locale) : values),
    ]),
  ) as Text;

const number = (locale: Locale, value: number, digits: number, signed: boolean): string =>
  numberFormat(locale, {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
    ...(signed ? { signDisplay: 'exceptZero' as const } : {}),
  })(value);

export type Unit = 'share' | 'money' | 'count' | 'days';

/** Enough digits to see a value of this size: 1.9, 0.41, 12. */
const digitsFor = (value: number): number => {
  const size = Math.abs(value);
  if (size === 0 || size >= 100) return 0;
  return size >= 1 ? 1 : size >= 0.1 ? 2 : 3;
};

/** A value in the metric's unit: shares in points. Without the unit's name. */
export function amount(locale: Locale, value: number, unit: Unit, signed = false): string {
  const shown = unit === 'share' ? value * 100 : value;
  return number(
    locale,
    shown,
    unit === 'share' ? (Math.abs(shown) >= 0.1 || shown === 0 ? 1 : 2) : digitsFor(shown),
    signed,
  );
}

export const unitName = (unit: Unit, currency: string | null): Text =>
  ({
    share: { es: 'puntos', en: 'points' },
    money: { es: currency ?? '', en: currency ?? '' },
    count: { es: 'por persona', en: 'per person' },
    days: { es: 'días', en: 'days' },
  })[unit];

export const wholePercent = (locale: Locale, share: number): string =>
  numberFormat(locale, { style: 'percent', maximumFractionDigits: 0 })(share);

export const integer = (locale: Locale, value: number): string =>
  numberFormat(locale, { maximumFractionDigits: 0 })(value);

/** A day with its weekday: "jueves 3 de diciembre", "Thursday 3 December". */
export const dayName = (locale: Locale, iso: string): string =>
  new Intl.DateTimeFormat(locale === 'es' ? 'es-419' : 'en-GB', {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    timeZone: 'UTC',
  })
    .format(new Date(`${iso}T00:00:00Z`))
    .replace(',', '');
