import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadResult } from '#core/contract/portfolio/loads.ts';
import { raw } from '#core/sql/sql.ts';
import { readSimulation } from '#server/store/experiments/simulation.ts';
import { isSimulated, workspaceToday } from '#server/store/workspace.ts';
import { openTestWorkspace, type TestWorkspace } from '../../../support/workspace.ts';

let workspace: TestWorkspace;
const input = { accounts: 5_000, seed: 7, months: 8 };
const submit = async () => {
  const { jobs } = workspace.context;
  return jobs.finished((await jobs.submit({ kind: 'sample', input, by: 'owner' })).id);
};

beforeAll(async () => {
  workspace = await openTestWorkspace();
});
afterAll(() => workspace.close());

describe('sample', () => {
  it('generates the portfolio, loads it as simulated and starts its clock', async () => {
    const job = await submit();
    expect(job.error).toBeNull();
    const { load, unchanged } = loadResult.parse(job.result);
    expect(unchanged).toBe(false);
    expect(load).toMatchObject({ recipe: 'ensayo', simulated: true, rejected: 0 });
    expect(load.tables.find(({ table }) => table === 'accounts')?.rows).toBe(5_000);
    expect(load.tables).toHaveLength(17);
    expect(await isSimulated(workspace.context.engine)).toBe(true);
    expect(await workspaceToday(workspace.context)).toBe('2026-10-31');
    const last = await workspace.context.engine.first<{ last: string }>(
      raw('SELECT max(as_of) AS last FROM current_snapshots'),
    );
    expect(last?.last).toBe('2026-10-31');
  });

  it('keeps the truth beside the data and says that it is simulated', async () => {
    const simulation = await readSimulation(workspace.context.engine);
    expect(simulation?.truth.map((path) => existsSync(join(workspace.folder, path)))).toEqual([true]);
    const folder = join(workspace.folder, 'sample');
    const [name] = readdirSync(folder);
    const truth = JSON.parse(readFileSync(join(folder, name!, 'truth.json'), 'utf8'));
    expect(truth).toMatchObject({ simulated: true, seed: 7, accounts: 5_000 });
  });

  it('finds the same portfolio again and changes nothing', async () => {
    const job = await submit();
    expect(loadResult.parse(job.result).unchanged).toBe(true);
  });

  it('leaves no unfinished folder and no scratch database', async () => {
    expect(readdirSync(join(workspace.folder, 'sample'))).toHaveLength(1);
    const databases = await workspace.context.engine.rows<{ name: string }>(
      raw(`SELECT database_name AS name FROM duckdb_databases() WHERE database_name LIKE 'scratch%'`),
    );
    expect(databases).toEqual([]);
  });
});
