import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
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
const header = 'account_id,as_of,balance,days_past_due\n';
const month = (name: string, text: string) => writeInput(workspace, `extracts/${name}`, header + text);

it('takes the files a pattern matches as one load, in the order of their names', async () => {
  month('snapshots-2025-02.csv', 'A1,2025-02-28,20,30\n');
  month('snapshots-2025-01.csv', 'A1,2025-01-31,10,0\nA2,2025-01-31,1,0\n');
  month('snapshots-2024-12.csv', 'A1,2024-12-31,5,0\n');
  writeInput(workspace, 'extracts/.snapshots-2025-03.csv', 'half written');
  writeInput(workspace, 'extracts/snapshots-2025-notes.pdf', 'x');
  const { load } = await loadFile(workspace, join(workspace.folder, 'input/extracts/snapshots-2025-*'));
  expect(load.files.map(({ name }) => name)).toEqual(['snapshots-2025-01.csv', 'snapshots-2025-02.csv']);
  expect(load.tables).toEqual([{ table: 'snapshots', rows: 3, superseded: 0 }]);
  expect(
    await rows(`SELECT account_id, as_of, source_row // 100000000000 AS file, source_row % 100000000000 AS "row"
      FROM current_snapshots ORDER BY as_of, account_id`),
  ).toEqual([
    { account_id: 'A1', as_of: '2025-01-31', file: 0, row: 1 },
    { account_id: 'A2', as_of: '2025-01-31', file: 0, row: 2 },
    { account_id: 'A1', as_of: '2025-02-28', file: 1, row: 1 },
  ]);
});

it('takes a list; a row that repeats a key of another file is rejected, with its file', async () => {
  const first = month('snapshots-1.csv', 'A1,2025-01-31,10,0\n');
  const second = month('snapshots-2.csv', 'A1,2025-02-28,10,0\nA1,2025-01-31,11,0\n');
  const { load } = await loadFile(workspace, [second, first, second], 'ensayo', 0.5);
  expect(load.tables).toEqual([{ table: 'snapshots', rows: 2, superseded: 0 }]);
  const { rejects } = await readRejects(workspace.context.engine, load.loadId, 10, 0);
  expect(rejects).toEqual([
    {
      file: 'snapshots-2.csv',
      row: 2,
      line: 3,
      table: 'snapshots',
      column: 'account_id, as_of',
      value: 'A1 · 2025-01-31',
      reason: 'reject_duplicate_key',
    },
  ]);
});

it('tells files of equal names apart by their folders', async () => {
  const first = writeInput(workspace, 'north/snapshots.csv', `${header}A1,2025-01-31,10,0\n`);
  const second = writeInput(workspace, 'south/snapshots.csv', `${header}A2,2025-01-31,10,x\n`);
  const error = await failToLoad(workspace, [second, first]);
  expect(error.details).toMatchObject({ file: join('south', 'snapshots.csv'), rejected: 1 });
});

it('finds uploads by a pattern', async () => {
  const { receiveUpload } = await import('#server/store/loading/uploads.ts');
  const body = async function* () {
    yield Buffer.from(`${header}A1,2025-01-31,10,0\n`);
  };
  await receiveUpload(workspace.context, 'snapshots-2025-01.csv', body());
  const { load } = await loadFile(workspace, 'snapshots-*.csv');
  expect(load.files.map(({ name }) => name)).toEqual(['snapshots-2025-01.csv']);
});

it.each([
  ['a pattern that matches nothing', 'nothing-*.csv', 'load_pattern_empty'],
  ['a pattern that matches nothing readable', 'extracts/*.pdf', 'load_kind_unknown'],
  ['a list with a file that is not there', ['extracts/snapshots-1.csv', 'gone.csv'], 'load_file_missing'],
])('refuses %s', async (_, file, code) => {
  month('snapshots-1.csv', 'A1,2025-01-31,10,0\n');
  writeInput(workspace, 'extracts/notes.pdf', 'x');
  const asked = [file].flat().map((one) => join(workspace.folder, 'input', one));
  expect((await failToLoad(workspace, asked)).code).toBe(code);
});

it('rejects a row with a bad value from every table it feeds, and says where the value stands', async () => {
  const text = [
    'Cuenta;Cliente;Tipo;País;Producto;Fecha apertura;Moneda;Cupo;Fecha corte;Saldo;Saldo vencido;Días mora;Pago mínimo',
    '001;77;N;CO;TC;05/03/2020;COP;1;31/01/2026;2;0;0;1',
    '002;78;N;CO;TC;05/03/2020;COP;1;31/01/2026;mucho;0;0;1',
    '003;79;N;CO;TC;05/03/2020;COP;1;31/01/2026;3;0;0;1',
    '003;80;N;CO;TC;05/03/2020;COP;1;31/01/2026;4;0;0;1',
  ].join('\n');
  const { load } = await loadFile(workspace, writeInput(workspace, 'extracto.csv', text), 'extracto', 0.5);
  expect(load.rejected).toBe(2);
  const { rejects } = await readRejects(workspace.context.engine, load.loadId, 10, 0);
  expect(
    rejects.map(({ line, table, column, value, reason }) => [line, table, column, value, reason]),
  ).toEqual([
    [3, 'snapshots', 'balance', 'mucho', 'reject_not_a_number'],
    [5, 'snapshots', 'account_id, as_of', '003 · 2026-01-31', 'reject_duplicate_key'],
  ]);
  expect(await rows('SELECT customer_id FROM current_customers ORDER BY 1')).toEqual([
    { customer_id: '77' },
    { customer_id: '79' },
  ]);
  expect(await rows('SELECT account_id FROM current_accounts ORDER BY 1')).toEqual([
    { account_id: '001' },
    { account_id: '003' },
  ]);
});

it('loads month after month: the same keys are superseded, new ones added, and undoing brings the old back', async () => {
  await loadFile(workspace, month('snapshots-2025-01.csv', 'A1,2025-01-31,10,0\nA2,2025-01-31,20,0\n'));
  const second = month('snapshots-2025-02.csv', 'A2,2025-01-31,21,5\nA1,2025-02-28,11,0\n');
  const { load } = await loadFile(workspace, second);
  expect(load.tables).toEqual([{ table: 'snapshots', rows: 2, superseded: 1 }]);
  const shown = async () =>
    (
      await rows(`SELECT account_id || ' ' || as_of || ' ' || balance AS x FROM current_snapshots ORDER BY 1`)
    ).map(({ x }) => x);
  const both = ['A1 2025-01-31 10.00', 'A1 2025-02-28 11.00', 'A2 2025-01-31 21.00'];
  expect(await shown()).toEqual(both);
  const { withdrawLoad } = await import('#server/store/loading/withdraw.ts');
  await withdrawLoad(workspace.context, load.loadId, 'owner');
  expect(await shown()).toEqual(['A1 2025-01-31 10.00', 'A2 2025-01-31 20.00']);
  expect((await loadFile(workspace, second)).unchanged).toBe(false);
  expect(await shown()).toEqual(both);
});
