import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import { raw } from '#core/sql/sql.ts';
import { home } from '#server/config.ts';
import { type Loaded, loadFile, writeInput } from '../files/load.ts';
import { openTestWorkspace } from '../workspace.ts';

const first = 'account_id,customer_id,currency\nA1,C1,COP\nA2,C2,COP\n';
const second =
  'account_id,customer_id,currency\nA2,C9,COP\nA3,C3,\nA4,C4,COP\nA4,C4,COP\nA5,C5,COP,surplus\n';

/** Loads a file in a process killed at a point, opens the workspace again, and expects what one load leaves. */
export async function expectResumed(point: string): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'ensayo-test-'));
  const before = await openTestWorkspace(folder);
  await loadFile(before, writeInput(before, 'accounts.csv', first));
  const file = writeInput(before, 'b/accounts.csv', second);
  await before.context.jobs.stop();
  await before.context.engine.close();

  const child = spawnSync(
    process.execPath,
    ['--import', 'tsx', join(home, 'test/support/children/load-child.ts'), folder, file, point],
    { cwd: home, encoding: 'utf8', timeout: 60_000 },
  );
  expect([child.signal, child.stderr]).toEqual(['SIGKILL', '']);

  const after = await openTestWorkspace(folder);
  try {
    const { engine, jobs } = after.context;
    const [latest] = await jobs.list(1, 0);
    const job = await jobs.finished(latest?.id ?? '');
    expect([job.state, job.error]).toEqual(['done', null]);
    expect(after.interrupted).toHaveLength(point === 'after the end' ? 0 : 1);
    const { load } = job.result as Loaded;
    expect(load).toMatchObject({ loadId: 2, rejected: 3 });
    expect(load.tables).toEqual([{ table: 'accounts', rows: 2, superseded: 1 }]);
    expect(await engine.rows(raw('SELECT account_id, customer_id FROM current_accounts ORDER BY 1'))).toEqual(
      [
        { account_id: 'A1', customer_id: 'C1' },
        { account_id: 'A2', customer_id: 'C9' },
        { account_id: 'A4', customer_id: 'C4' },
      ],
    );
    expect(await engine.rows(raw('SELECT line, reason FROM rejects ORDER BY 1'))).toEqual([
      { line: 3, reason: 'reject_no_currency' },
      { line: 5, reason: 'reject_duplicate_key' },
      { line: 6, reason: 'reject_too_many_columns' },
    ]);
    expect(
      await engine.rows(
        raw("SELECT table_name FROM information_schema.tables WHERE table_name LIKE 'staging%'"),
      ),
    ).toEqual([]);
    expect(existsSync(join(folder, 'staging')) ? readdirSync(join(folder, 'staging')) : []).toEqual([]);
  } finally {
    await after.close();
  }
}
