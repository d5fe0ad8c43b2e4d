import { appendFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createClient, send } from '#core/contract/client.ts';
import type { RecipeInput } from '#core/portfolio/recipe.ts';
import { sql } from '#core/sql/sql.ts';
import { extractBytes, extractText } from '../../support/files/extract.ts';
import { loadFile, writeInput } from '../../support/files/load.ts';
import { startTestServer, type TestServer } from '../../support/servers/server.ts';

let server: TestServer;
let file: string;
beforeAll(async () => {
  server = await startTestServer();
  const bytes = extractBytes({ accounts: 50, months: ['2025-01-31', '2025-02-28'] });
  file = writeInput(server.workspace, 'cartera.csv', bytes);
});
afterAll(() => server?.close());

const preview = (given: string | string[]) => server.client.previews.create({ body: { file: given } });
const refused = async (work: Promise<unknown>) =>
  (await work.then(
    () => null,
    (error: { problem: { code: string; detail: string } }) => error.problem,
  )) as { code: string; detail: string } | null;

/** The suggestion with what the file does not tell. */
async function answered(): Promise<RecipeInput> {
  const recipe = (await preview(file)).recipe as RecipeInput;
  if (recipe.tables === 'canonical') throw new Error('canonical');
  const accounts = recipe.tables.find((one) => 'table' in one && one.table === 'accounts');
  if (!accounts || accounts.columns === 'all' || !accounts.columns) throw new Error('no accounts');
  accounts.columns.currency = { constant: 'COP' };
  return recipe;
}

