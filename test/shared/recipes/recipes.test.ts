import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadFile } from '../../support/files/load.ts';
import { startTestServer } from '../../support/servers/server.ts';
import { hasShared, shared } from '../../support/shared.ts';
import { openTestWorkspace, type TestWorkspace } from '../../support/workspace.ts';

interface Known {
  recipe: string;
  file: string;
  /** Rows of each table the file becomes. */
  tables: Record<string, number>;
  /** Figures of the loaded rows that were counted in the file by other means. */
  figures: Record<string, string | number | null>;
}

const known: Known[] = [
  {
    recipe: 'hillstrom',
    file: 'hillstrom/hillstrom.csv.gz',
    tables: { hillstrom: 64_000 },
    figures: {
      'count(*) - (SELECT count(*) FROM (SELECT DISTINCT * EXCLUDE (load_id, source_row) FROM current_hillstrom))': 6562,
      "round(100 * avg(visit) FILTER (segment = 'none'), 2)": 10.62,
      "round(100 * avg(visit) FILTER (segment = 'mens'), 2)": 18.28,
      "round(100 * avg(visit) FILTER (segment = 'womens'), 2)": 15.14,
    },
  },
  {
    recipe: 'cookie-cats',
    file: 'cookie_cats/cookie_cats.csv.gz',
    tables: { cookie_cats: 90_189 },
    figures: { 'max(sum_gamerounds)': 49_854, "count(*) FILTER (version = 'gate_30')": 44_700 },
  },
  {
    recipe: 'bank-marketing',
    file: 'bank_marketing/bank-additional-full.csv.gz',
    tables: { bank_marketing: 41_188 },
    figures: { 'count(*) FILTER (y)': 4640, 'count(pdays)': 1515, 'min(euribor3m)': 0.634 },
  },
  {
    recipe: 'bank-debt-recovery',
    file: 'bank_debt_recovery/bank_data.csv',
    tables: { bank_debt_recovery: 1882 },
    figures: {
      'count(DISTINCT recovery_strategy)': 5,
      'CAST(min(expected_recovery_amount) AS VARCHAR)': '194.00',
    },
  },
  {
    recipe: 'hmeq',
    file: 'hmeq/hmeq.csv',
    tables: { hmeq: 5960 },
    figures: { 'sum(bad)::INTEGER': 1189, 'count(*) - count(debtinc)': 1267 },
  },
  {
    recipe: 'lendingclub',
    file: 'lendingclub_openintro/loans_full_schema.csv.gz',
    tables: { lendingclub: 10_000 },
    figures: { "count(*) FILTER (loan_status = 'Charged Off')": 7, 'round(avg(interest_rate), 2)': 12.43 },
  },
];

describe.runIf(hasShared).each(known)('recipe $recipe', ({ recipe, file, tables, figures }) => {
  let workspace: TestWorkspace;
  beforeAll(async () => {
    workspace = await openTestWorkspace();
  });
  afterAll(() => workspace?.close());

  it('loads every row and rejects none', async () => {
    const { load } = await loadFile(workspace, shared(`data/${file}`), recipe);
    expect(Object.fromEntries(load.tables.map(({ table, rows }) => [table, rows]))).toEqual(tables);
    expect(load.rejected).toBe(0);
    const [table] = Object.keys(tables);
    for (const [figure, value] of Object.entries(figures)) {
      const found = await workspace.context.engine.first<{ value: string | number }>({
        text: `SELECT ${figure} AS value FROM current_${table}`,
        values: [],
      });
      expect([figure, found?.value]).toEqual([figure, value]);
    }
  });
});

describe.runIf(hasShared)('calls of a bank', () => {
  it('have their length marked as known only after the call', async () => {
    const server = await startTestServer();
    try {
      await loadFile(
        server.workspace,
        shared('data/bank_marketing/bank-additional-full.csv.gz'),
        'bank-marketing',
      );
      const { datasets } = await server.client.system.datasets({});
      const own = datasets.find(({ name }) => name === 'bank_marketing');
      expect(own?.columns.filter(({ late }) => late).map(({ name }) => name)).toEqual(['duration']);
    } finally {
      await server.close();
    }
  });
});

describe.runIf(hasShared)('a set that is a portfolio', () => {
  let workspace: TestWorkspace;
  beforeAll(async () => {
    workspace = await openTestWorkspace();
  });
  afterAll(() => workspace?.close());
  const rows = (text: string) => workspace.context.engine.rows({ text, values: [] });

  it('500 loans: blank lines skipped, month first, 100 in collection without a payment', async () => {
    const { load } = await loadFile(
      workspace,
      shared('data/loan_payments_500/Loan_payments_data.csv'),
      'loan-payments',
    );
    expect(load.tables.map((one) => [one.table, one.rows])).toEqual([
      ['customers', 500],
      ['accounts', 500],
      ['payments', 400],
      ['instalments', 500],
    ]);
    expect(
      await rows(
        `SELECT opened_on, due_on, paid_at FROM current_accounts JOIN current_instalments USING (account_id) JOIN current_payments USING (account_id) WHERE account_id = 'xqd20160003'`,
      ),
    ).toEqual([{ opened_on: '2016-09-08', due_on: '2016-10-07', paid_at: '2016-09-25T16:58:00Z' }]);
  });

  it('invoices of IBM: month first, disputes as flags, days late as the file counts them', async () => {
    const file = shared('data/ibm_accounts_receivable/WA_Fn-UseC_-Accounts-Receivable.csv');
    const { load } = await loadFile(workspace, file, 'ibm-receivables');
    const made = Object.fromEntries(load.tables.map((one) => [one.table, one.rows]));
    expect(made).toMatchObject({ customers: 100, accounts: 2466, payments: 2466, instalments: 2466 });
    expect(
      await rows(
        `SELECT count(*) AS n, CAST(sum(CASE WHEN CAST(paid_at AS DATE) > due_on THEN 1 ELSE 0 END) AS INTEGER) AS late, CAST(sum(p.amount) AS VARCHAR) AS paid FROM current_payments p JOIN current_instalments USING (account_id) JOIN current_accounts a USING (account_id) WHERE a.product_type = 'invoice'`,
      ),
    ).toEqual([{ n: 2466, late: 877, paid: expect.any(String) }]);
    expect(await rows(`SELECT DISTINCT kind FROM current_flags`)).toEqual([{ kind: 'dispute' }]);
  });
});
