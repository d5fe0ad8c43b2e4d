/** Numbers that a double would not give back as they are written: long, with an exponent, with zeros at an end. */
const inexact =
  /[:[,\s]-?(?:[0-9][0-9.]{15}|[0-9]+(?:\.[0-9]+)?[eE]|[0-9]+\.[0-9]*0(?![0-9])|0\.00000)|[:[,\s]-0/;
const token = /"[^"\\]*(?:\\.[^"\\]*)*"|-?[0-9][0-9.eE+-]*/g;

/** The values of one object by key: text, a number as it is written, true or false, nested values as JSON; null for none. */
export type JsonRecord = [key: string, value: string | null][];

export interface RecordStyle {
  /** The decimal mark of the recipe, in which numbers are written, so that numbers and text are read alike. */
  decimal: '.' | ',';
}

/**
 * Reads one JSON object. Of a key that is repeated the last value counts, as JSON readers have it.
 *
 * @returns null for JSON that is no object
 * @throws SyntaxError, RangeError when nested too deeply, or when text holds half a character
 */
export function readRecord(text: string, { decimal }: RecordStyle): JsonRecord | null {
  let parsed: unknown = JSON.parse(text);
  if (parsed === null || typeof parsed !== 'object' || Array.isArray(parsed)) return null;
  const mark = inexact.test(text) ? unusedMark(text) : null;
  if (mark !== null)
    parsed = JSON.parse(
      text.replace(token, (one) => (one.startsWith('"') ? one : `"${escaped(mark)}${one}"`)),
    );
  const escapes = text.includes('\\u');
  return Object.entries(parsed as object).map(([key, value]) => {
    const written = writtenValue(value, mark, decimal);
    if (escapes && written !== null && /\p{Surrogate}/u.test(written))
      throw new RangeError('half a character');
    return [key, written];
  });
}

const escaped = (mark: string): string => JSON.stringify(mark).slice(1, -1);

/** A character that no text of the record begins with. */
const unusedMark = (text: string): string => (/\\u0001/.test(text) ? '\u0002' : '\u0001');

function writtenValue(value: unknown, mark: string | null, decimal: '.' | ','): string | null {
  switch (typeof value) {
    case 'string':
      return mark !== null && value.startsWith(mark) ? inStyle(value.slice(1), decimal) : value;
    case 'number':
      return inStyle(String(value), decimal);
    case 'boolean':
      return String(value);
    default:
      return value === null ? null : nested(value as object, mark);
  }
}

const inStyle = (number: string, decimal: '.' | ','): string =>
  decimal === ',' ? number.replace('.', ',') : number;

function nested(value: object, mark: string | null): string {
  const text = JSON.stringify(value);
  return mark === null ? text : text.replaceAll(new RegExp(`"\\${escaped(mark)}([^"]*)"`, 'g'), '$1');
}
