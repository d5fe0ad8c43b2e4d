import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import type { Batch } from '#core/contract/delivery/batches.ts';
import type { ExportRun } from '#core/contract/delivery/exports.ts';
import { home, readConfig } from '#server/config.ts';
import { openWorkspace } from '#server/open.ts';
import { all, putExperiment, runJob } from '../../support/contact/contact-fixture.ts';
import { openTestWorkspace } from '../../support/workspace.ts';

const people = Array.from({ length: 40 }, (_, i) => ({ id: `p${i}` }));

it.each(['unfinished', 'renamed', 'finish'])(
  'killed at "%s", the export ends once, whole and single',
  async (point) => {
    const folder = mkdtempSync(join(tmpdir(), 'ensayo-test-'));
    const before = await openWorkspace(
      readConfig({ workspace: folder, threads: 1, memoryLimit: '1GB', logLevel: 'error' }),
    );
    await putExperiment(before.context, people, { sendOn: '2026-03-03' });
    const batch = await runJob<Batch>(before.context, 'check', { experimentId: 'exp', touch: 1 });
    await before.close();

    const child = spawnSync(
      process.execPath,
      ['--import', 'tsx', join(home, 'test/support/children/export-child.ts'), folder, batch.id, point],
      { cwd: home, encoding: 'utf8', timeout: 60_000 },
    );
    expect([child.signal, child.stderr]).toEqual(['SIGKILL', '']);

    const after = await openTestWorkspace(folder);
    try {
      const { context } = after;
      const [first] = await context.jobs.list(1, 0);
      const job = await context.jobs.finished(first?.id ?? '');
      expect([job.state, job.error]).toEqual(['done', null]);
      const run = job.result as ExportRun;
      expect(run).toMatchObject({ state: 'done', rows: 40, excluded: 0 });
      expect(after.interrupted.map((one) => one.id)).toEqual([run.id]);

      expect(readdirSync(join(folder, 'exports'))).toEqual([run.id]);
      for (const part of run.manifest?.parts ?? []) {
        const bytes = readFileSync(join(dirname(run.manifestPath ?? ''), part.path));
        expect(createHash('sha256').update(bytes).digest('hex')).toBe(part.sha256);
      }
      const rows = await all(context, 'export_rows', 'customer_id');
      expect(rows.map((row) => row.customer_id)).toEqual(people.map(({ id }) => id).toSorted());
      expect(new Set(rows.map((row) => row.state))).toEqual(new Set(['written']));
      expect((await all(context, 'export_runs', 'export_id')).length).toBe(1);
      await expect(
        runJob(context, 'export', { batchId: batch.id, destination: 'file', options: {} }),
      ).rejects.toThrow('batch_exported');
    } finally {
      await after.close();
    }
  },
);
