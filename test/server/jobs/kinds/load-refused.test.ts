import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { raw } from '#core/sql/sql.ts';
import { readRejects } from '#server/store/loading/loads.ts';
import { failToLoad, loadFile, writeInput } from '../../../support/files/load.ts';
import { openTestWorkspace, type TestWorkspace } from '../../../support/workspace.ts';

let workspace: TestWorkspace;
beforeEach(async () => {
  workspace = await openTestWorkspace();
});
afterEach(() => workspace.close());

const rows = (text: string) => workspace.context.engine.rows(raw(text));
const one = async (text: string) => Object.values((await rows(text))[0] ?? {})[0];
const nothingLeft = async () => {
  expect(await one(`SELECT count(*) FROM information_schema.tables WHERE table_name LIKE 'staging%'`)).toBe(
    0,
  );
  const scratch = join(workspace.folder, 'staging');
  expect(existsSync(scratch) ? readdirSync(scratch) : []).toEqual([]);
};
const nothingPublished = async () => {
  expect(await one('SELECT count(*) FROM loads')).toBe(0);
  expect(await one('SELECT count(*) FROM accounts')).toBe(0);
  expect(await one('SELECT count(*) FROM rejects')).toBe(0);
  await nothingLeft();
};

const accounts = 'account_id,customer_id,currency,credit_limit\nA1,C1,COP,100.50\nA2,C2,COP,\n';

describe('bad rows', () => {
  const payments = [
    'payment_id,account_id,paid_at,known_at,amount,reversed',
    'P1,A1,2026-01-05,,10,',
    'P2,A1,2026-02-30,,10,no',
    'P3,A1,2026-01-05,,12O0,no',
    'P1,A1,2026-01-06,,20,no',
    'P5,,2026-01-05,,20,maybe',
    '',
    'P6,A1,2026-01-05,,20,no,surplus',
    'P7,A1',
    'P8,A1,5 January,2026-01-05T10:00:00-05:00,20,no',
    'P9,A1,2026-01-05,2026-01-05T10:00:00-05:00,20.5,sí',
    '',
  ].join('\n');

  it('are rejected with their line, column, value as written, and reason', async () => {
    const path = writeInput(workspace, 'payments.csv', payments);
    const { load } = await loadFile(workspace, path, 'ensayo', 1);
    expect(load.tables).toEqual([{ table: 'payments', rows: 2, superseded: 0 }]);
    expect(load.rejected).toBe(7);
    const { total, rejects } = await readRejects(workspace.context.engine, load.loadId, 100, 0);
    expect(total).toBe(8);
    expect(rejects.map(({ row, line, column, value, reason }) => [row, line, column, value, reason])).toEqual(
      [
        [2, 3, 'paid_at', '2026-02-30', 'reject_no_such_date'],
        [3, 4, 'amount', '12O0', 'reject_not_a_number'],
        [4, 5, 'payment_id', 'P1', 'reject_duplicate_key'],
        [5, 6, 'account_id', null, 'reject_missing'],
        [5, 6, 'reversed', 'maybe', 'reject_not_yes_or_no'],
        [6, 8, null, 'P6,A1,2026-01-05,,20,no,surplus', 'reject_too_many_columns'],
        [7, 9, null, 'P7,A1', 'reject_too_few_columns'],
        [8, 10, 'paid_at', '5 January', 'reject_not_a_date'],
      ],
    );
    expect(
      await rows('SELECT payment_id, paid_at, known_at, amount, reversed FROM current_payments ORDER BY 1'),
    ).toEqual([
      {
        payment_id: 'P1',
        paid_at: '2026-01-05T00:00:00Z',
        known_at: '2026-01-05T00:00:00Z',
        amount: '10.00',
        reversed: null,
      },
      {
        payment_id: 'P9',
        paid_at: '2026-01-05T00:00:00Z',
        known_at: '2026-01-05T15:00:00Z',
        amount: '20.50',
        reversed: true,
      },
    ]);
  });

  it('over the limit publish nothing, and the error shows them', async () => {
    const path = writeInput(workspace, 'payments.csv', payments);
    const error = await failToLoad(workspace, path, 'ensayo', 0.5);
    expect(error.code).toBe('load_too_many_rejects');
    expect(error.details).toMatchObject({ file: 'payments.csv', rows: 9, rejected: 7, limit: 0.5 });
    expect(error.message).toContain('payments.csv:3');
    expect(error.message).toContain('2026-02-30');
    expect(JSON.parse(String(error.details.rejects))).toHaveLength(8);
    await nothingPublished();
  });

  it.each([
    [
      'values outside the list',
      'flags',
      'customer_id,kind,started_on\nC1,sad,2026-01-01\n',
      'kind',
      'sad',
      'reject_value_unknown',
    ],
    [
      'values below the least',
      'snapshots',
      'account_id,as_of,days_past_due\nA1,2026-01-01,-3\n',
      'days_past_due',
      '-3',
      'reject_below_minimum',
    ],
    [
      'parts of a whole number',
      'snapshots',
      'account_id,as_of,days_past_due\nA1,2026-01-01,2.5\n',
      'days_past_due',
      '2.5',
      'reject_not_whole',
    ],
    [
      'numbers that do not fit',
      'snapshots',
      'account_id,as_of,days_past_due\nA1,2026-01-01,99999999999\n',
      'days_past_due',
      '99999999999',
      'reject_number_too_large',
    ],
    [
      'amounts without a currency',
      'accounts',
      'account_id,customer_id,currency\nA1,C1,\n',
      'currency',
      null,
      'reject_no_currency',
    ],
    [
      'a decimal comma where points are used',
      'promises',
      'promise_id,account_id,made_at,due_on,amount\nP1,A1,2026-01-01,2026-01-02,"12,5"\n',
      'amount',
      '12,5',
      'reject_not_a_number',
    ],
    [
      'digits joined by underscores',
      'accounts',
      'account_id,customer_id,currency,credit_limit\nA1,C1,COP,1_000\n',
      'credit_limit',
      '1_000',
      'reject_not_a_number',
    ],
    [
      'infinite rates',
      'accounts',
      'account_id,customer_id,currency,rate\nA1,C1,COP,inf\n',
      'rate',
      'inf',
      'reject_not_a_number',
    ],
  ])('name %s', async (_, table, text, column, value, reason) => {
    const error = await failToLoad(workspace, writeInput(workspace, `${table}.csv`, text));
    expect(error.code).toBe('load_too_many_rejects');
    const [reject] = JSON.parse(String(error.details.rejects)) as Record<string, unknown>[];
    expect(reject).toMatchObject({ column_name: column, value, reason, row_number: 1, line: 2 });
  });

  it('of Parquet carry their row, and what is written there', async () => {
    const path = join(workspace.folder, 'flags.parquet');
    await rows(`COPY (SELECT 'C' || i AS customer_id, CASE i WHEN 1 THEN 'sad' ELSE 'plan' END AS kind,
      DATE '2026-01-01' AS started_on FROM range(3) t(i)) TO '${path}'`);
    const { load } = await loadFile(workspace, path, 'ensayo', 0.5);
    expect(load.tables[0]?.rows).toBe(2);
    const { rejects } = await readRejects(workspace.context.engine, load.loadId, 10, 0);
    expect(rejects).toEqual([
      {
        row: 2,
        line: null,
        file: 'flags.parquet',
        table: 'flags',
        column: 'kind',
        value: 'sad',
        reason: 'reject_value_unknown',
      },
    ]);
  });
});

