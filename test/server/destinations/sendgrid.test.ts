import { afterEach, expect, it } from 'vitest';
import sendgrid from '#server/destinations/sendgrid.ts';
import { attributesOfPeople, countStates } from '../../support/receiver/people.ts';
import { type LocalReceiver, type ReceiverOptions, startReceiver } from '../../support/receiver/receiver.ts';
import { sendAll } from '../../support/receiver/send-all.ts';
import { sendgridKey, sendgridTaker } from '../../support/receiver/sendgrid.ts';
import { testWorld } from '../../support/servers/world.ts';

let server: LocalReceiver | undefined;
afterEach(() => server?.close());

const start = async (
  taker: { take: ReceiverOptions['take'] },
  more: Omit<ReceiverOptions, 'take'> = {},
): Promise<{ url: string; apiKey: string }> => {
  server = await startReceiver({ take: taker.take, ...more });
  return { url: server.url, apiKey: sendgridKey };
};
const names = ['style', 'recalled', 'recall_reason'].map((name) => `ensayo_${name}`);
const attributes = { destination: sendgrid, carries: 'attributes' } as const;

it('carries no messages, and says why', () => {
  expect(sendgrid.guarantees({}).messages).toBeNull();
  expect(sendgrid.text.summary.es).toContain('No lleva mensajes');
});

it('puts contacts under the identifiers of their fields and follows the job to its end', async () => {
  const taker = sendgridTaker(names);
  const rows = attributesOfPeople(300, { style: 'social_proof' });
  const sent = await sendAll({ ...attributes, options: await start(taker), rows });
  expect(countStates(sent.states)).toEqual({ acknowledged: 300 });
  expect([taker.jobs, taker.contacts.size, taker.offences.list]).toEqual([1, 300, []]);
  expect(taker.contacts.get('p000')).toMatchObject({ ensayo_style: 'social_proof' });
});

it('sends an address as the identifier it is there, and only where its options say so', async () => {
  const taker = sendgridTaker(names);
  const options = { ...(await start(taker)), address: true };
  const rows = attributesOfPeople(1, { style: 'x', address_email: 'P000@example.org' });
  await sendAll({ ...attributes, options, rows });
  expect(taker.contacts.get('p000')).toEqual({ email: 'p000@example.org', ensayo_style: 'x' });
  expect(sendgrid.personal(sendgrid.options.parse(options))).toBe(true);
  expect(sendgrid.personal(sendgrid.options.parse({ ...options, address: false }))).toBe(false);
});

it('keeps each call below 6 MB', async () => {
  const taker = sendgridTaker(names);
  const rows = attributesOfPeople(800, { style: 'x'.repeat(10_000) });
  const sent = await sendAll({ ...attributes, options: await start(taker), rows });
  expect(countStates(sent.states)).toEqual({ acknowledged: 800 });
  expect([taker.jobs, taker.offences.list]).toEqual([2, []]);
});

it('through every fault, each contact ends with what was sent', async () => {
  const taker = sendgridTaker(names);
  const rows = attributesOfPeople(500, { style: 'loss_aversion' });
  const sent = await sendAll({ ...attributes, options: await start(taker, { failOneIn: 3 }), rows });
  expect(countStates(sent.states)).toEqual({ acknowledged: 500 });
  for (const contact of taker.contacts.values())
    expect(contact).toMatchObject({ ensayo_style: 'loss_aversion' });
});

it('rejects the contacts that the file of errors names', async () => {
  const taker = sendgridTaker(names);
  taker.refuses.add('p003').add('p011');
  const rows = attributesOfPeople(16, { style: 'x' });
  const sent = await sendAll({ ...attributes, options: await start(taker), rows });
  expect(countStates(sent.states)).toEqual({ acknowledged: 14, rejected: 2 });
  expect(sent.reasons.get('p011')).toContain('invalid contact');
  expect(taker.jobs).toBe(1);
});

it('finds the contact that was refused where no file names it', async () => {
  const taker = sendgridTaker(names);
  taker.file.told = false;
  taker.refuses.add('p002');
  const rows = attributesOfPeople(3, { style: 'x' });
  const sent = await sendAll({ ...attributes, options: await start(taker), rows });
  expect(Object.fromEntries(sent.states)).toEqual({
    p000: 'acknowledged',
    p001: 'acknowledged',
    p002: 'rejected',
  });
  expect(taker.contacts.size).toBe(2);
});

it('halts by name when a field is no longer there, before the run and within it', async () => {
  const taker = sendgridTaker(names.filter((name) => name !== 'ensayo_style'));
  const rows = attributesOfPeople(40, { style: 'x' });
  const options = await start(taker);
  const sent = await sendAll({ ...attributes, options, rows });
  expect(sent.stopped).toBe('no custom field ensayo_style');
  taker.fields.set('e9_T', 'ensayo_style');
  expect(countStates((await sent.resume()).states)).toEqual({ acknowledged: 40 });
  const receiver = await sendgrid.calls?.open(sendgrid.options.parse(options), testWorld());
  const body = JSON.stringify({ external_id: 'p0', custom_fields: { ensayo_style: 'y' } });
  const call = { id: 'c', run: 'r', carries: 'attributes', items: [], bodies: [body], frozenAt: '' } as const;
  expect(await receiver?.send(call)).toMatchObject({ kind: 'pending' });
  taker.fields.delete('e9_T');
  expect(await receiver?.send(call)).toEqual({ kind: 'stopped', reason: 'no custom field ensayo_style' });
});

it('stops when its key is no longer valid, and tests it without anybody’s data', async () => {
  const taker = sendgridTaker(names);
  taker.key.valid = false;
  const options = await start(taker);
  const sent = await sendAll({ ...attributes, options, rows: attributesOfPeople(5, { style: 'x' }) });
  expect(sent.stopped).toContain('401');
  const receiver = await sendgrid.calls?.open(sendgrid.options.parse(options), testWorld());
  expect(await receiver?.test()).toContain('authorization required');
  taker.key.valid = true;
  expect(await receiver?.test()).toBeNull();
  expect(countStates((await sent.resume()).states)).toEqual({ acknowledged: 5 });
});
