/** Strings that name a person and what stands in for each. */
export type Marks = ReadonlyMap<string, string>;

/** Text in which a string of a person was found and which may hold more of them. */
export const erasedText = '[…]';

/** Shorter strings name somebody only where they are the whole value: `12` is also a number of rows. */
export const shortest = 5;

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');

/** Whether a letter or digit: what may not stand before or after a string for it to be a word of its own. */
const word = '[\\p{L}\\p{N}]';

/** Finds the strings inside longer text, as words of their own; null when all are too short for that. */
export function patternOf(values: Iterable<string>): RegExp | null {
  const long = [...values].filter((value) => value.length >= shortest).sort((a, b) => b.length - a.length);
  return long.length ? new RegExp(`(?<!${word})(?:${long.map(escaped).join('|')})(?!${word})`, 'gu') : null;
}

export interface Replacing {
  marks: Marks;
  pattern: RegExp | null;
  /** What becomes of text that holds a string among others: the string is replaced, or the whole text goes. */
  around: 'replace' | 'erase';
}

/** One text without the person; the same text where they are not in it. */
export function withoutPerson(text: string, { marks, pattern, around }: Replacing): string {
  const whole = marks.get(text);
  if (whole !== undefined) return whole;
  if (!pattern) return text;
  pattern.lastIndex = 0;
  if (!pattern.test(text)) return text;
  if (around === 'erase') return erasedText;
  return text.replaceAll(pattern, (found) => marks.get(found) ?? erasedText);
}

/** A JSON value without the person: in every text, in names of members, and in JSON kept as text. */
export function jsonWithoutPerson(value: unknown, given: Replacing): unknown {
  if (typeof value === 'string') return nested(value, given) ?? withoutPerson(value, given);
  if (Array.isArray(value)) return value.map((member) => jsonWithoutPerson(member, given));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [
      withoutPerson(name, given),
      jsonWithoutPerson(member, given),
    ]),
  );
}

function nested(text: string, given: Replacing): string | null {
  if (!/^\s*[[{]/.test(text)) return null;
  try {
    return JSON.stringify(jsonWithoutPerson(JSON.parse(text), given));
  } catch {
    return null;
  }
}
