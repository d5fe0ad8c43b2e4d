import { format, type Locale, type Text } from '../text/text.ts';
import { factColumn, flagTitles } from './columns.ts';
import type { Condition } from './condition.ts';

const words = {
  everybody: { es: 'todas las cuentas', en: 'all accounts' },
  nobody: { es: 'ninguna cuenta', en: 'no account' },
  not: { es: 'no ({inner})', en: 'not ({inner})' },
  in: { es: '{column}: {values}', en: '{column} is {values}' },
  notIn: { es: '{column} distinto de {values}', en: '{column} is not {values}' },
  missing: { es: '{column} sin dato', en: '{column} not known' },
  present: { es: '{column} con dato', en: '{column} known' },
  both: {
    es: '{column} desde {from} y menos de {to}{unit}',
    en: '{column} from {from} and under {to}{unit}',
  },
  from: { es: '{column} de al menos {from}{unit}', en: '{column} of at least {from}{unit}' },
  to: { es: '{column} de menos de {to}{unit}', en: '{column} under {to}{unit}' },
  wholeBoth: { es: '{column} de {from} a {last}', en: '{column} from {from} to {last}' },
  wholeTo: { es: '{column} hasta {last}', en: '{column} up to {last}' },
  score: { es: 'puntaje de «{model}»', en: 'score of “{model}”' },
  set: { es: 'con {flag}', en: 'with {flag}' },
  clear: { es: 'sin {flag}', en: 'without {flag}' },
  number: { es: '{value, number, decimal}', en: '{value, number, decimal}' },
  percent: { es: '{value, number, percent}', en: '{value, number, percent}' },
} satisfies Record<string, Text>;

const listed = (parts: string[], locale: Locale, type: 'conjunction' | 'disjunction'): string =>
  new Intl.ListFormat(locale, { type }).format(parts);

function range(
  column: string,
  { from, to }: { from?: number | undefined; to?: number | undefined },
  unit: string,
  as: Text,
  locale: Locale,
): string {
  const shape =
    from !== undefined && to !== undefined ? words.both : from !== undefined ? words.from : words.to;
  const shown = (value: number | undefined) => value !== undefined && format(as, locale, { value });
  return format(shape, locale, { column, from: shown(from), to: shown(to), unit });
}

/** Days and months are whole: what is under 30 is said as up to 29. */
function wholeRange(
  column: string,
  { from, to }: { from?: number | undefined; to?: number | undefined },
  locale: Locale,
): string {
  const number = (value: number) => format(words.number, locale, { value });
  if (to === undefined) return range(column, { from }, '', words.number, locale);
  const last = number(Math.ceil(to) - 1);
  if (from === undefined) return format(words.wholeTo, locale, { column, last });
  return format(words.wholeBoth, locale, { column, from: number(Math.ceil(from)), last });
}

/** What the answer of a model is called; its id where nothing is known of it. */
export type ScoreTitle = (model: string) => Text | undefined;

function inOne(condition: Condition, locale: Locale, titleOf: ScoreTitle, nested: boolean): string {
  if ('all' in condition || 'any' in condition) {
    const parts = 'all' in condition ? condition.all : condition.any;
    if (parts.length === 0) return format('all' in condition ? words.everybody : words.nobody, locale);
    const inner = parts.map((part) => inOne(part, locale, titleOf, parts.length > 1));
    const sentence = listed(inner, locale, 'all' in condition ? 'conjunction' : 'disjunction');
    return nested && parts.length > 1 ? `(${sentence})` : sentence;
  }
  if ('not' in condition)
    return format(words.not, locale, { inner: inOne(condition.not, locale, titleOf, false) });
  if ('score' in condition)
    return range(
      format(words.score, locale, { model: titleOf(condition.score)?.[locale] ?? condition.score }),
      condition,
      '',
      words.percent,
      locale,
    );
  if ('flag' in condition)
    return format(words[condition.is], locale, {
      flag: flagTitles[condition.flag]?.[locale] ?? condition.flag,
    });
  const fact = factColumn(condition.column);
  const column = fact?.title[locale] ?? condition.column;
  if (condition.is === 'between' && fact?.type === 'number') return wholeRange(column, condition, locale);
  if (condition.is === 'between')
    return range(column, condition, condition.currency ? ` ${condition.currency}` : '', words.number, locale);
  if (condition.is === 'in' || condition.is === 'not_in') {
    const values = listed(condition.values, locale, 'disjunction');
    return format(condition.is === 'in' ? words.in : words.notIn, locale, { column, values });
  }
  return format(words[condition.is], locale, { column });
}

/** A condition as a phrase in each language: "days past due from 1 and under 30 and balance of at least 500 USD". */
export const describeCondition = (condition: Condition, titleOf: ScoreTitle = () => undefined): Text => ({
  es: inOne(condition, 'es', titleOf, false),
  en: inOne(condition, 'en', titleOf, false),
});
