import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import iconv from 'iconv-lite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { raw } from '#core/sql/sql.ts';
import { readRejects } from '#server/store/loads.ts';
import { withdrawLoad } from '#server/store/withdraw.ts';
import { failToLoad, loadFile, runJob, writeInput } from '../../../support/load.ts';
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

describe('a load', () => {
  it('makes rows with where they came from, and leaves no staging', async () => {
    const { load, unchanged } = await loadFile(workspace, writeInput(workspace, 'accounts.csv', accounts));
    expect(unchanged).toBe(false);
    expect(load.tables).toEqual([{ table: 'accounts', rows: 2, superseded: 0 }]);
    expect(load.files).toEqual([
      { name: 'accounts.csv', bytes: accounts.length, sha256: expect.stringMatching(/^[0-9a-f]{64}$/) },
    ]);
    expect(
      await rows('SELECT account_id, credit_limit, load_id, source_row FROM current_accounts ORDER BY 1'),
    ).toEqual([
      { account_id: 'A1', credit_limit: '100.50', load_id: 1, source_row: 1 },
      { account_id: 'A2', credit_limit: null, load_id: 1, source_row: 2 },
    ]);
    await nothingLeft();
  });

  it('recognises the same file and changes nothing', async () => {
    const path = writeInput(workspace, 'accounts.csv', accounts);
    const first = await loadFile(workspace, path);
    const again = await loadFile(workspace, path);
    expect(again).toEqual({ load: first.load, unchanged: true });
    expect(await one('SELECT count(*) FROM accounts')).toBe(2);
    await nothingLeft();
  });

  it('supersedes rows of equal keys, and undoing it brings them back', async () => {
    await loadFile(workspace, writeInput(workspace, 'accounts.csv', accounts));
    const later = 'account_id,customer_id,currency,credit_limit\nA2,C2,COP,7\nA3,C3,COP,8\n';
    const { load } = await loadFile(workspace, writeInput(workspace, 'b/accounts.csv', later));
    expect(load.tables).toEqual([{ table: 'accounts', rows: 2, superseded: 1 }]);
    const limits = 'SELECT account_id || credit_limit AS x FROM current_accounts ORDER BY account_id';
    const shown = async () => (await rows(limits)).map((row) => row.x);
    expect(await shown()).toEqual(['A1100.50', 'A27.00', 'A38.00']);
    await withdrawLoad(workspace.context, load.loadId);
    expect(await shown()).toEqual(['A1100.50', null]);
    await expect(withdrawLoad(workspace.context, load.loadId)).rejects.toMatchObject({
      code: 'load_withdrawn',
    });
  });

  it('never shows a key twice, whatever the order in which loads are undone', async () => {
    const version = (limit: number) => `account_id,customer_id,currency,credit_limit\nA1,C1,COP,${limit}\n`;
    for (const limit of [1, 2, 3])
      await loadFile(workspace, writeInput(workspace, `${limit}/accounts.csv`, version(limit)));
    const shown = async () =>
      (await rows('SELECT credit_limit AS x FROM current_accounts')).map((row) => row.x);
    expect(await shown()).toEqual(['3.00']);
    await withdrawLoad(workspace.context, 2);
    expect(await shown()).toEqual(['3.00']);
    await withdrawLoad(workspace.context, 3);
    expect(await shown()).toEqual(['1.00']);
    const again = await loadFile(workspace, join(workspace.folder, 'input/3/accounts.csv'));
    expect(again.unchanged).toBe(false);
    expect(await shown()).toEqual(['3.00']);
  });

  it('takes a folder of files named after tables, CSV beside Parquet, and leaves others alone', async () => {
    writeInput(workspace, 'set/accounts.csv', accounts);
    writeInput(workspace, 'set/notes.csv', 'whatever\n1\n');
    const folder = join(workspace.folder, 'input/set');
    await rows(`COPY (SELECT 'A' || i AS account_id, DATE '2026-01-31' AS as_of, 5::INTEGER AS days_past_due,
      12.34::DECIMAL(18,2) AS balance, 'x' AS extra FROM range(1, 3) t(i)) TO '${folder}/snapshots.parquet'`);
    await rows(`COPY (SELECT 'A' || i AS account_id, DATE '2026-02-28' AS as_of, 6 AS days_past_due
      FROM range(1, 3) t(i)) TO '${folder}/snapshots-2.parquet'`);
    const { load } = await loadFile(workspace, folder);
    expect(load.files.map((file) => file.name)).toEqual([
      'accounts.csv',
      'snapshots-2.parquet',
      'snapshots.parquet',
    ]);
    expect(load.tables.map(({ table, rows: n }) => [table, n])).toEqual([
      ['accounts', 2],
      ['snapshots', 4],
    ]);
    expect(await one('SELECT count(DISTINCT source_row) FROM snapshots')).toBe(4);
    expect(await one('SELECT CAST(sum(balance) AS VARCHAR) FROM current_snapshots')).toBe('24.68');
  });

  it('reads a bank extract: semicolons, decimal commas, day first, Windows-1252, quoted newlines, blank lines', async () => {
    const text = [
      'Cuenta;Cliente;Tipo;País;Producto;Fecha apertura;Moneda;Cupo;Fecha corte;Saldo;Saldo vencido;Días mora;Pago mínimo',
      '001;77;N;CO;TC;05/03/2020;COP;1.000.000,00;31/01/2026;250.000,50;0;0;10,5',
      '',
      '001;77;N;CO;TC;05/03/2020;COP;1.000.000,00;28/02/2026;-3,25;NULL;12;-',
      '"002";78;J;PE;"Línea\n""rotativa""";1/1/2019;PEN; 5 ;28/02/2026;1.234;0;0;',
      '',
    ].join('\r\n');
    const path = writeInput(workspace, 'extracto.csv.gz', gzipSync(iconv.encode(text, 'windows-1252')));
    const { load } = await loadFile(workspace, path, 'extracto');
    expect(load.tables.map(({ table, rows: n }) => [table, n])).toEqual([
      ['customers', 2],
      ['accounts', 2],
      ['snapshots', 3],
    ]);
    expect(
      await rows('SELECT account_id, product_type, opened_on, credit_limit FROM current_accounts ORDER BY 1'),
    ).toEqual([
      { account_id: '001', product_type: 'credit_card', opened_on: '2020-03-05', credit_limit: '1000000.00' },
      { account_id: '002', product_type: 'Línea\n"rotativa"', opened_on: '2019-01-01', credit_limit: '5.00' },
    ]);
    expect(
      await rows(
        'SELECT as_of, balance, arrears, days_past_due, minimum_due FROM current_snapshots ORDER BY account_id, as_of',
      ),
    ).toEqual([
      { as_of: '2026-01-31', balance: '250000.50', arrears: '0.00', days_past_due: 0, minimum_due: '10.50' },
      { as_of: '2026-02-28', balance: '-3.25', arrears: null, days_past_due: 12, minimum_due: null },
      { as_of: '2026-02-28', balance: '1234.00', arrears: '0.00', days_past_due: 0, minimum_due: null },
    ]);
    await nothingLeft();
  });
});

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

