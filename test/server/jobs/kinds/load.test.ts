import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import iconv from 'iconv-lite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { raw } from '#core/sql/sql.ts';
import { readLoads } from '#server/store/loading/loads.ts';
import { withdrawLoad } from '#server/store/loading/withdraw.ts';
import { loadFile, runJob, writeInput } from '../../../support/files/load.ts';
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

  it('keeps one code for a currency, however it is written', async () => {
    const text = 'account_id,customer_id,currency\nB1,C1,cop\nB2,C2,COP\n';
    const { load } = await loadFile(workspace, writeInput(workspace, 'accounts.csv', text));
    expect(
      await rows(`SELECT DISTINCT currency FROM current_accounts WHERE load_id = ${load.loadId}`),
    ).toEqual([{ currency: 'COP' }]);
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
    await withdrawLoad(workspace.context, load.loadId, 'owner');
    expect(await shown()).toEqual(['A1100.50', null]);
    await expect(withdrawLoad(workspace.context, load.loadId, 'owner')).rejects.toMatchObject({
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
    await withdrawLoad(workspace.context, 2, 'owner');
    expect(await shown()).toEqual(['3.00']);
    await withdrawLoad(workspace.context, 3, 'owner');
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
    `INSERT INTO assignments BY NAME SELECT 'a' AS assignment_id, 'E' AS experiment_id, 'C1' AS customer_id, 'x' AS arm, 's' AS stratum, 1 AS block, 0.5 AS propensity, 'salt' AS salt, 'p' AS plan_hash, now()::TIMESTAMP AS assigned_at`,
  );
  await expect(withdrawLoad(workspace.context, load.loadId, 'owner')).rejects.toMatchObject({
    code: 'load_in_use',
    details: { name: 'Tonos de marzo' },
  });
  await rows(`UPDATE assignments SET assigned_at = now()::TIMESTAMP - INTERVAL 31 DAY`);
  await rows(`INSERT INTO export_runs (export_id, batch_id, experiment_id, destination, options, state, rows_sent, rows_excluded, started_at, by_principal)
    VALUES ('X', 'B', 'E', 'file', '{}', 'writing', 0, 0, now()::TIMESTAMP, 'owner')`);
  await expect(withdrawLoad(workspace.context, load.loadId, 'owner')).rejects.toMatchObject({
    code: 'load_in_export',
    details: { name: 'Tonos de marzo', destination: 'file' },
  });
  await rows(`UPDATE export_runs SET state = 'done'`);
  expect(load).toMatchObject({ withdrawnAt: null, withdrawnBy: null });
  const undone = await withdrawLoad(workspace.context, load.loadId, 'ana');
  expect(undone).toMatchObject({ state: 'withdrawn', by: 'owner', withdrawnBy: 'ana' });
  expect(undone.withdrawnAt).toMatch(/^\d{4}-/);
  expect(await readLoads(workspace.context.engine)).toEqual([undone]);
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
