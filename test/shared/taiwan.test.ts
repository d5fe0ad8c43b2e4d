import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Load } from '#core/contract/portfolio/loads.ts';
import { sql } from '#core/sql/sql.ts';
import { hasShared, shared } from '../support/shared.ts';
import { openTestWorkspace, type TestWorkspace } from '../support/workspace.ts';

const file = shared('data/taiwan_credit_default/UCI_Credit_Card.csv.gz');

describe.runIf(hasShared)('the Taiwan set', () => {
  let workspace: TestWorkspace;
  let load: Load;
  beforeAll(async () => {
    workspace = await openTestWorkspace();
    const { jobs } = workspace.context;
    const input = { file, recipe: 'taiwan', maxRejectedShare: 0 };
    const { id } = await jobs.submit({ kind: 'load', input, by: 'owner' });
    const done = await jobs.finished(id);
    expect(done.error).toBeNull();
    load = (done.result as { load: Load }).load;
  });
  afterAll(() => workspace?.close());

  const count = async (from: string): Promise<number> =>
    (
      await workspace.context.engine.first<{ n: number }>({
        text: `SELECT count(*) AS n FROM ${from}`,
        values: [],
      })
    )?.n ?? -1;

  it('becomes 30,000 accounts with six months each', async () => {
    expect(load.tables.map(({ table, rows }) => [table, rows])).toEqual([
      ['customers', 30_000],
      ['accounts', 30_000],
      ['snapshots', 180_000],
      ['payments', 143_103],
    ]);
    expect(load.rejected).toBe(0);
    expect(await count(`(SELECT DISTINCT as_of FROM current_snapshots)`)).toBe(6);
    expect(await count(`current_snapshots WHERE days_past_due = 0 AND starts_with(status, 'late')`)).toBe(0);
  });

  it('meets the published counts of late in July and at 0 in August', async () => {
    const found = await workspace.context.engine.rows(sql`
      SELECT entry, count(*) AS n, round(100.0 * avg(cured), 2) AS cured FROM (
        SELECT CAST(july.days_past_due > 0 AND june.days_past_due = 0 AS INTEGER) AS entry,
          CAST(august.days_past_due = 0 AS DOUBLE) AS cured
        FROM current_snapshots july
        JOIN current_snapshots june ON june.account_id = july.account_id AND june.as_of = DATE '2005-06-30'
        JOIN current_snapshots august ON august.account_id = july.account_id AND august.as_of = DATE '2005-08-31'
        WHERE july.as_of = DATE '2005-07-31' AND july.days_past_due > 0
      ) GROUP BY GROUPING SETS ((), (entry)) ORDER BY entry NULLS FIRST`);
    expect(found[0]).toEqual({ entry: null, n: 4213, cured: 30.29 });
    expect(found[2]).toMatchObject({ entry: 1, n: 1624 });
    expect(Number(found[2]?.cured)).toBeCloseTo(50, 1);
  });

  it('dates what was paid in a month inside that month', async () => {
    expect(
      await count(
        `current_payments WHERE account_id = '3' AND paid_at = TIMESTAMP '2005-07-15' AND amount = 1000`,
      ),
    ).toBe(1);
    expect(await count(`current_payments WHERE amount <= 0`)).toBe(0);
  });

  it('keeps protected attributes out of every table but customers', async () => {
    expect(await count(`current_customers WHERE birth_year = 1981 AND customer_id = '1'`)).toBe(1);
    expect(await count(`current_customers WHERE sex IS NULL OR education IS NULL`)).toBe(0);
  });
});
