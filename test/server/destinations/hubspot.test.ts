import { afterEach, expect, it } from 'vitest';
import hubspot from '#server/destinations/hubspot.ts';
import { hubspotTaker, hubspotToken } from '../../support/receiver/hubspot.ts';
import { attributesOfPeople, countStates, messagesTo } from '../../support/receiver/people.ts';
import { type LocalReceiver, type ReceiverOptions, startReceiver } from '../../support/receiver/receiver.ts';
import { sendAll } from '../../support/receiver/send-all.ts';
import { testWorld } from '../../support/servers/world.ts';

let server: LocalReceiver;
afterEach(() => server.close());

const start = async (
  taker: { take: ReceiverOptions['take'] },
  more: Omit<ReceiverOptions, 'take'> = {},
): Promise<{ url: string; token: string; perSecond: number }> => {
  server = await startReceiver({ take: taker.take, ...more });
  return { url: server.url, token: hubspotToken, perSecond: 25 };
};
const messages = { destination: hubspot, carries: 'messages', mapping: { message: 'recordatorio' } } as const;
const attributes = { destination: hubspot, carries: 'attributes' } as const;

it('upserts 100 contacts a call by the property of the house’s own', async () => {
  const taker = hubspotTaker();
  const sent = await sendAll({ ...messages, options: await start(taker), rows: messagesTo(250) });
  expect(countStates(sent.states)).toEqual({ acknowledged: 250 });
  expect([server.calls, taker.offences.list]).toEqual([3, []]);
  expect(taker.contacts.get('p000')).toMatchObject({
    ensayo_message: 'recordatorio',
    ensayo_arm: 'loss_aversion',
    ensayo_touch: '1',
    ensayo_variables: '{"importe":"COP 120000.00","dias_mora":"31"}',
  });
});

it('through every fault, each contact changes once, and so sets off its workflow once', async () => {
  const taker = hubspotTaker();
  const sent = await sendAll({
    ...messages,
    options: await start(taker, { failOneIn: 2 }),
    rows: messagesTo(600),
  });
  expect(countStates(sent.states)).toEqual({ acknowledged: 600 });
  expect(taker.contacts.size).toBe(600);
  expect(new Set(taker.changes.values())).toEqual(new Set([1]));
  expect(server.faulted.size).toBeGreaterThan(2);
});

it('rejects the rows that a 207 names by their trace, and those alone', async () => {
  const taker = hubspotTaker();
  taker.refuses.add('p042').add('p100');
  const sent = await sendAll({ ...messages, options: await start(taker), rows: messagesTo(150) });
  expect(countStates(sent.states)).toEqual({ acknowledged: 148, rejected: 2 });
  expect(sent.reasons.get('p100')).toContain('INVALID');
  expect(taker.contacts.has('p042')).toBe(false);
});

it('halts with HubSpot’s words when a property has been renamed, and no row is blamed for it', async () => {
  const taker = hubspotTaker();
  const options = await start(taker);
  const rows = attributesOfPeople(150, { Style: 'social_proof' });
  const sent = await sendAll({ ...attributes, options, rows });
  expect(sent.stopped).toMatch(/ensayo_style.* does not exist/);
  expect(countStates(sent.states)).toEqual({ pending: 150 });
  taker.properties.add('ensayo_style');
  expect(countStates((await sent.resume()).states)).toEqual({ acknowledged: 150 });
});

it('empties the properties of people who leave', async () => {
  const taker = hubspotTaker();
  taker.properties.add('ensayo_style');
  taker.contacts.set('p000', { ensayo_style: 'social_proof', firstname: 'A' });
  const rows = attributesOfPeople(1, { style: 'x' }).map((row) => ({ ...row, operation: 'remove' as const }));
  await sendAll({ ...attributes, options: await start(taker), rows });
  expect(taker.contacts.get('p000')).toMatchObject({ ensayo_style: '', firstname: 'A' });
});

it('comes back after ten seconds where those are used up, and by the hour where the day is', async () => {
  const taker = hubspotTaker({ calls: 1, windowMs: 60_000 });
  const options = hubspot.options.parse(await start(taker));
  const receiver = await hubspot.calls?.open(options, testWorld());
  const call = { id: 'c', run: 'r', carries: 'messages', items: [], bodies: [], frozenAt: '' } as const;
  taker.daily.left = 1;
  expect(await receiver?.send(call)).toMatchObject({ kind: 'later', afterMs: 3_600_000 });
  expect(await receiver?.send(call)).toEqual({ kind: 'accepted' });
  const answer = await receiver?.send(call);
  expect(answer).toMatchObject({ kind: 'later' });
  expect(answer && 'afterMs' in answer ? answer.afterMs : 0).toBeGreaterThan(50_000);
});

it('stops when its token has expired, and goes on where it was', async () => {
  const taker = hubspotTaker();
  taker.token.valid = false;
  const sent = await sendAll({ ...messages, options: await start(taker), rows: messagesTo(120) });
  expect(sent.stopped).toContain('The token is expired');
  taker.token.valid = true;
  expect(countStates((await sent.resume()).states)).toEqual({ acknowledged: 120 });
});

it('tests token and property without anybody’s data, and never identifies by e-mail', async () => {
  const taker = hubspotTaker();
  const given = await start(taker);
  const test = async (more: Record<string, unknown>) =>
    (await hubspot.calls?.open(hubspot.options.parse({ ...given, ...more }), testWorld()))?.test();
  expect(await test({})).toBeNull();
  expect(await test({ idProperty: 'ensayo_arm' })).toContain('hasUniqueValue');
  expect(await test({ idProperty: 'nope' })).toContain('does not exist');
  expect(hubspot.options.safeParse({ ...given, idProperty: 'email' }).success).toBe(false);
});
