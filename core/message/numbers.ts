import type { Locale } from '../text/text.ts';
import { plainOf } from './lint/plain.ts';

/** A share that a text states as a fact about people: "8 de cada 10", "the majority". */
export interface Stated {
  /** In [0, 1]; null where a placeholder leaves it open. */
  share: number | null;
  from: number;
  to: number;
}

const digits: Record<string, number> = {
  un: 1,
  uno: 1,
  una: 1,
  dos: 2,
  tres: 3,
  cuatro: 4,
  cinco: 5,
  seis: 6,
  siete: 7,
  ocho: 8,
  nueve: 9,
  diez: 10,
  one: 1,
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  seven: 7,
  eight: 8,
  nine: 9,
  ten: 10,
};
const number = `(\\d+(?:[.,]\\d+)?|${Object.keys(digits).join('|')})`;
/** A placeholder is one character as often as it is long once the text is made plain. */
const open = '\u0001+';
const who = {
  es: '(?:clientes?|personas?|titulares|gente|usuari[oa]s|quienes|los que|las que|nuestros)',
  en: '(?:customers?|people|persons?|clients?|users|account holders|of our|of those)',
};

const ratios: Record<Locale, RegExp> = {
  es: new RegExp(`(?<!\\p{L})(${open}|${number}) (?:de|por) cada ${number}(?!\\p{L})`, 'gu'),
  en: new RegExp(`(?<!\\p{L})(${open}|${number}) (?:in|out of|of every|in every) ${number}(?!\\p{L})`, 'gu'),
};
const percents: Record<Locale, RegExp> = {
  es: new RegExp(`(\\d+(?:[.,]\\d+)?) ?(?:%|por ciento)(?= [^.;!?]{0,20}${who.es})`, 'gu'),
  en: new RegExp(`(\\d+(?:[.,]\\d+)?) ?(?:%|per ?cent)(?= [^.;!?]{0,20}${who.en})`, 'gu'),
};
const majorities: Record<Locale, RegExp> = {
  es: /(?<!\p{L})(?:la (?:gran |inmensa )?mayoria|casi tod[oa]s)(?= (?:de )?(?:l[oa]s |nuestr[oa]s |las )?(?:clientes|personas|titulares|gente|usuari[oa]s|quienes|que)|(?: se| ya| paga| esta))/gu,
  en: /(?<!\p{L})(?:most|the (?:great |vast )?majority|almost all|nearly all)(?= (?:of )?(?:our |the |other )?(?:customers|people|clients|users|account holders))/gu,
};

const shareOf = (text: string): number => digits[text] ?? Number(text.replace(',', '.'));

/** Every share a text states about people, in order. */
export function statedShares(text: string, language: Locale): Stated[] {
  const plain = plainOf(text);
  const place = (index: number, length: number) => ({
    from: plain.at[index] ?? 0,
    to: (plain.at[index + length - 1] ?? 0) + 1,
  });
  const found: Stated[] = [];
  for (const match of plain.text.matchAll(ratios[language])) {
    const part = match[1] ?? '';
    const whole = shareOf(match.at(-1) ?? '');
    const share = part.startsWith('\u0001') ? null : shareOf(part) / whole;
    if (whole > 1 && (share === null || share <= 1))
      found.push({ share, ...place(match.index, match[0].length) });
  }
  for (const match of plain.text.matchAll(percents[language]))
    found.push({ share: shareOf(match[1] ?? '') / 100, ...place(match.index, match[0].length) });
  for (const match of plain.text.matchAll(majorities[language]))
    found.push({ share: 0.5, ...place(match.index, match[0].length) });
  return found.sort((a, b) => a.from - b.from);
}

/** The largest share written in figures; null where none is. */
export function writtenShare(stated: readonly Stated[]): number | null {
  const written = stated.flatMap(({ share }) => (share === null ? [] : [share]));
  return written.length ? Math.max(...written) : null;
}
