import { numberFormat } from '../../text/number.ts';
import type { Locale, Text, TextValues } from '../../text/text.ts';
import { buckets } from '../buckets.ts';
import { tableNamed } from '../tables.ts';
import type { BinHead } from './bins.ts';
import type { Words } from './check.ts';

const quoted = ({ es, en }: Text): Text => ({ es: `«${es}»`, en: `“${en}”` });
const given = (name: string): Text => ({ es: name, en: name });

/** A table as people call it, in quotes. */
export const tableWords = (table: string): Text => quoted(tableNamed(table)?.about ?? given(table));

/** A column as people call it, in quotes. */
export const columnWords = (table: string, column: string): Text =>
  quoted(tableNamed(table)?.columns[column]?.about ?? given(column));

const formats: Record<Locale, Intl.DateTimeFormat> = {
  es: new Intl.DateTimeFormat('es-419', { month: 'long', year: 'numeric', timeZone: 'UTC' }),
  en: new Intl.DateTimeFormat('en-GB', { month: 'long', year: 'numeric', timeZone: 'UTC' }),
};

/** September 2005, from the month's first day. */
export function monthWords(iso: string): Text {
  const date = new Date(`${iso.slice(0, 10)}T00:00:00Z`);
  return { es: formats.es.format(date), en: formats.en.format(date) };
}

/** Several, joined: a, b and 3 more. */
export function listWords(words: readonly Text[], most = 6): Text {
  const rest = words.length - most;
  const joined = (locale: Locale, more: string) =>
    words
      .slice(0, most)
      .map((one) => one[locale])
      .join(', ') + (rest > 0 ? more : '');
  return { es: joined('es', ` y ${rest} más`), en: joined('en', ` and ${rest} more`) };
}

const fixed: Partial<Record<BinHead['kind'], Text>> = {
  missing: { es: '«vacío»', en: '“empty”' },
  other: { es: 'los demás valores', en: 'the other values' },
  filled: { es: '«con dato»', en: '“with a value”' },
  zero: { es: 'el cero', en: 'zero' },
};

const truths: Readonly<Record<string, Text>> = {
  true: { es: 'sí', en: 'yes' },
  false: { es: 'no', en: 'no' },
};

/** What a bin is called: a code in quotes, days past due with their unit, a span of amounts. */
export function binWords({ kind, label, from, to }: BinHead): Text {
  const known = fixed[kind];
  if (known) return known;
  if (kind === 'range') return spanWords(from, to);
  if (kind !== 'bucket') return quoted(truths[label ?? ''] ?? given(label ?? ''));
  const days = label?.replace('-', '–') ?? '';
  return label === buckets[0].name
    ? { es: '«al día»', en: '“up to date”' }
    : { es: `«${days} días de mora»`, en: `“${days} days past due”` };
}

function spanWords(from: number | null, to: number | null): Text {
  const write = (locale: Locale) => {
    const n = (value: number) => numberFormat(locale, { maximumSignificantDigits: 4 })(value);
    const [least, most, between, and] =
      locale === 'es' ? ['más de', 'hasta', 'de', 'a'] : ['over', 'up to', 'from', 'to'];
    if (from === null || to === null) return from === null ? `${most} ${n(to ?? 0)}` : `${least} ${n(from)}`;
    return `${between} ${n(from)} ${and} ${n(to)}`;
  };
  return { es: write('es'), en: write('en') };
}

/** Values for one language: words picked, figures as they are. */
export function inLocale(words: Words, locale: Locale): TextValues {
  return Object.fromEntries(
    Object.entries(words).map(([name, value]) => [
      name,
      value !== null && typeof value === 'object' ? value[locale] : value,
    ]),
  ) as TextValues;
}
