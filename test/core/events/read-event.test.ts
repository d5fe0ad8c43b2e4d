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
