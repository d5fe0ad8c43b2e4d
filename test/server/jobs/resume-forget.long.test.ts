import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { Batch } from '#core/contract/delivery/batches.ts';
import type { ForgetReport } from '#core/contract/portfolio/keeping.ts';
import { sql } from '#core/sql/sql.ts';
import { home, readConfig } from '#server/config.ts';
import { openWorkspace } from '#server/open.ts';
import { searchFiles, searchTables } from '../../support/books/search-workspace.ts';
import { putExperiment, runJob } from '../../support/contact/contact-fixture.ts';
import { stringsOf } from '../../support/full-workspace.ts';
import { openTestWorkspace } from '../../support/workspace.ts';

const people = Array.from({ length: 12 }, (_, i) => ({ id: `person-${i}` }));
const person = 'person-3';

it('killed at every step in turn, forgetting ends all the same, whole, and counts stay', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'ensayo-test-'));
  const before = await openWorkspace(
    readConfig({ workspace: folder, threads: 1, memoryLimit: '1GB', logLevel: 'error' }),
  );
  await putExperiment(before.context, people, { sendOn: '2026-03-03' });
  const batch = await runJob<Batch>(before.context, 'check', { experimentId: 'exp', touch: 1 });
  await runJob(before.context, 'export', { batchId: batch.id, destination: 'file', options: {} });
  const strings = await stringsOf(before.context, person);
  expect(strings).toEqual(expect.arrayContaining([person, `a${person}`, `plan:${person}`]));
  await before.close();
  mkdirSync(join(folder, 'uploads'));
  writeFileSync(join(folder, 'uploads', 'customers.csv'), `customer_id\n${person}\n`);

  for (const point of ['erase', 'search', 'files', 'close', 'new file', 'report']) {
    const child = spawnSync(
      process.execPath,
      ['--import', 'tsx', join(home, 'test/support/children/forget-child.ts'), folder, person, point],
      { cwd: home, encoding: 'utf8', timeout: 60_000 },
    );
    expect([point, child.signal, child.stderr]).toEqual([point, 'SIGKILL', '']);
  }

  const after = await openTestWorkspace(folder);
  try {
    const { context } = after;
    const jobs = await context.jobs.list(10, 0);
    expect(jobs.filter(({ kind }) => kind === 'forget')).toHaveLength(1);
    const job = await context.jobs.finished(jobs.find(({ kind }) => kind === 'forget')?.id ?? '');
    expect([job.state, job.error]).toEqual(['done', null]);
    const report = job.result as ForgetReport;
    expect(report.lines.map(({ place, action }) => `${action} ${place}`)).toEqual(
      expect.arrayContaining([
        'erased customers',
        'pseudonymised assignments',
        'removed uploads/customers.csv',
      ]),
    );
    expect(await searchTables(context.engine, strings)).toEqual([]);
    expect(await searchFiles(context.engine, folder, strings)).toEqual([]);
    const counted = await context.engine.first(
      sql`SELECT CAST(count(*) AS BIGINT) AS n, CAST(count(DISTINCT customer_id) AS BIGINT) AS people FROM assignments`,
    );
    expect(counted).toEqual({ n: 12, people: 12 });
    expect(await context.engine.rows(sql`SELECT kind FROM suppressed ORDER BY kind`)).toEqual([
      { kind: 'account' },
      { kind: 'customer' },
    ]);
    expect(await context.engine.rows(sql`SELECT * FROM kept_outcomes`)).toHaveLength(1);
  } finally {
    await after.close();
  }
}, 120_000);