describe('a load that is stopped', () => {
  it('leaves nothing behind when cancelled', async () => {
    const path = writeInput(workspace, 'accounts.csv', accounts);
    const { context } = workspace;
    const input = { file: path, recipe: 'ensayo', maxRejectedShare: 0 };
    const { id } = await context.jobs.submit({ kind: 'load', input, by: 'owner' });
    await context.jobs.cancel(id);
    expect((await context.jobs.finished(id)).state).toBe('cancelled');
    await nothingPublished();
  });

  it('is not disturbed by staging that a stop left', async () => {
    await rows('CREATE TABLE staging_0_t_accounts (account_id VARCHAR)');
    await loadFile(workspace, writeInput(workspace, 'accounts.csv', accounts));
    expect(await one('SELECT count(*) FROM current_accounts')).toBe(2);
  });
});

it('cannot be undone while an experiment under way rests on it', async () => {
  const { load } = await loadFile(workspace, writeInput(workspace, 'accounts.csv', accounts));
  await rows(`INSERT INTO designs (experiment_id, state, design, sizing, texts, as_of, data_version, created_at, by_principal)
    VALUES ('E', 'assigned', '{"name":"Tonos de marzo","metric":{"horizonDays":30}}', '{}', '[]', DATE '2026-01-01', 'v', now()::TIMESTAMP, 'owner')`);
  await rows(
    `INSERT INTO assignments SELECT 'a', 'E', 'C1', 'x', 's', 1, 0.5, 'salt', 'p', now()::TIMESTAMP`,
  );
  await expect(withdrawLoad(workspace.context, load.loadId)).rejects.toMatchObject({
    code: 'load_in_use',
    details: { name: 'Tonos de marzo' },
  });
  await rows(`UPDATE assignments SET assigned_at = now()::TIMESTAMP - INTERVAL 31 DAY`);
  expect((await withdrawLoad(workspace.context, load.loadId)).state).toBe('withdrawn');
});

it('tells people and the audit log the figures', async () => {
  const job = await runJob(workspace, 'load', {
    file: writeInput(workspace, 'accounts.csv', accounts),
    recipe: 'ensayo',
    maxRejectedShare: 0,
  });
  expect(job.steps.map(({ name, state }) => [name, state])).toEqual(
    ['read', 'stage', 'check', 'publish'].map((name) => [name, 'done']),
  );
  const audit = await rows(`SELECT details FROM audit WHERE action = 'job.load.done'`);
  expect(JSON.parse(String(audit[0]?.details))).toEqual({
    loadId: 1,
    recipe: 'ensayo',
    rejected: 0,
    unchanged: false,
  });
});
