import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { Batch } from '#core/contract/delivery/batches.ts';
import type { ExportRun } from '#core/contract/delivery/exports.ts';
import { home } from '#server/config.ts';
import { all, putExperiment, runJob } from '../../../support/contact/contact-fixture.ts';
import { putDestination } from '../../../support/receiver/put.ts';
import { startReceiver } from '../../../support/receiver/receiver.ts';
import { webhookSecret, webhookTaker } from '../../../support/receiver/webhook.ts';
import { openTestWorkspace } from '../../../support/workspace.ts';

const people = Array.from({ length: 60 }, (_, i) => ({ id: `p${i}` }));

it.each([true, false])(
  'killed in the middle of its calls, a run ends: each message once where repeats are discarded (%s), else none twice',
  async (dedupes) => {
    const folder = mkdtempSync(join(tmpdir(), 'ensayo-test-'));
    const before = await openTestWorkspace(folder);
    const taker = webhookTaker();
    let child: ReturnType<typeof spawn> | null = null;
    const receiver = await startReceiver({
      take: async (call) => {
        await taker.take({ ...call, silent: true });
        if (taker.seen.size >= 20 && child) {
          child.kill('SIGKILL');
          child = null;
          return;
        }
        call.response.writeHead(204).end();
      },
    });
    await putExperiment(before.context, people, { sendOn: '2026-03-03' });
    const options = { url: receiver.url, secret: webhookSecret, dedupes, rows: 2 };
    await putDestination(before.context, 'hook', 'webhook', options);
    const batch = await runJob<Batch>(before.context, 'check', { experimentId: 'exp', touch: 1 });
    await before.leave();

    const asked = [{ kind: 'deliver', input: { batchId: batch.id, destination: 'hook' } }];
    child = spawn(
      process.execPath,
      ['--import', 'tsx', join(home, 'test/bench/chaos/child.ts'), folder, JSON.stringify(asked)],
      { cwd: home, stdio: 'inherit' },
    );
    expect(await once(child, 'exit')).toEqual([null, 'SIGKILL']);

    const after = await openTestWorkspace(folder, {
      delivery: { scheduleMs: [0, 5, 5], callTimeoutMs: 5_000, allowedPrivate: ['127.0.0.1'] },
    });
    try {
      const [job] = await after.context.jobs.list(1, 0);
      const run = (await after.context.jobs.finished(job?.id ?? '')).result as ExportRun;
      const rows = await all(after.context, 'export_rows', 'seq');
      const missing = rows.filter(({ message_key }) => !taker.seen.has(String(message_key)));
      if (dedupes) expect([run.states, missing]).toEqual([{ acknowledged: 60 }, []]);
      else {
        expect(Math.max(...taker.seen.values())).toBe(1);
        expect(new Set(missing.map(({ state }) => state)).size).toBeLessThanOrEqual(1);
        expect(missing.every(({ state }) => state === 'uncertain')).toBe(true);
        expect(run.states.uncertain).toBeGreaterThan(0);
      }
    } finally {
      await after.close();
      await receiver.close();
    }
  },
);
