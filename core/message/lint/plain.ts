/** A text as rules read it, with the place of each character in what was written. */
export interface Plain {
  text: string;
  /** Position in the original of each character of `text`. */
  at: readonly number[];
}

const hidden = /[\u00ad\u200b-\u200f\u2060\ufeff]/u;
const placeholder = /\{\{[^}]*\}\}/gu;
/** Single letters set apart by spaces or signs: e m b a r g o, l.a.w.s.u.i.t */
const apart = /(?<![\p{L}\p{N}])(?:\p{L}[ .\-_*·]){3,}\p{L}(?![\p{L}\p{N}])/gu;

/** Digits and signs that stand for letters inside a word: embarg0, garn1shment. */
const disguised: Record<string, string> = {
  '0': 'o',
  '1': 'i',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '@': 'a',
  $: 's',
};
const mixed =
  /(?<![\p{L}\p{N}/_.:@])(?=\S*\p{L}\S*\p{L}\S*\p{L})[\p{L}\d@$]*[\d@$][\p{L}\d@$]*(?![\p{L}\p{N}/_])/gu;
const unmask = (text: string): string =>
  text.replaceAll(mixed, (token) => [...token].map((one) => disguised[one] ?? one).join(''));

/**
 * Lower case, without accents (a rule holds for `citación` and `CITACION`), without characters nobody sees, letters
 * set apart joined again. What a placeholder will hold is not read.
 */
export function plainOf(text: string): Plain {
  const masked = unmask(text.replaceAll(placeholder, (open) => '\u0001'.repeat(open.length)));
  const joined = new Set<number>();
  for (const match of masked.matchAll(apart))
    for (let i = 1; i < match[0].length; i += 2) joined.add(match.index + i);
  let plain = '';
  const at: number[] = [];
  let i = 0;
  for (const character of masked) {
    if (!hidden.test(character) && !joined.has(i))
      for (const part of character.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase()) {
        plain += part === '’' ? "'" : part;
        at.push(...Array<number>(part.length).fill(i));
      }
    i += character.length;
  }
  at.push(text.length);
  return { text: plain, at };
}

/** Where a stretch of the plain text stands in the original. */
export const placeOf = (plain: Plain, from: number, length: number): { from: number; to: number } => ({
  from: plain.at[from] ?? 0,
  to: (plain.at[from + length - 1] ?? 0) + 1,
});
