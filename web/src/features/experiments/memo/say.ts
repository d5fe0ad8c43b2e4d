import { format, type Locale, locales, type Text, type TextValues } from '#core/text/text.ts';
import { type Figures, figures } from '../../../i18n/figures.ts';
import type { Figure } from '../results/figure.ts';
import en from './en.json';
import es from './es.json';

export type MemoKey = keyof typeof es;

/** One of the two languages of a memo. */
export interface Writer {
  f: Figures;
  pick: (text: Text) => string;
  list: (names: readonly string[]) => string;
  either: (names: readonly string[]) => string;
  say: (key: MemoKey, values?: TextValues) => string;
}

type Value = number | null | undefined;

/** Differences as who decides reads them: points, not pp; a limit without a sign; a range in words. */
export function plainly({ say: word }: Writer, figure: Figure) {
  const points = (text: string) => text.replace(/pp$/, word('points'));
  return {
    difference: (value: Value) => points(figure.difference(value)),
    size: (value: Value) => points(figure.difference(value)).replace('+', ''),
    range: ({ lower, upper }: { lower: Value; upper: Value }) =>
      word('range', {
        lower: figure.difference(lower).replace(/\s*[A-Za-z]+$/, ''),
        upper: points(figure.difference(upper)),
      }),
  };
}

const writerOf = (locale: Locale): Writer => ({
  f: figures(locale),
  pick: (text) => text[locale],
  list: (names) => new Intl.ListFormat(locale).format(names),
  either: (names) => new Intl.ListFormat(locale, { type: 'disjunction' }).format(names),
  say: (key, values) => format({ es: es[key], en: en[key] }, locale, values),
});
const writers = Object.fromEntries(locales.map((locale) => [locale, writerOf(locale)])) as Record<
  Locale,
  Writer
>;

/** What is worked out anew in each language. */
export const write = (how: (writer: Writer) => string): Text => ({
  es: how(writers.es),
  en: how(writers.en),
});

/** A sentence of the memo in both languages; its values are written in each. */
export const say = (key: MemoKey, values: (writer: Writer) => TextValues = () => ({})): Text =>
  write((writer) => writer.say(key, values(writer)));
