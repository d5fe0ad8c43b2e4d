import { expect, it } from 'vitest';
import { tooLong } from '#core/message/reasons.ts';
import { overlong } from '#core/message/text/length.ts';

const of = (channel: 'sms' | 'whatsapp' | 'email' | 'letter', es: string, subject?: string) =>
  overlong({ channel, body: { es }, ...(subject ? { subject: { es: subject } } : {}) });

it('a text is too long by what its channel takes, as long as a person would get it', () => {
  expect(of('sms', 'a'.repeat(6 * 153))).toBeNull();
  expect(of('sms', 'a'.repeat(6 * 153 + 1))).toMatchObject({ of: 'sms', length: 7, most: 6 });
  expect(of('sms', `ó${'a'.repeat(6 * 67)}`)).toMatchObject({ of: 'sms', length: 7 });
  expect(of('whatsapp', 'a'.repeat(1024))).toBeNull();
  expect(of('whatsapp', `${'a'.repeat(1010)} {{importe}}`)).toBeNull();
  expect(of('whatsapp', `${'a'.repeat(1015)} {{importe}}`)).toMatchObject({ of: 'characters', length: 1028 });
  expect(of('letter', 'a'.repeat(9000))).toBeNull();
  expect(of('email', 'Hola', 'a'.repeat(999))).toMatchObject({ of: 'subject', most: 998 });
});

it('says in which language, how long it is and what the channel takes', () => {
  expect(tooLong(of('whatsapp', 'a'.repeat(1025))!).text).toEqual({
    es: 'es demasiado largo en español: 1025 letras, y el canal admite 1024',
    en: 'it is too long in Spanish: 1025 characters, and the channel takes 1024',
  });
});
