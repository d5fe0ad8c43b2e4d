import { afterEach, expect, it } from 'vitest';
import customerio from '#server/destinations/customerio.ts';
import { customerioKey, customerioSite, customerioTaker } from '../../support/receiver/customerio.ts';
import { attributesOfPeople, countStates, messagesTo } from '../../support/receiver/people.ts';
import { type LocalReceiver, type ReceiverOptions, startReceiver } from '../../support/receiver/receiver.ts';
import { sendAll } from '../../support/receiver/send-all.ts';
import { testWorld } from '../../support/servers/world.ts';

let server: LocalReceiver;
afterEach(() => server.close());

const start = async (
  taker: { take: ReceiverOptions['take'] },
  more: Omit<ReceiverOptions, 'take'> = {},
): Promise<{ url: string; siteId: string; apiKey: string }> => {
  server = await startReceiver({ take: taker.take, ...more });
  return { url: server.url, siteId: customerioSite, apiKey: customerioKey };
};
const messages = { destination: customerio, carries: 'messages', mapping: { event: 'cobranza' } } as const;

it('keeps each call below 500 KB, and refuses a row above 32 KB by itself', async () => {
  const taker = customerioTaker();
  const rows = messagesTo(1500);
  if (rows[3]) rows[3].values.variables = JSON.stringify({ importe: 'x'.repeat(40_000) });
  const sent = await sendAll({ ...messages, options: await start(taker), rows });
  expect(countStates(sent.states)).toEqual({ acknowledged: 1499, rejected: 1 });
  expect(sent.reasons.get('p003')).toMatch(/^\d+ bytes$/);
  expect(taker.offences.list).toEqual([]);
  expect(taker.events.size).toBe(1499);
  expect(new Set([...taker.events.values()].map(({ name }) => name))).toEqual(new Set(['cobranza']));
});

it('through every fault, each message is processed once: what came again was dropped by its identifier', async () => {
  const taker = customerioTaker();
  const rows = messagesTo(600).map((row) => ({
    ...row,
    values: { ...row.values, reason: 'r'.repeat(5000) },
  }));
  const sent = await sendAll({ ...messages, options: await start(taker, { failOneIn: 2, seed: 2 }), rows });
  expect(countStates(sent.states)).toEqual({ acknowledged: 600 });
  expect(taker.events.size).toBe(600);
  expect(Math.max(...taker.came.values())).toBeGreaterThan(1);
  expect(new Set([...taker.events.values()].map(({ identifiers }) => identifiers.id)).size).toBe(600);
});

it('rejects the rows that a 207 lists, and those alone', async () => {
  const taker = customerioTaker();
  taker.refuses.add('p005').add('p017');
  const sent = await sendAll({ ...messages, options: await start(taker), rows: messagesTo(30) });
  expect(countStates(sent.states)).toEqual({ acknowledged: 28, rejected: 2 });
  expect(sent.reasons.get('p017')).toBe('invalid: identifiers.id: is suppressed');
});

it('clears what is empty and deletes whoever goes', async () => {
  const taker = customerioTaker();
  taker.people.set('p000', { ensayo_style: 'old', plan: 'a' }).set('p001', { plan: 'b' });
  const rows = [
    { id: 'p000', values: { style: null, score: 0.5 } },
    { id: 'p001', values: {}, operation: 'remove' as const },
  ];
  await sendAll({ destination: customerio, carries: 'attributes', options: await start(taker), rows });
  expect([...taker.people]).toEqual([['p000', { plan: 'a', ensayo_score: 0.5 }]]);
});

it('says on the profile which message was called back', async () => {
  const taker = customerioTaker();
  const rows = attributesOfPeople(1, { message_key: 'm1', reason: 'payment' });
  await sendAll({ destination: customerio, carries: 'recalls', options: await start(taker), rows });
  expect(taker.people.get('p000')).toEqual({ ensayo_recalled: 'm1', ensayo_recall_reason: 'payment' });
});

it('keeps to the calls a second that are let in', async () => {
  const taker = customerioTaker({ calls: 1, windowMs: 120 });
  const rows = messagesTo(200).map((row) => ({
    ...row,
    values: { ...row.values, reason: 'r'.repeat(10_000) },
  }));
  const sent = await sendAll({ ...messages, options: await start(taker), rows });
  expect(countStates(sent.states)).toEqual({ acknowledged: 200 });
  expect(taker.events.size).toBe(200);
});

it('stops when its key is no longer valid, and tests it without anybody’s data', async () => {
  const taker = customerioTaker();
  taker.credentials.valid = false;
  const options = await start(taker);
  const sent = await sendAll({ ...messages, options, rows: messagesTo(10) });
  expect(sent.stopped).toContain('401');
  const receiver = await customerio.calls?.open(customerio.options.parse(options), testWorld());
  expect(await receiver?.test()).toContain('Unauthorized');
  taker.credentials.valid = true;
  expect(await receiver?.test()).toBeNull();
  expect(countStates((await sent.resume()).states)).toEqual({ acknowledged: 10 });
});
