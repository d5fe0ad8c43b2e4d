import { afterEach, expect, it } from 'vitest';
import braze from '#server/destinations/braze.ts';
import { brazeKey, brazeTaker } from '../../support/receiver/braze.ts';
import { attributesOfPeople, countStates, messagesTo } from '../../support/receiver/people.ts';
import { type LocalReceiver, type ReceiverOptions, startReceiver } from '../../support/receiver/receiver.ts';
import { sendAll } from '../../support/receiver/send-all.ts';
import { testWorld } from '../../support/servers/world.ts';

let server: LocalReceiver;
afterEach(() => server.close());

const start = async (
  taker: { take: ReceiverOptions['take'] },
  more: Omit<ReceiverOptions, 'take'> = {},
): Promise<{ url: string; apiKey: string }> => {
  server = await startReceiver({ take: taker.take, ...more });
  return { url: server.url, apiKey: brazeKey };
};
const mapping = {
  event: 'cobranza_sms',
  campaign: 'c-1',
  whatsappTemplate: 'saldo',
  whatsappVariables: ['importe'],
};
const messages = { destination: braze, carries: 'messages', mapping } as const;

it('sends a message as one event, 75 a call, under the name that its mapping gives it', async () => {
  const taker = brazeTaker();
  const sent = await sendAll({ ...messages, options: await start(taker), rows: messagesTo(200) });
  expect(countStates(sent.states)).toEqual({ acknowledged: 200 });
  expect(server.calls).toBe(3);
  expect(taker.offences.list).toEqual([]);
  expect(taker.events[0]).toMatchObject({
    external_id: 'p000',
    name: 'cobranza_sms',
    time: '2026-03-03T15:00:00.000Z',
    properties: {
      campaign_id: 'c-1',
      arm: 'loss_aversion',
      variables: { importe: 'COP 120000.00' },
      whatsapp_template: 'saldo',
      whatsapp_variables: ['COP 120000.00'],
    },
  });
  expect(Object.keys(taker.events[0]?.properties ?? {})).not.toContain('text');
});

it('through every fault, no message comes twice, and the missing ones are uncertain', async () => {
  const taker = brazeTaker();
  const options = { ...(await start(taker, { failOneIn: 3, seed: 5 })), objects: 20 };
  const sent = await sendAll({ ...messages, options, rows: messagesTo(400) });
  const came = taker.events.map(({ external_id }) => external_id);
  expect(new Set(came).size).toBe(came.length);
  for (const [id, state] of sent.states)
    if (!came.includes(id)) expect([id, state]).toEqual([id, 'uncertain']);
  expect(countStates(sent.states).uncertain).toBeGreaterThan(0);
  expect(server.faulted.size).toBeGreaterThan(2);
});

it('through every fault, each person ends with the attributes that were sent', async () => {
  const taker = brazeTaker();
  const options = { ...(await start(taker, { failOneIn: 3 })), objects: 20, create: true };
  const rows = attributesOfPeople(200, { style: 'social_proof', score: 0.25 });
  const sent = await sendAll({ destination: braze, carries: 'attributes', options, rows });
  expect(countStates(sent.states)).toEqual({ acknowledged: 200 });
  expect(taker.profiles.size).toBe(200);
  for (const profile of taker.profiles.values())
    expect(profile).toEqual({ ensayo_style: 'social_proof', ensayo_score: 0.25 });
});

it('empties the attributes of people who leave, and creates nobody by doing so', async () => {
  const taker = brazeTaker();
  taker.profiles.set('p000', { ensayo_style: 'social_proof', first_name: 'A' });
  const rows = attributesOfPeople(2, { style: 'x' }).map((row) => ({ ...row, operation: 'remove' as const }));
  await sendAll({ destination: braze, carries: 'attributes', options: await start(taker), rows });
  expect([...taker.profiles]).toEqual([['p000', { first_name: 'A' }]]);
});

it('rejects the rows that Braze rejects, and those alone', async () => {
  const taker = brazeTaker();
  for (const id of ['p007', 'p099']) taker.refuses.add(id);
  const sent = await sendAll({ ...messages, options: await start(taker), rows: messagesTo(150) });
  expect(countStates(sent.states)).toEqual({ acknowledged: 148, rejected: 2 });
  expect(sent.reasons.get('p099')).toBe('external_id is disallowed');
  expect(taker.events.length).toBe(148);
});

it('waits until the limit is lifted, as X-RateLimit-Reset says', async () => {
  const taker = brazeTaker({ calls: 2, windowMs: 150 });
  const options = { ...(await start(taker)), objects: 10 };
  const sent = await sendAll({ ...messages, options, rows: messagesTo(60) });
  expect(countStates(sent.states)).toEqual({ acknowledged: 60 });
  expect(taker.events.length).toBe(60);
});

it('stops when its key is no longer valid, and goes on where it was', async () => {
  const taker = brazeTaker();
  taker.key.valid = false;
  const sent = await sendAll({ ...messages, options: await start(taker), rows: messagesTo(80) });
  expect(sent.stopped).toContain('401');
  taker.key.valid = true;
  expect(countStates((await sent.resume()).states)).toEqual({ acknowledged: 80 });
});

it('tests key and address without anybody’s data, and only goes to Braze', async () => {
  const taker = brazeTaker();
  const options = braze.options.parse(await start(taker)) as { url: string };
  const world = testWorld();
  expect(await (await braze.calls?.open(options, world))?.test()).toBeNull();
  taker.key.valid = false;
  expect(await (await braze.calls?.open(options, world))?.test()).toContain('401');
  for (const url of ['https://braze.com.example.org', 'https://8.8.8.8', 'http://10.0.0.1'])
    await expect(braze.calls?.open({ ...options, url }, world)).rejects.toMatchObject({
      code: 'address_refused',
    });
  await expect(
    braze.calls?.open({ ...options, url: 'https://rest.iad-05.braze.com' }, world),
  ).resolves.toBeDefined();
});
