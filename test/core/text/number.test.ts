import { describe, expect, it } from 'vitest';
import { numberFormat } from '#core/text/number.ts';
import { format } from '#core/text/text.ts';

const hard = '\u00a0';

describe('numbers', () => {
  it.each([
    ['es', 1204, {}, `1${hard}204`],
    ['es', 18412, {}, `18${hard}412`],
    ['en', 1204, {}, '1,204'],
    ['es', 0.382, { style: 'percent', maximumFractionDigits: 1 }, `38,2${hard}%`],
    ['en', 0.382, { style: 'percent', maximumFractionDigits: 1 }, '38.2%'],
    ['es', -0.4, { minimumFractionDigits: 1 }, '−0,4'],
    ['en', '12345678901234567.89', { minimumFractionDigits: 2 }, '12,345,678,901,234,567.89'],
  ] as const)('%s %s', (locale, value, options, shown) => {
    expect(numberFormat(locale, options)(value)).toBe(shown);
  });

  it('are written the same inside sentences', () => {
    const text = {
      es: '{n, plural, one {# cuenta} other {# cuentas}}; {p, number, percent}',
      en: '{n, plural, one {# account} other {# accounts}}; {p, number, percent}',
    };
    expect(format(text, 'es', { n: 18412, p: 0.041 })).toBe(`18${hard}412 cuentas; 4,1${hard}%`);
    expect(format(text, 'en', { n: 1, p: 0.041 })).toBe('1 account; 4.1%');
  });
});
