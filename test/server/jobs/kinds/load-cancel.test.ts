import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { raw } from '#core/sql/sql.ts';
import { loadFile, writeInput } from '../../../support/files/load.ts';
import { openTestWorkspace, type TestWorkspace } from '../../../support/workspace.ts';

let workspace: TestWorkspace;
beforeEach(async () => {
  workspace = await openTestWorkspace();
});
afterEach(() => workspace.close());

const count = async (from: string) =>
  (await workspace.context.engine.first<{ n: number }>(raw(`SELECT count(*) AS n FROM ${from}`)))?.n;

it.each(['read', 'stage', 'check'])('cancelled in the step "%s", a load leaves nothing', async (name) => {
  const { context } = workspace;
  const lines = Array.from({ length: 5_000 }, (_, i) => `A${i},C${i % 4_990},COP`);
  const path = writeInput(
    workspace,
    'accounts.csv',
    ['account_id,customer_id,currency', ...lines].join('\n'),
  );
  const input = { file: path, recipe: 'ensayo', maxRejectedShare: 0 };
  // Every transaction of the step waits until the cancel has been taken.
  const { transaction } = context.engine;
  let cancelled: Promise<unknown> | null = null;
  const { id } = await context.jobs.submit({ kind: 'load', input, by: 'owner' });
  context.engine.transaction = async (work) => {
    await cancelled;
    return transaction(work);
  };
  const ended = await context.jobs.finished(id, ({ steps }) => {
    if (!cancelled && steps.some((step) => step.name === name && step.state === 'running'))
      cancelled = context.jobs.cancel(id);
  });
  context.engine.transaction = transaction;
  expect(ended.state).toBe('cancelled');
  for (const table of ['accounts', 'loads', 'rejects', 'reserved_loads', 'superseded'])
    expect([table, await count(table)]).toEqual([table, 0]);
  expect(await count(`information_schema.tables WHERE table_name LIKE 'staging%'`)).toBe(0);
  const scratch = join(workspace.folder, 'staging');
  expect(existsSync(scratch) ? readdirSync(scratch) : []).toEqual([]);
  const { load } = await loadFile(workspace, path);
  expect([load.loadId, load.tables[0]?.rows]).toEqual([1, 5_000]);
});