describe('a preview', () => {
  it('says what the file is and proposes its tables', async () => {
    const { groups } = await preview(file);
    const [group] = groups;
    expect(group).toMatchObject({
      source: 'csv',
      found: { encoding: 'windows-1252', delimiter: ';' },
      decimal: ',',
      dates: 'dmy',
      rows: 100,
      whole: true,
      broken: 0,
    });
    expect(group?.tables.map(({ table }) => table)).toEqual(['customers', 'accounts', 'snapshots']);
    expect(group?.questions.map(({ kind }) => kind)).toEqual(['currency']);
    expect(group?.head[0]?.slice(0, 5)).toEqual([
      'CR-100000',
      '10000000',
      'Persona Simulada 0',
      'N',
      'Colombia',
    ]);
    expect(group?.columns.find(({ name }) => name === 'TIPO_PERSONA')?.values).toEqual([
      { value: 'N', count: 90 },
      { value: 'J', count: 10 },
    ]);
  });

  async function analyst() {
    const headers = { authorization: `Bearer ${await server.token(['portfolio:load', 'portfolio:read'])}` };
    return createClient((endpoint, input) =>
      send({ fetch, origin: server.origin, headers }, endpoint, input),
    );
  }

  it('masks what is mapped to an address, whatever its column looks like', async () => {
    const odd = writeInput(
      server.workspace,
      'puntos.csv',
      'c,ch,x\nC1,sms,cerca del parque 12\nC2,sms,"el "otro" lado\n',
    );
    const from = (name: string) => ({ from: name });
    const recipe: RecipeInput = {
      source: {},
      tables: [
        {
          table: 'contact_points',
          columns: {
            customer_id: from('c'),
            channel: from('ch'),
            address: from('x'),
            valid: { constant: true },
          },
        },
      ],
    };
    const client = await analyst();
    const masked = await client.previews.check({ body: { file: odd, recipe } });
    expect(masked.tables[0]?.head[0]).toContain('•••');
    expect(masked.rejects[0]?.value).toBe('•••');
    expect(JSON.stringify(masked)).not.toMatch(/parque|otro/);
    const whole = await server.client.previews.check({ body: { file: odd, recipe } });
    expect(JSON.stringify(whole)).toMatch(/parque.*otro/);
  });

  it('masks who people are, for who may not know', async () => {
    const client = await analyst();
    const { groups } = await client.previews.create({ body: { file } });
    const check = await client.previews.check({ body: { file, recipe: await answered() } });
    const text = JSON.stringify([groups, check]);
    expect(groups[0]?.columns.filter(({ personal }) => personal).map(({ name }) => name)).toEqual([
      'CEDULA',
      'NOMBRE_CLIENTE',
      'CELULAR',
      'CORREO',
    ]);
    expect(text).not.toMatch(/Persona Simulada|10000000|ejemplo\.invalid|\+57 300/);
    expect(text).toContain('CR-100000');
  });

  it('reads only the beginning of a long file, and leaves nothing on disk', async () => {
    const long = writeInput(
      server.workspace,
      'larga.csv',
      extractText({ accounts: 2000, months: ['2025-01-31'] }),
    );
    const body = extractText({ accounts: 9000, months: ['2025-02-28', '2025-03-31', '2025-04-30'] });
    appendFileSync(long, body.slice(body.indexOf('\n') + 1));
    const { groups } = await preview(long);
    expect(groups[0]).toMatchObject({ rows: 10_000, whole: false, broken: 0 });
    const left = readdirSync(server.workspace.folder, { recursive: true }).filter((name) =>
      String(name).includes(join('staging', '')),
    );
    expect(left.filter((name) => /\.(csv|json|parquet)$/.test(String(name)))).toEqual([]);
    const tables = await server.workspace.context.engine.rows(
      sql`SELECT table_name FROM information_schema.tables WHERE starts_with(table_name, 'staging_')`,
    );
    expect(tables).toEqual([]);
  });

  it('finds files of equal columns alike, and others not', async () => {
    const other = writeInput(
      server.workspace,
      'pagos.csv',
      'nro_credito;fec_pago;vlr_pago\nCR-1;05/03/2025;10,5\n',
    );
    const twin = writeInput(
      server.workspace,
      'cartera-2.csv',
      extractBytes({ accounts: 5, months: ['2025-03-31'] }),
    );
    const { groups, recipe } = await preview([file, twin, other]);
    expect(groups.map(({ files }) => files.length)).toEqual([2, 1]);
    expect((recipe as { tables: { file: string }[] }).tables.at(-1)?.file).toBe('pagos');
  });

  it.each([
    ['nada.csv', 'load_file_missing'],
    ['foto.png', 'load_kind_unknown'],
    ['vacio.csv', 'load_file_empty'],
  ])('of %s is refused with %s', async (name, code) => {
    const path = name === 'nada.csv' ? name : writeInput(server.workspace, name, '');
    expect((await refused(preview(path)))?.code).toBe(code);
  });
});

