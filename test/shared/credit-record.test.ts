import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { raw } from '#core/sql/sql.ts';
import { readKpi } from '#server/store/portfolio/kpis.ts';
import { type Loaded, loadFile } from '../support/files/load.ts';
import { hasShared, shared } from '../support/shared.ts';
import { openTestWorkspace, type TestWorkspace } from '../support/workspace.ts';

/** Accounts one month late in the last month the file has of them: published figures leave these out. */
const historyEnds = 6;

describe.runIf(hasShared)('the monthly statuses of credit_record', () => {
  let workspace: TestWorkspace;
  let loaded: Loaded;
  beforeAll(async () => {
    workspace = await openTestWorkspace();
    loaded = await loadFile(
      workspace,
      shared('data/credit_record/credit_record_dev20.csv.gz'),
      'credit-record',
    );
  });
  afterAll(() => workspace?.close());

  it('load whole', () => {
    expect(loaded.load.rejected).toBe(0);
    expect(loaded.load.tables.map(({ table, rows }) => [table, rows])).toEqual([
      ['customers', 9_171],
      ['accounts', 9_171],
      ['snapshots', 166_183],
    ]);
  });

  it('meet the published rolls from one month late', async () => {
    const { engine, registry } = workspace.context;
    const months = await engine.rows<{ as_of: string }>(
      raw('SELECT DISTINCT as_of FROM current_snapshots ORDER BY as_of'),
    );
    const counts = new Map<string, number>();
    for (const { as_of } of months) {
      const { rows } = await readKpi(engine, registry.kpis, 'roll-rates', { until: as_of, bucket: '30-59' });
      for (const { currency, after, accounts } of rows)
        if (currency === null) counts.set(String(after), (counts.get(String(after)) ?? 0) + Number(accounts));
    }
    expect(Object.fromEntries(counts)).toEqual({
      '1-29': 1071,
      '30-59': 654,
      '60-89': 119,
      closed: 185,
      left_observation: 76 + historyEnds,
    });
    const published = [...counts.values()].reduce((sum, n) => sum + n, 0) - historyEnds;
    expect(published).toBe(2_105);
    const percent = (state: string) => Math.round(1000 * ((counts.get(state) ?? 0) / published)) / 10;
    expect([percent('1-29'), percent('30-59'), percent('60-89'), percent('closed')]).toEqual([
      50.9, 31.1, 5.7, 8.8,
    ]);
    expect(Math.round((1000 * 76) / published) / 10).toBe(3.6);
  });
});
