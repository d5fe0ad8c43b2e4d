import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Batch } from '#core/contract/delivery/batches.ts';
import type { ExportRun } from '#core/contract/delivery/exports.ts';
import { raw, sql } from '#core/sql/sql.ts';
import { readExport } from '#server/store/delivery/exports.ts';
import { setControl } from '#server/store/delivery/rows.ts';
import { all, put, putExperiment, runJob } from '../../../support/contact/contact-fixture.ts';
import { putDestination } from '../../../support/receiver/put.ts';
import { type LocalReceiver, startReceiver, type Take } from '../../../support/receiver/receiver.ts';
import { webhookSecret, webhookTaker } from '../../../support/receiver/webhook.ts';
import { openTestWorkspace, type TestWorkspace } from '../../../support/workspace.ts';

const people = Array.from({ length: 25 }, (_, i) => ({ id: `p${String(i).padStart(2, '0')}` }));
const reachable = people.length - 1;
const taker = webhookTaker();
let workspace: TestWorkspace;
let receiver: LocalReceiver;
let take: Take = taker.take;

beforeAll(async () => {
  workspace = await openTestWorkspace(undefined, {
    delivery: { scheduleMs: [0, 5, 5], callTimeoutMs: 5_000, allowedPrivate: ['127.0.0.1'] },
  });
  const { context } = workspace;
  await putExperiment(context, people, { sendOn: '2026-03-03' });
  const point = { channel: 'sms', address: '+573001234567', valid: true };
  await put(
    context,
    'contact_points',
    people.slice(0, reachable).map(({ id }) => ({ customer_id: id, ...point })),
  );
  receiver = await startReceiver({ take: (call) => take(call) });
  const options = { url: receiver.url, secret: webhookSecret, dedupes: false, rows: 2 };
  await putDestination(context, 'hook', 'webhook', options);
});
afterAll(async () => {
  await workspace.close();
  await receiver.close();
});

const check = () => runJob<Batch>(workspace.context, 'check', { experimentId: 'exp', touch: 1 });
const submit = async (kind = 'deliver', destination = 'hook') => {
  const { id: batchId } = await check();
  const input = { batchId, destination, options: {} };
  return (await workspace.context.jobs.submit({ kind, input, by: 'owner' })).id;
};
const halted = async (id: string, reason: RegExp) => {
  const found = async () => (await readExport(workspace.context.engine, id).catch(() => null))?.halted ?? '';
  await expect.poll(found, { timeout: 10_000 }).toMatch(reason);
};
const ended = async (id: string) => (await workspace.context.jobs.finished(id)).result as ExportRun;
/** Ends a halted run of which nothing has left: its messages can leave another way. */
const cancel = async (id: string) => {
  await setControl(workspace.context.engine, id, 'cancel');
  expect((await ended(id)).states).toEqual({ cancelled: reachable, excluded: 1 });
};

it('who has no address for the channel is kept back by name, and the others may leave', async () => {
  const batch = await check();
  expect([batch.cleared, batch.assigned]).toEqual([reachable, people.length]);
  const kept = await workspace.context.engine.rows(
    sql`SELECT customer_id, rule FROM exclusions WHERE batch_id = ${batch.id}`,
  );
  expect(kept).toEqual([{ customer_id: 'p24', rule: 'valid-address' }]);
});

it.each([
  ['empty', '', 'customer_id is empty \\(1 rows\\)'],
  ['that of somebody else', 'p01', 'customer_id occurs twice \\(p01\\)'],
])(
  'a key that is %s stops a batch by name, whether it is sent or written, and nothing leaves',
  async (_, key, words) => {
    const { context } = workspace;
    for (const [kind, destination] of [
      ['deliver', 'hook'],
      ['export', 'file'],
    ] as const) {
      const { id: batchId } = await check();
      await context.engine.run(
        sql`UPDATE contact_checks SET customer_id = ${key} WHERE batch_id = ${batchId} AND customer_id = 'p07'`,
      );
      await expect(runJob(context, kind, { batchId, destination, options: {} })).rejects.toThrow(
        new RegExp(`run_keys: Nothing leaves: ${words}`),
      );
    }
    expect(receiver.calls).toBe(0);
    expect(await all(context, 'export_rows', 'export_id')).toEqual([]);
    expect((await all(context, 'batches', 'batch_id')).map(({ state }) => state)).not.toContain('exporting');
  },
);

it('an address that redirects inside the house halts the run by name, and nothing goes there', async () => {
  let inside = 0;
  take = ({ request, response }) => {
    if (request.url === '/inside') inside += 1;
    response.writeHead(307, { location: `${receiver.url}/inside` }).end();
  };
  const id = await submit();
  await halted(id, /^307 redirects to http:\/\/127\.0\.0\.1:\d+\/inside$/);
  expect(inside).toBe(0);
  await cancel(id);
});

const hasOpenssl = Boolean(process.env.CI) || spawnSync('openssl', ['version']).status === 0;
it.skipIf(!hasOpenssl)(
  'a certificate of nobody known halts the run by name before anything is sent',
  async () => {
    const { context } = workspace;
    const folder = mkdtempSync(join(tmpdir(), 'ensayo-certificate-'));
    const made = 'req -new -x509 -days 2 -nodes -subj /CN=localhost -addext subjectAltName=IP:127.0.0.1';
    execFileSync('openssl', [...made.split(' '), '-keyout', 'key', '-out', 'cert'], {
      cwd: folder,
      stdio: 'pipe',
    });
    const read = (name: string) => readFileSync(join(folder, name));
    let came = 0;
    const server = createServer({ key: read('key'), cert: read('cert') }, (_, response) => {
      came += 1;
      response.end();
    });
    try {
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      const url = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
      await putDestination(context, 'tls', 'webhook', { url, secret: webhookSecret });
      const id = await submit('deliver', 'tls');
      await halted(id, /^DEPTH_ZERO_SELF_SIGNED_CERT: self-signed certificate/);
      expect(came).toBe(0);
      await cancel(id);
    } finally {
      server.close();
      rmSync(folder, { recursive: true });
    }
  },
);

it('a field renamed there halts the run with its name; once it is back, what was refused is tried again, each message once', async () => {
  const { context } = workspace;
  let renamed = true;
  take = (call) =>
    renamed ? void call.response.writeHead(400).end('unknown field "arm"') : taker.take(call);
  const id = await submit();
  await halted(id, /^400 unknown field "arm"$/);
  expect(taker.seen.size).toBe(0);
  renamed = false;
  await setControl(context.engine, id, 'run');
  const { states } = await ended(id);
  expect(states).toMatchObject({ excluded: 1 });
  expect((states.acknowledged ?? 0) + (states.rejected ?? 0)).toBe(reachable);
  const again = await runJob<ExportRun>(context, 'redeliver', {
    exportId: id,
    destination: 'hook',
    keys: null,
  });
  expect(again.states).toEqual({ acknowledged: reachable, excluded: 1 });
  expect([...taker.ids.values()].toSorted()).toEqual(people.slice(0, reachable).map(({ id }) => id));
  expect(new Set(taker.seen.values())).toEqual(new Set([1]));
  expect(
    await context.engine.first(raw("SELECT 1 AS one FROM export_rows WHERE state = 'uncertain'")),
  ).toBeUndefined();
});
