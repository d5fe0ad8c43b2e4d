import { numberFormat } from '../../text/number.ts';
import { format, type Locale, type Text } from '../../text/text.ts';
import { factColumn, flagTitles } from '../columns.ts';
import type { Condition, Nearest } from '../condition.ts';
import type { Measure } from '../measure.ts';
import { words } from './words.ts';

/** What things are called; the id stands where nothing is known of it. */
export interface Titles {
  score?: (model: string) => Text | undefined;
  feature?: (name: string) => Text | undefined;
  experiment?: (id: string) => string | undefined;
  style?: (id: string) => Text | undefined;
}

interface Writing {
  locale: Locale;
  titles: Titles;
}

const listed = (parts: readonly string[], locale: Locale, type: 'conjunction' | 'disjunction'): string =>
  new Intl.ListFormat(locale, { type }).format(parts);

/** A value as it is where it is one plain word, else in quotes, so that it is never taken for a part of the sentence. */
const quoted = (value: string, locale: Locale): string => {
  if (/^[\p{L}\p{N}][\p{L}\p{N}_+./-]+$/u.test(value) || /^\p{N}$/u.test(value)) return value;
  return locale === 'es' ? `«${value.replaceAll('»', '»»')}»` : `“${value.replaceAll('”', '””')}”`;
};

const exact = (value: number, locale: Locale): string =>
  numberFormat(locale, { maximumFractionDigits: 20 })(value);
const percent = (value: number, locale: Locale): string =>
  numberFormat(locale, { style: 'percent', maximumFractionDigits: 20 })(value);

interface Bounds {
  from?: number | undefined;
  to?: number | undefined;
}

function range(
  column: string,
  { from, to }: Bounds,
  unit: string,
  write: typeof exact,
  locale: Locale,
): string {
  const shape =
    from !== undefined && to !== undefined ? words.both : from !== undefined ? words.from : words.to;
  const shown = (value: number | undefined) => (value === undefined ? null : write(value, locale));
  return format(shape, locale, { column, from: shown(from), to: shown(to), unit });
}

/** Days and months are whole: what is under 30 is said as up to 29. */
function wholeRange(column: string, { from, to }: Bounds, locale: Locale): string {
  if (to === undefined) return range(column, { from }, '', exact, locale);
  const last = exact(Math.ceil(to) - 1, locale);
  if (from === undefined) return format(words.wholeTo, locale, { column, last });
  return format(words.wholeBoth, locale, { column, from: exact(Math.ceil(from), locale), last });
}

type Named = Extract<Condition, { is: 'between' | 'in' | 'not_in' | 'missing' | 'present' }>;

function named(column: string, condition: Named, whole: boolean, locale: Locale): string {
  switch (condition.is) {
    case 'between':
      if (whole) return wholeRange(column, condition, locale);
      return range(column, condition, condition.currency ? ` ${condition.currency}` : '', exact, locale);
    case 'in':
    case 'not_in': {
      const values = condition.values.map((value) => quoted(value, locale));
      const shape = condition.is === 'in' ? words.in : words.notIn;
      return format(shape, locale, { column, values: listed(values, locale, 'disjunction') });
    }
    default:
      return format(words[condition.is], locale, { column });
  }
}

const scoreTitle = (model: string, { locale, titles }: Writing): string =>
  format(words.score, locale, { model: titles.score?.(model)?.[locale] ?? model });
const featureTitle = (feature: string, { locale, titles }: Writing): string =>
  format(words.feature, locale, { feature: titles.feature?.(feature)?.[locale] ?? feature });

/** What a measure is called in a sentence. */
export function measureTitle(of: Measure, writing: Writing): string {
  const { locale } = writing;
  if ('score' in of) return scoreTitle(of.score, writing);
  if ('feature' in of) return featureTitle(of.feature, writing);
  const name = 'column' in of ? of.column : of.rankOf;
  const title = factColumn(name)?.title[locale] ?? name;
  return 'column' in of ? title : format(words.percentileCurrency, locale, { measure: title });
}

