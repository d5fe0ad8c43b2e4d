import { describe, expect, it } from 'vitest';
import { jsonWithoutPerson, patternOf, withoutPerson } from '#core/keeping/replace.ts';

const marks = new Map([
  ['C00000012', 'forgotten-1'],
  ['A00000012', 'erased-2'],
  ['ana@dominio.co', 'erased-3'],
  ['12', 'erased-4'],
]);
const given = (around: 'replace' | 'erase') => ({ marks, pattern: patternOf(marks.keys()), around });

describe('text without a person', () => {
  it.each([
    ['C00000012', 'forgotten-1'],
    [
      "SELECT * FROM accounts WHERE account_id = 'A00000012'",
      "SELECT * FROM accounts WHERE account_id = 'erased-2'",
    ],
    ['C000000123 is somebody else', 'C000000123 is somebody else'],
    ['XC00000012', 'XC00000012'],
    ['to ana@dominio.co.', 'to erased-3.'],
    ['ana@dominioXco', 'ana@dominioXco'],
    ['12', 'erased-4'],
    ['LIMIT 12', 'LIMIT 12'],
    ['', ''],
  ])('%s', (text, cleaned) => {
    expect(withoutPerson(text, given('replace'))).toBe(cleaned);
  });

  it('goes as a whole where it may hold more of them', () => {
    expect(withoutPerson('Ana Pérez;C00000012;x', given('erase'))).toBe('[…]');
    expect(withoutPerson('Ana Pérez;C00000099;x', given('erase'))).toBe('Ana Pérez;C00000099;x');
  });
});

describe('JSON without a person', () => {
  it('is cleaned in values, names and JSON kept as text; numbers stay', () => {
    const value = {
      C00000012: 1,
      n: 12,
      list: ['12', 'A00000012', { deep: 'of C00000012' }],
      text: JSON.stringify([{ value: 'C00000012' }]),
      none: null,
    };
    expect(jsonWithoutPerson(value, given('replace'))).toEqual({
      'forgotten-1': 1,
      n: 12,
      list: ['erased-4', 'erased-2', { deep: 'of forgotten-1' }],
      text: '[{"value":"forgotten-1"}]',
      none: null,
    });
  });
});
