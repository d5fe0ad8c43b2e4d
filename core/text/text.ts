import { IntlMessageFormat } from 'intl-messageformat';
import { numberFormat } from './number.ts';

export const locales = ['es', 'en'] as const;
export type Locale = (typeof locales)[number];

/** The same sentence in every language of the product, as an ICU message. */
export type Text = Record<Locale, string>;
export type TextValues = Record<string, string | number | boolean | null | undefined>;

const compiled = new Map<string, IntlMessageFormat>();

/**
 * Writes an ICU message with its values in one language.
 *
 * Numbers are written as `numberFormat` does; null and undefined are shown as a dash.
 */
export function format(text: Text, locale: Locale, values: TextValues = {}): string {
  const key = `${locale}\n${text[locale]}`;
  let message = compiled.get(key);
  if (!message) {
    message = new IntlMessageFormat(
      text[locale],
      locale,
      {
        number: {
          integer: { maximumFractionDigits: 0 },
          percent: { style: 'percent', maximumFractionDigits: 1 },
          decimal: { maximumFractionDigits: 3 },
          hundredths: { minimumFractionDigits: 2, maximumFractionDigits: 2 },
        },
        date: { day: { dateStyle: 'medium', timeZone: 'UTC' } },
      },
      {
        formatters: {
          getNumberFormat: (_locales, options) =>
            Object.create(Intl.NumberFormat.prototype, {
              format: { value: numberFormat(locale, options) },
            }),
          getDateTimeFormat: (...given) => new Intl.DateTimeFormat(...given),
          getPluralRules: (...given) => new Intl.PluralRules(...given),
        },
      },
    );
    compiled.set(key, message);
  }
  const shown = Object.fromEntries(Object.entries(values).map(([name, value]) => [name, value ?? '–']));
  return String(message.format(shown));
}