function nearestWords({ nearest, measures, centres }: Nearest, writing: Writing): string {
  const { locale } = writing;
  const at = measures.map(({ of, mean, deviation }, i) =>
    format(words.centreAt, locale, {
      measure: measureTitle(of, writing),
      value: numberFormat(locale, { maximumSignificantDigits: 4 })(
        mean + deviation * (centres[nearest - 1]?.[i] ?? 0),
      ),
    }),
  );
  return format(words.nearest, locale, {
    nearest,
    of: centres.length,
    centre: listed(at, locale, 'conjunction'),
  });
}

function styleWords(
  { style, is, withinDays }: Extract<Condition, { style: string }>,
  { locale, titles }: Writing,
): string {
  const title = titles.style?.(style)?.[locale] ?? style;
  const shape = withinDays === undefined ? words[is] : words[`${is}_within`];
  return format(shape, locale, {
    style: title,
    days: withinDays === undefined ? null : exact(withinDays, locale),
  });
}

function leafWords(leaf: Condition, writing: Writing): string {
  const { locale, titles } = writing;
  const either = (values: readonly string[]) =>
    listed(
      values.map((value) => quoted(value, locale)),
      locale,
      'disjunction',
    );
  if ('column' in leaf) {
    const column = factColumn(leaf.column);
    return named(column?.title[locale] ?? leaf.column, leaf, column?.type === 'number', locale);
  }
  if ('feature' in leaf) return named(featureTitle(leaf.feature, writing), leaf, false, locale);
  if ('score' in leaf) return range(scoreTitle(leaf.score, writing), leaf, '', percent, locale);
  if ('decile' in leaf)
    return format(words.decile, locale, {
      score: scoreTitle(leaf.decile, writing),
      of: either([...leaf.of].sort((a, b) => a - b).map(String)),
    });
  if ('percentile' in leaf) {
    const shape = leaf.within === 'currency' ? words.percentileCurrency : words.percentileBook;
    return range(
      format(shape, locale, { measure: measureTitle(leaf.percentile, writing) }),
      leaf,
      '',
      percent,
      locale,
    );
  }
  if ('flag' in leaf)
    return format(words[leaf.is], locale, { flag: flagTitles[leaf.flag]?.[locale] ?? leaf.flag });
  if ('experiment' in leaf)
    return format(words.arm, locale, {
      experiment: titles.experiment?.(leaf.experiment) ?? leaf.experiment,
      arms: either(leaf.arms),
    });
  if ('style' in leaf) return styleWords(leaf, writing);
  if ('bestChannel' in leaf)
    return format(leaf.sure ? words.bestSure : words.best, locale, {
      channels: either(leaf.bestChannel.map((channel) => words.channels[channel]?.[locale] ?? channel)),
    });
  return 'nearest' in leaf ? nearestWords(leaf, writing) : '';
}

/** Several values are said as a list, which needs parentheses of its own inside another list. */
function isList(leaf: Condition): boolean {
  if ('values' in leaf) return leaf.values.length > 1;
  if ('decile' in leaf) return leaf.of.length > 1;
  if ('experiment' in leaf) return leaf.arms.length > 1;
  return 'bestChannel' in leaf && leaf.bestChannel.length > 1;
}

function inOne(condition: Condition, writing: Writing, nested: boolean): string {
  const { locale } = writing;
  if ('not' in condition) return format(words.not, locale, { inner: inOne(condition.not, writing, false) });
  if ('all' in condition || 'any' in condition) {
    const parts = 'all' in condition ? condition.all : condition.any;
    if (parts.length === 0) return format('all' in condition ? words.everybody : words.nobody, locale);
    const [only] = parts;
    if (only && parts.length === 1) return inOne(only, writing, nested);
    const inner = parts.map((part) => inOne(part, writing, true));
    const sentence = listed(inner, locale, 'all' in condition ? 'conjunction' : 'disjunction');
    return nested ? `(${sentence})` : sentence;
  }
  const said = leafWords(condition, writing);
  return nested && isList(condition) ? `(${said})` : said;
}

/**
 * A condition as a phrase in each language: "days past due from 1 to 29 and balance of at least 500 USD". Every number is
 * written with all its digits but those of a centre, and groups within groups stand in parentheses, so that two
 * conditions that differ in meaning are not said alike.
 */
export const describeCondition = (condition: Condition, titles: Titles = {}): Text => ({
  es: inOne(condition, { locale: 'es', titles }, false),
  en: inOne(condition, { locale: 'en', titles }, false),
});
