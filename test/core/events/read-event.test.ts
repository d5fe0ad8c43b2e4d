import { expect, it } from 'vitest';
import { readEvent } from '#core/events/read-event.ts';

const latest = Date.parse('2026-03-09T00:00:00Z');
const time = '2026-03-02T15:00:00Z';
const half = /\p{Surrogate}/u;

it('leaves no half of a pair of code units in what is stored, taken or refused', () => {
  const given = { id: 'a\ud83d', type: 'complained', time, customerId: 'p\udc00', topic: 'hola \ud83d' };
  const read = readEvent(given, latest);
  expect(read).toMatchObject({ event: { id: 'a�', customerId: 'p�', topic: 'hola �' } });
  const face = '😀';
  for (const [field, letters] of [
    ['type', 119],
    ['type', 39],
    ['time', 119],
    ['id', 199],
  ] as const) {
    const value = `${'a'.repeat(letters)}${face} and more`;
    const refused = readEvent({ id: 'x', type: 'opened', time, messageKey: 'k', [field]: value }, latest);
    expect(refused).toHaveProperty('refusal');
    expect(Object.values('refusal' in refused ? refused.refusal : {}).join()).not.toMatch(half);
  }
  expect(
    readEvent({ id: 'ok', type: 'complained', time, customerId: 'p', topic: face }, latest),
  ).toMatchObject({
    event: { topic: face },
  });
});

it('reads whether a payment was sent back as systems write it, and refuses what it cannot read', () => {
  const paid = { id: 'a', type: 'paid', time, accountId: 'a1', amount: '1', currency: 'COP', reference: 'R' };
  const read = (reversed: unknown, more = {}) => {
    const one = readEvent({ ...paid, reversed, ...more }, latest);
    return 'event' in one ? one.event.reversed : [one.refusal.field, one.refusal.value, one.refusal.reason];
  };
  for (const said of [true, 'true', 'True', 'TRUE', '1', 1, 'yes', 'Sí']) expect(read(said)).toBe(true);
  for (const said of [undefined, null, false, '', 'False', 0, 'no']) expect(read(said)).toBe(false);
  expect(read('maybe')).toEqual(['reversed', 'maybe', 'event_bad_reversed']);
  expect(read(true, { reference: undefined })).toEqual(['reference', null, 'event_needs_reference']);
});
