import { describe, expect, it } from 'vitest';
import { maskAddress } from '#core/people/mask.ts';
import { reasonSentence, scoreSentence } from '#core/people/reasons.ts';

describe('a masked address', () => {
  it.each([
    ['ana.perez@dominio.co', '•••@d…'],
    ['"a@b"@ñandu.ar', '•••@ñ…'],
    ['+57 300 123 45 67', '•••67'],
    ['+5700000001387;ficticio', '•••87'],
    ['12345', '•••'],
    ['Calle 12 # 3-45, Bogotá', '•••'],
    ['@', '•••'],
    ['', '–'],
    [null, '–'],
  ])('%s is shown as %s', (address, shown) => {
    expect(maskAddress(address)).toBe(shown);
  });
});

describe('words of a score', () => {
  const title = { es: 'Días de mora', en: 'Days past due' };
  it('say what a characteristic adds or takes away', () => {
    expect(reasonSentence(title, { value: 45, difference: -22.6 })).toEqual({
      es: 'Días de mora: 45. Resta 23 puntos frente al promedio.',
      en: 'Days past due: 45. Takes away 23 points against the average.',
    });
    expect(reasonSentence(title, { value: null, difference: 1.2 }).es).toBe(
      'Días de mora: sin dato. Suma 1 punto frente al promedio.',
    );
    expect(reasonSentence(title, { value: 'call', difference: 0.2 }).en).toBe(
      'Days past due: call. As the average.',
    );
  });
  it.each([
    [0.93, 'very likely'],
    [0.6, 'likely'],
    [0.5, 'as likely as not'],
    [0.05, 'very unlikely'],
  ])('%d is %s', (score, words) => {
    expect(scoreSentence(score).en).toContain(words);
  });
});
