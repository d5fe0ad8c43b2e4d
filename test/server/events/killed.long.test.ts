import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { raw } from '#core/sql/sql.ts';
import { readConfig } from '#server/config.ts';
import { openWorkspace } from '#server/open.ts';
import { addSender } from '#server/store/events/senders.ts';
import { putExperiment } from '../../support/contact/contact-fixture.ts';
import { putSent, sendEvents } from '../../support/contact/events.ts';
import { type EventServer, serveEvents } from '../../support/servers/serve-events.ts';

const folder = mkdtempSync(join(tmpdir(), 'ensayo-killed-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const settings = readConfig({ workspace: folder, threads: 1, memoryLimit: '1GB', logLevel: 'error' });

const children: EventServer[] = [];
afterAll(() => {
  for (const { child } of children) child.kill('SIGKILL');
});

async function serve(stored: number): Promise<EventServer> {
  const served = await serveEvents(folder, stored);
  children.push(served);
  return served;
}

it('killed in the middle of a batch leaves nothing of it, and its sender’s retry comes to what one batch comes to', async () => {
  const people = Array.from({ length: 40 }, (_, i) => ({ id: `p${i}` }));
  const made = await openWorkspace(settings);
  await putExperiment(made.context, people);
  await putSent(made.context, people);
  const { secret } = await addSender(made.context, 'gateway', 'owner');
  await made.close();
  const batch = (from: number) =>
    people.slice(from, from + 20).flatMap(({ id }) => [
      { id: `d-${id}`, type: 'delivered', time: '2026-03-02T10:00:00Z', messageKey: `key-${id}` },
      { id: `o-${id}`, type: 'opted_out', time: '2026-03-02T10:00:00Z', customerId: id, channel: 'sms' },
    ]);
  const dying = await serve(80);
  expect((await sendEvents(dying.origin, secret, batch(0), { id: 'one' })).body.accepted).toBe(40);
  await expect(sendEvents(dying.origin, secret, batch(20), { id: 'two' })).rejects.toThrow();
  await dying.ended;
  const next = await serve(0);
  const answer = { accepted: 40, duplicates: 0, rejectedTotal: 0 };
  expect((await sendEvents(next.origin, secret, batch(20), { id: 'two' })).body).toMatchObject(answer);
  expect((await sendEvents(next.origin, secret, batch(0), { id: 'one' })).body).toMatchObject(answer);
  next.child.kill('SIGKILL');
  await next.ended;
  const after = await openWorkspace(settings);
  const counted = await after.context.engine.rows(
    raw(`SELECT (SELECT count(*) FROM events) AS events, (SELECT count(*) FROM current_contacts) AS contacts,
      (SELECT count(*) FROM current_contact_permissions WHERE revoked_at >= granted_at) AS opted_out, (SELECT count(*) FROM recalls) AS recalls`),
  );
  expect(counted).toEqual([{ events: 80, contacts: 40, opted_out: 40, recalls: 40 }]);
  await after.close();
});
