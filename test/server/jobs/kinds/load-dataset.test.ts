import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RecipeInput } from '#core/portfolio/recipe.ts';
import { raw } from '#core/sql/sql.ts';
import { describeDatasets, selectDataset } from '#server/store/loading/datasets.ts';
import { withdrawLoad } from '#server/store/loading/withdraw.ts';
import { failToLoad, loadFile, writeInput } from '../../../support/files/load.ts';
import { addRecipe } from '../../../support/files/recipe.ts';
import { openTestWorkspace, type TestWorkspace } from '../../../support/workspace.ts';

let workspace: TestWorkspace;
beforeEach(async () => {
  workspace = await openTestWorkspace();
});
afterEach(() => workspace.close());

const rows = (text: string) => workspace.context.engine.rows(raw(text));
const recipe = (id: string, given: RecipeInput) => addRecipe(workspace, id, given);
const listed = async (name: string) =>
  (await describeDatasets(workspace.context.engine)).find((dataset) => dataset.name === name);
const whole = async (name: string) =>
  workspace.context.engine.rows(await selectDataset(workspace.context.engine, name, false));

describe('a dataset', () => {
  it('shows who people are only to who may know it', async () => {
    recipe('extract', { tables: [{ dataset: 'extract' }] });
    const text = 'CEDULA,NOMBRE_CLIENTE,PRODUCTO\n1017,Persona Simulada,tarjeta\n';
    await loadFile(workspace, writeInput(workspace, 'e.csv', text), 'extract');
    expect(await whole('extract')).toMatchObject([
      { CEDULA: '•••', NOMBRE_CLIENTE: '•••', PRODUCTO: 'tarjeta' },
    ]);
    const { engine } = workspace.context;
    expect(await engine.rows(await selectDataset(engine, 'extract', true))).toMatchObject([
      { NOMBRE_CLIENTE: 'Persona Simulada' },
    ]);
  });

  it('takes all columns as they are found, and says their types', async () => {
    recipe('responses', { tables: [{ dataset: 'responses' }] });
    const text = [
      'id,code,amount,ratio,seen on,at,ok,note,none',
      '1,007,10,0.5,2025-01-31,2025-01-31 10:00,si,hola,',
      '2,008,30000000000,1e3,2025-02-28,2025-02-28T23:30:00-05:00,no,,',
      '2,008,30000000000,1e3,2025-02-28,2025-02-28T23:30:00-05:00,no,,',
    ].join('\n');
    const { load } = await loadFile(workspace, writeInput(workspace, 'r.csv', text), 'responses');
    expect(load.tables).toEqual([
      {
        table: 'responses',
        rows: 3,
        superseded: 0,
        columns: {
          id: 'integer',
          code: 'text',
          amount: 'bigint',
          ratio: 'double',
          'seen on': 'date',
          at: 'timestamp',
          ok: 'boolean',
          note: 'text',
          none: 'text',
        },
      },
    ]);
    expect(await whole('responses')).toEqual(
      [1, 2, 3].map((row) => ({
        id: row === 1 ? 1 : 2,
        code: row === 1 ? '007' : '008',
        amount: row === 1 ? 10 : 30_000_000_000,
        ratio: row === 1 ? 0.5 : 1000,
        'seen on': row === 1 ? '2025-01-31' : '2025-02-28',
        at: row === 1 ? '2025-01-31T10:00:00Z' : '2025-03-01T04:30:00Z',
        ok: row === 1,
        note: row === 1 ? 'hola' : null,
        none: null,
        load_id: 1,
        source_row: row,
      })),
    );
    expect(await listed('responses')).toMatchObject({ rows: 3, unit: null });
  });

  it('with a key: repeats are rejected, later loads supersede, and undoing brings back', async () => {
    recipe('visits', {
      tables: [
        {
          dataset: 'visits',
          key: 'who',
          columns: { who: { from: 'id' }, spend: { from: 'spend', type: 'money' } },
        },
      ],
    });
    const one = writeInput(workspace, '1.csv', 'id,spend\na,1.5\nb,2\na,3\n,4\nc,x\n');
    const first = await loadFile(workspace, one, 'visits', 1);
    expect(first.load).toMatchObject({ rejected: 3, tables: [{ table: 'visits', rows: 2 }] });
    const two = writeInput(workspace, '2.csv', 'id,spend\nb,20\nd,4\n');
    const second = await loadFile(workspace, two, 'visits');
    expect(second.load.tables[0]).toMatchObject({ rows: 2, superseded: 1 });
    const shown = async () => (await whole('visits')).map((row) => `${row.who} ${row.spend}`).sort();
    expect(await shown()).toEqual(['a 1.50', 'b 20.00', 'd 4.00']);
    expect(await listed('visits')).toMatchObject({
      unit: 'who',
      columns: [
        { name: 'who', type: 'VARCHAR' },
        { name: 'spend', type: 'DECIMAL(18,2)' },
      ],
    });
    await withdrawLoad(workspace.context, second.load.loadId, 'owner');
    expect(await shown()).toEqual(['a 1.50', 'b 2.00']);
    await withdrawLoad(workspace.context, first.load.loadId, 'owner');
    expect(await listed('visits')).toBeUndefined();
    await expect(whole('visits')).rejects.toMatchObject({ code: 'not_found' });
    expect((await loadFile(workspace, two, 'visits')).unchanged).toBe(false);
    expect(await shown()).toEqual(['b 20.00', 'd 4.00']);
  });

  it('joins loads whose columns differ, and refuses one with another unit', async () => {
    recipe('wide', { tables: [{ dataset: 'wide' }] });
    recipe('wide-by-id', { tables: [{ dataset: 'wide', key: 'id' }] });
    const one = writeInput(workspace, '1.csv', 'id,a\n1,5\n');
    await loadFile(workspace, one, 'wide');
    await loadFile(workspace, writeInput(workspace, '2.csv', 'id,a,b\n2,x,2025-01-01\n'), 'wide');
    expect(await rows('SELECT id, a, b FROM current_wide ORDER BY id')).toEqual([
      { id: 1, a: '5', b: null },
      { id: 2, a: 'x', b: '2025-01-01' },
    ]);
    const error = await failToLoad(workspace, writeInput(workspace, '3.csv', 'id\n3\n'), 'wide-by-id');
    expect(error).toMatchObject({ code: 'load_dataset_unit', details: { held: '#', unit: 'id' } });
    expect(
      await rows(`SELECT table_name FROM information_schema.tables WHERE table_name LIKE 'dataset_3%'`),
    ).toEqual([]);
    expect(await rows('SELECT * FROM reserved_loads')).toEqual([]);
  });

  it('is made of typed files with the types they state, beside canonical tables of the same file', async () => {
    const path = join(workspace.folder, 'f.parquet');
    await rows(`COPY (SELECT 'A' || i AS account, 'C' || i AS customer, i::SMALLINT AS small, i * 0.1234 AS exact,
      TIMESTAMP '2025-01-01 10:00' AS at, i = 1 AS first FROM range(1, 3) t(i)) TO '${path}'`);
    recipe('both', {
      tables: [
        {
          table: 'accounts',
          columns: {
            account_id: { from: 'account' },
            customer_id: { from: 'customer' },
            currency: { constant: 'COP' },
          },
        },
        { dataset: 'extra' },
      ],
    });
    const { load } = await loadFile(workspace, path, 'both');
    expect(load.tables.map(({ table, rows: n }) => [table, n])).toEqual([
      ['accounts', 2],
      ['extra', 2],
    ]);
    expect(load.tables[1]?.columns).toEqual({
      account: 'text',
      customer: 'text',
      small: 'integer',
      exact: 'double',
      at: 'timestamp',
      first: 'boolean',
    });
    expect(await rows('SELECT account, small, exact, first FROM current_extra ORDER BY account')).toEqual([
      { account: 'A1', small: 1, exact: 0.1234, first: true },
      { account: 'A2', small: 2, exact: 0.2468, first: false },
    ]);
  });
});
