import type { Text } from '../../../text/text.ts';
import { isCountry, isCurrency } from '../values/codes.ts';
import type { SourceColumn } from '../values/column-profile.ts';
import type { Look } from '../values/look.ts';
import type { Kind, Target } from './targets.ts';
import { isFiller, meaningsOf, wordsOf } from './words.ts';

/** A source column with all that was made out of it. */
export interface Seen {
  column: SourceColumn;
  words: readonly string[];
  look: Look;
}

export interface Match {
  from: string;
  /** 0 to 1. */
  confidence: number;
  reason: Text;
}

/** Words that change what a name speaks of: left unexplained, they cost much. */
const telling = new Set(
  'birth promise payment paid due cut limit minimum original overdue rate name address email phone city expected agent contact complaint cost returned document instalment days status year education marital age kept transaction balance amount chargeoff currency country method channel date number period'.split(
    ' ',
  ),
);

const unexplained = (word: string): number => {
  if (isFiller(word) || /^\d+$/.test(word)) return 0.03;
  const meanings = [...meaningsOf(word)];
  if (meanings.length === 0) return 0.16;
  return meanings.every((meaning) => telling.has(meaning)) ? 0.55 : 0.22;
};

/** How well the words of a name fit a pattern of meanings, each met by a word of its own. */
function fitWords(words: readonly string[], pattern: string): number {
  const weak = pattern.endsWith('~');
  const wanted = pattern.replace('~', '').split(' ');
  const left = [...words];
  for (const meaning of [...wanted].sort((a, b) => choices(left, a) - choices(left, b))) {
    const fitting = left
      .map((word, i) => ({ i, others: meaningsOf(word).size, has: meaningsOf(word).has(meaning) }))
      .filter(({ has }) => has)
      .sort((a, b) => a.others - b.others)[0];
    if (!fitting) return 0;
    left.splice(fitting.i, 1);
  }
  const cost = left.reduce((sum, word) => sum + unexplained(word), 0);
  return Math.max(0, (weak ? 0.55 : 0.9 + 0.02 * Math.min(wanted.length, 3)) - cost);
}

const choices = (words: readonly string[], meaning: string): number =>
  words.filter((word) => meaningsOf(word).has(meaning)).length;

/** The best of the patterns; later ones of the list count a little less. */
export const fitName = (words: readonly string[], target: Target): number =>
  Math.max(0, ...target.names.map((pattern, i) => fitWords(words, pattern) - 0.004 * i));

/** What the values say to a kind: 1 they fit, 0 they cannot be it, between when they tell little. */
export function fitValues({ column, look }: Seen, kind: Kind): number {
  const few = column.distinct <= Math.max(30, column.filled * 0.05);
  if (look.shape === 'empty') return 0.6;
  switch (kind) {
    case 'date':
      return look.shape === 'date' ? 1 : look.shape === 'period' ? 0.9 : 0;
    case 'money':
      return look.shape === 'number' || look.shape === 'whole' ? 1 : look.shape === 'yes or no' ? 0.3 : 0;
    case 'whole':
      if (look.shape === 'whole') return (look.minimum ?? 0) < 0 ? 0.55 : 1;
      return look.shape === 'number' || look.shape === 'yes or no' ? 0.5 : 0;
    case 'ratio':
      if (look.shape !== 'number' && look.shape !== 'whole') return 0;
      return (look.maximum ?? 0) <= 200 && (look.minimum ?? 0) >= 0 ? 1 : 0.2;
    case 'yes or no':
      return look.shape === 'yes or no' ? 1 : column.distinct <= 3 ? 0.5 : 0;
    case 'currency':
      return shareOf(column, isCurrency) >= 0.95 ? 1 : few && look.shape === 'text' ? 0.7 : 0.1;
    case 'country':
      if (look.shape === 'whole') return 0.3;
      return shareOf(column, isCountry) >= 0.95 ? 1 : few ? 0.6 : 0.2;
    case 'code':
      return column.distinct <= 30 && look.shape !== 'date' && look.shape !== 'number' ? 1 : 0.1;
    case 'key':
      if (look.shape === 'date' || look.shape === 'number' || look.shape === 'email') return 0;
      return look.shape === 'yes or no' && column.rows > 4 ? 0.2 : 1;
    case 'text':
      return look.shape === 'date' || look.shape === 'email' || look.shape === 'number' ? 0.3 : 1;
  }
}

export const shareOf = ({ values }: SourceColumn, fits: (value: string) => boolean): number => {
  const all = values.reduce((sum, { count }) => sum + count, 0);
  return all ? values.reduce((sum, { value, count }) => sum + (fits(value.trim()) ? count : 0), 0) / all : 0;
};

export const see = (column: SourceColumn, look: Look): Seen => ({
  column,
  look,
  words: wordsOf(column.name),
});

/** How likely a source column feeds a column of the portfolio, from its name and its values together. */
export function match(seen: Seen, target: Target): Match | null {
  const byName = fitName(seen.words, target);
  const byValues = fitValues(seen, target.kind);
  const from = seen.column.name;
  const { es, en } = shapeWords(seen, target.kind, byValues);
  if (byName > 0) {
    const confidence = byName * (0.35 + 0.65 * byValues);
    if (confidence < 0.4 || byValues === 0) return null;
    return {
      from,
      confidence,
      reason: { es: `por el nombre «${from}»${es}`, en: `by the name "${from}"${en}` },
    };
  }
  if (byValues === 1 && (target.kind === 'currency' || target.kind === 'country')) {
    if (target.kind === 'country' && shareOf(seen.column, (value) => /^[A-Z]{2}$/.test(value)) < 0.95)
      return null;
    if (seen.look.shape !== 'text') return null;
    return { from, confidence: 0.55, reason: { es: `por sus valores${es}`, en: `by its values${en}` } };
  }
  return null;
}

function shapeWords({ look, column }: Seen, kind: Kind, fit: number): Text {
  const example = column.values[0]?.value ?? '';
  if (look.shape === 'empty')
    return { es: '; está vacía en las primeras filas', en: '; empty in the first rows' };
  if (fit <= 0.6)
    return {
      es: `, aunque sus valores dicen poco («${example}»)`,
      en: `, though its values say little ("${example}")`,
    };
  if (kind === 'date' && look.dates.length > 1)
    return {
      es: `; sus fechas sirven como día/mes y como mes/día: elija`,
      en: `; its dates can be read day/month and month/day: choose`,
    };
  const shapes: Partial<Record<Kind, Text>> = {
    date: { es: ' y porque trae fechas', en: ' and because it holds dates' },
    money: { es: ' y porque trae números', en: ' and because it holds numbers' },
    whole: { es: ' y porque trae enteros', en: ' and because it holds whole numbers' },
    ratio: { es: ' y porque trae números pequeños', en: ' and because it holds small numbers' },
    currency: { es: ' y porque trae códigos de moneda', en: ' and because it holds currency codes' },
    country: { es: ' y porque trae países', en: ' and because it holds countries' },
    'yes or no': { es: ' y porque trae sí o no', en: ' and because it holds yes or no' },
  };
  if (kind === 'key' && look.unique)
    return { es: ' y porque no se repite', en: ' and because it does not repeat' };
  return shapes[kind] ?? { es: '', en: '' };
}