describe('a trial', () => {
  it('stores what the load then stores, row by row', async () => {
    const recipe = await answered();
    const check = await server.client.previews.check({ body: { file, recipe } });
    expect(
      check.tables.map(({ table, good, rejected, repeated }) => [table, good, rejected, repeated]),
    ).toEqual([
      ['customers', 100, 0, 75],
      ['accounts', 100, 0, 50],
      ['snapshots', 100, 0, 0],
    ]);
    await server.client.recipes.save({ params: { name: 'Mi banco' }, body: { recipe } });
    const { load } = await loadFile(server.workspace, file, 'Mi banco');
    expect(load.tables.map(({ table, rows }) => [table, rows])).toEqual([
      ['customers', 25],
      ['accounts', 50],
      ['snapshots', 100],
    ]);
    const snapshots = check.tables.find(({ table }) => table === 'snapshots');
    const names = snapshots?.columns.map((name) => `CAST("${name}" AS VARCHAR) AS "${name}"`).join(', ');
    const stored = await server.workspace.context.engine.rows<Record<string, string>>({
      text: `SELECT ${names} FROM current_snapshots ORDER BY source_row LIMIT 12`,
      values: [],
    });
    expect(stored.map((row) => Object.values(row))).toEqual(snapshots?.head);
  });

  it('says line, column, value and reason of what would not enter', async () => {
    const bad = writeInput(
      server.workspace,
      'mala.csv',
      'cuenta;fecha_corte;saldo;dias_mora\nA;31/01/2025;10,5;0\n\nB;32/01/2025;mucho;0\nC;31/01/2025;1;tres\n',
    );
    const recipe: RecipeInput = {
      source: { decimal: ',', dates: 'dmy' },
      tables: [
        {
          table: 'snapshots',
          columns: {
            account_id: { from: 'cuenta' },
            as_of: { from: 'fecha_corte' },
            balance: { from: 'saldo' },
            days_past_due: { from: 'dias_mora' },
          },
        },
      ],
    };
    const { rejects, tables } = await server.client.previews.check({ body: { file: bad, recipe } });
    expect(rejects.map(({ line, column, value, reason }) => [line, column, value, reason])).toEqual([
      [4, 'as_of', '32/01/2025', 'reject_no_such_date'],
      [4, 'balance', 'mucho', 'reject_not_a_number'],
      [5, 'days_past_due', 'tres', 'reject_not_a_number'],
    ]);
    expect(tables[0]).toMatchObject({ rows: 3, good: 1, rejected: 2 });
  });

  it('of a table that is not yet whole says what is missing, and tries the others', async () => {
    const recipe = (await preview(file)).recipe as RecipeInput;
    const { tables } = await server.client.previews.check({ body: { file, recipe } });
    expect(tables.map(({ table, good, problem }) => [table, good, problem?.details.missing])).toEqual([
      ['customers', 100, undefined],
      ['accounts', 0, 'currency'],
      ['snapshots', 100, undefined],
    ]);
  });
});

describe('saved recipes', () => {
  const recipe: RecipeInput = { tables: [{ dataset: 'algo', columns: 'all' }] };
  const save = (name: string, replace = false) =>
    server.client.recipes.save({ params: { name }, body: { recipe, replace, note: 'de prueba' } });

  it('are listed before those of the program, with who and when', async () => {
    await save('Banco Uno');
    const { recipes } = await server.client.recipes.list({});
    const mine = recipes.find(({ name }) => name === 'Banco Uno');
    expect(mine).toMatchObject({ kind: 'saved', by: 'owner', tables: ['algo'], savedAt: expect.any(String) });
    expect(recipes.findIndex(({ kind }) => kind === 'built_in')).toBeGreaterThan(0);
  });

  it('are not written over by accident, nor are those of the program', async () => {
    expect((await refused(save('Banco Uno')))?.code).toBe('recipe_name_taken');
    expect((await refused(save('taiwan', true)))?.code).toBe('recipe_built_in');
    expect((await save('Banco Uno', true)).hash).toMatch(/^[0-9a-f]{64}$/);
  });

  it('leave as a file that can be taken in again', async () => {
    const whole = await server.client.recipes.get({ params: { name: 'Banco Uno' } });
    const { hash } = await server.client.recipes.save({
      params: { name: 'Otra' },
      body: JSON.parse(JSON.stringify(whole)),
    });
    expect(hash).toBe(whole.hash);
  });

  it('are renamed and deleted by name', async () => {
    await server.client.recipes.rename({ params: { name: 'Otra' }, body: { to: 'Tercera' } });
    await server.client.recipes.delete({ params: { name: 'Tercera' } });
    expect(await refused(server.client.recipes.get({ params: { name: 'Tercera' } }))).toMatchObject({
      code: 'load_recipe_unknown',
      detail: expect.stringContaining('"Tercera"'),
    });
  });

  it('that are no recipe are refused, quoting what is wrong', async () => {
    const wrong = { tables: [{ table: 'cuentas', columns: {} }] } as unknown as RecipeInput;
    const problem = await refused(
      server.client.recipes.save({ params: { name: 'Mala' }, body: { recipe: wrong } }),
    );
    expect(problem?.code).toBe('invalid_input');
  });
});