describe('bad files', () => {
  const cases: [string, string, string | Uint8Array | null, string, string, Record<string, unknown>][] = [
    ['a missing one', 'accounts.csv', null, 'ensayo', 'load_file_missing', {}],
    ['an empty one', 'accounts.csv', '', 'ensayo', 'load_file_empty', { file: 'accounts.csv' }],
    ['one of blank lines', 'accounts.csv', '\n\n \n', 'ensayo', 'load_file_empty', {}],
    [
      'a header and no rows',
      'accounts.csv',
      'account_id,customer_id,currency\n',
      'ensayo',
      'load_no_rows',
      {},
    ],
    [
      'another delimiter',
      'a.csv',
      'ID;LIMIT_BAL;SEX\n1;2;3\n',
      'taiwan',
      'load_wrong_delimiter',
      { expected: ',', found: ';', header: 'ID;LIMIT_BAL;SEX' },
    ],
    [
      'a column that is not there',
      'a.csv',
      'ID,LIMIT_BAL\n1,2\n',
      'taiwan',
      'load_columns_missing',
      { present: 'ID, LIMIT_BAL' },
    ],
    [
      'a required column that is not there',
      'accounts.csv',
      'account_id,customer_id\n1,2\n',
      'ensayo',
      'load_recipe_incomplete',
      { missing: 'currency', table: 'accounts' },
    ],
    [
      'a column twice',
      'accounts.csv',
      'account_id,account_id\n1,2\n',
      'ensayo',
      'load_columns_repeated',
      { repeated: 'account_id' },
    ],
    ['a name that is no table', 'ledger.csv', 'account_id\n1\n', 'ensayo', 'load_no_tables', {}],
    ['a kind nobody reads', 'accounts.pdf', 'x', 'ensayo', 'load_kind_unknown', { file: 'accounts.pdf' }],
    ['an unknown recipe', 'accounts.csv', accounts, 'tai-wan', 'load_recipe_unknown', { recipe: 'tai-wan' }],
    [
      'a zip cut short',
      'accounts.csv.gz',
      gzipSync(accounts.repeat(500)).subarray(0, 60),
      'ensayo',
      'load_truncated',
      { file: 'accounts.csv.gz' },
    ],
    [
      'bytes that are no text',
      'accounts.csv',
      new Uint8Array([65, 0, 66, 0, 10, 0]),
      'ensayo',
      'load_unreadable',
      {},
    ],
    ['a Parquet cut short', 'accounts.parquet', 'PAR1 and nothing more', 'ensayo', 'load_truncated', {}],
    ['what only calls itself Parquet', 'accounts.parquet', 'hello there', 'ensayo', 'load_unreadable', {}],
  ];
  it.each(cases)('%s', async (_, name, content, recipe, code, details) => {
    const path = content === null ? join(workspace.folder, name) : writeInput(workspace, name, content);
    const error = await failToLoad(workspace, path, recipe);
    expect(error.code).toBe(code);
    expect(error.details).toMatchObject(details);
    await nothingPublished();
  });
});
