import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Batch } from '#core/contract/delivery/batches.ts';
import type { ExportRun } from '#core/contract/delivery/exports.ts';
import { all, putExperiment, runJob } from '../../../support/contact/contact-fixture.ts';
import { putDestination } from '../../../support/receiver/put.ts';
import { freePort, type SshServer, startSshd } from '../../../support/servers/sshd.ts';
import { openTestWorkspace, type TestWorkspace } from '../../../support/workspace.ts';

const people = Array.from({ length: 40 }, (_, i) => ({ id: `p${i}` }));
const sshd = await startSshd();
const full = await startSshd({ mostBytes: 1_024 });

describe.skipIf(!sshd || !full)('files that leave by SFTP', () => {
  const ours = sshd as SshServer;
  let workspace: TestWorkspace;
  let door: Server;
  /** What becomes of the next connections: bytes let through before they are cut; none left: all are let through. */
  let cuts: number[] = [];
  let came = 0;
  let batch: Batch;

  const pass = (socket: Socket): void => {
    came += 1;
    let left = cuts.shift() ?? Number.POSITIVE_INFINITY;
    const there = connect(ours.port, '127.0.0.1');
    const end = () => [socket, there].forEach((one) => void one.destroy());
    for (const [from, to] of [
      [socket, there],
      [there, socket],
    ] as const) {
      from.on('error', end).on('close', end);
      from.on('data', (bytes) => {
        left -= bytes.length;
        if (left < 0) end();
        else to.write(bytes);
      });
    }
  };

  beforeAll(async () => {
    workspace = await openTestWorkspace(undefined, {
      delivery: { scheduleMs: [0, 5, 5, 5, 5], callTimeoutMs: 5_000, allowedPrivate: ['127.0.0.1'] },
    });
    const { context } = workspace;
    mkdirSync(join(workspace.folder, 'exports'));
    await putExperiment(context, people, { sendOn: '2026-03-03' });
    const port = await freePort();
    door = createServer(pass).listen(port, '127.0.0.1');
    for (const [id, to, at] of [
      ['sftp', ours, port],
      ['full', full as SshServer, (full as SshServer).port],
    ] as const)
      await putDestination(context, id, 'sftp', {
        host: '127.0.0.1',
        port: at,
        user: to.user,
        privateKey: to.privateKey,
        keyPassword: to.keyPassword,
        hostKey: to.hostKey,
        directory: to.inbox,
        formats: ['csv', 'ndjson'],
      });
    batch = await runJob<Batch>(context, 'check', { experimentId: 'exp', touch: 1 });
  });
  beforeEach(() => {
    cuts = [];
    came = 0;
  });
  afterAll(async () => {
    await workspace.close();
    door.close();
    for (const one of [sshd, full]) one?.stop();
  });

  const send = (destination: string) =>
    runJob<ExportRun>(workspace.context, 'export', { batchId: batch.id, destination, options: {} });
  /** Nothing remains of a run that failed: no row, no file, and its messages can leave another way. */
  const expectNothing = async (inbox: string) => {
    const { context } = workspace;
    expect(readdirSync(inbox)).toEqual([]);
    expect(readdirSync(join(workspace.folder, 'exports'))).toEqual([]);
    expect(await all(context, 'export_rows', 'export_id')).toEqual([]);
    expect((await all(context, 'batches', 'batch_id')).map(({ state }) => state)).toEqual(['reserved']);
  };

  it('a place that cannot be reached is tried by the schedule, then given up in one message with nothing left behind', async () => {
    cuts = Array.from({ length: 50 }, () => 0);
    await expect(send('sftp')).rejects.toThrow(/^sftp_given_up: .*5/);
    // One call of `deliver` each, and one to tidy up.
    expect(came).toBeLessThanOrEqual(6);
    await expectNothing(ours.inbox);
  });

  it('cancelled while it waits to try again, it ends at once', async () => {
    const { context } = workspace;
    cuts = Array.from({ length: 50 }, () => 0);
    const { delivery } = context.config;
    const patient = { ...delivery, scheduleMs: [0, 3_600_000] };
    Object.assign(context.config, { delivery: patient });
    try {
      const { id } = await context.jobs.submit({
        kind: 'export',
        input: { batchId: batch.id, destination: 'sftp', options: {} },
        by: 'owner',
      });
      await expect.poll(() => came, { timeout: 10_000 }).toBeGreaterThan(0);
      await context.jobs.cancel(id);
      expect((await context.jobs.finished(id)).state).toBe('cancelled');
    } finally {
      Object.assign(context.config, { delivery });
    }
    await expectNothing(ours.inbox);
  });

  it('a disk that is full over there is tried once and told in one message, and nothing stays half-written', async () => {
    await expect(send('full')).rejects.toThrow(/^sftp_unwritable: .*Failure; \d+ bytes free there/);
    await expectNothing((full as SshServer).inbox);
  });

  it('a disk that is full here is told in one message, and nothing stays half-written', async () => {
    const { engine } = workspace.context;
    const { dialect } = engine;
    const onFull: typeof dialect = {
      ...dialect,
      writeParquet: (query) => dialect.writeParquet(query, '/dev/full'),
    };
    Object.defineProperty(engine, 'dialect', { value: onFull, configurable: true, writable: true });
    try {
      await expect(send('file')).rejects.toThrow(/^disk_full: No space left on disk while writing .*exports/);
    } finally {
      Object.defineProperty(engine, 'dialect', { value: dialect, configurable: true, writable: true });
    }
    await expectNothing(ours.inbox);
  });

  it('cut off now before and now within a part, it goes on, and each message stands in each file once', async () => {
    cuts = [0, 4_000, 12_000, 20_000];
    const run = await send('sftp');
    expect([run.state, run.states]).toEqual(['done', { written: people.length }]);
    expect(came).toBeGreaterThan(4);
    const names = ['manifest.json', 'messages.csv', 'messages.ndjson'].map((name) => `${run.id}-${name}`);
    expect(readdirSync(ours.inbox).toSorted()).toEqual(names);
    const lines = readFileSync(join(ours.inbox, `${run.id}-messages.ndjson`), 'utf8')
      .trim()
      .split('\n');
    const sent = lines.map((line) => (JSON.parse(line) as { customer_id: string }).customer_id);
    expect(sent.toSorted()).toEqual(people.map(({ id }) => id).toSorted());
  });
});
