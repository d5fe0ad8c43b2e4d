import { expect, it } from 'vitest';
import { smsLength } from '#core/message/text/sms.ts';

it.each([
  ['', { encoding: 'gsm7', units: 0, segments: 0 }],
  ['a'.repeat(160), { encoding: 'gsm7', units: 160, segments: 1 }],
  ['a'.repeat(161), { encoding: 'gsm7', units: 161, segments: 2 }],
  ['ñ'.repeat(306), { encoding: 'gsm7', units: 306, segments: 2 }],
  ['ñ'.repeat(307), { encoding: 'gsm7', units: 307, segments: 3 }],
  ['€'.repeat(80), { encoding: 'gsm7', units: 160, segments: 1 }],
  [`${'a'.repeat(69)}í`, { encoding: 'ucs2', units: 70, segments: 1 }],
  [`${'a'.repeat(70)}í`, { encoding: 'ucs2', units: 71, segments: 2 }],
  ['🙂'.repeat(35), { encoding: 'ucs2', units: 70, segments: 1 }],
])('%j', (text, length) => {
  expect(smsLength(text)).toEqual(length);
});
