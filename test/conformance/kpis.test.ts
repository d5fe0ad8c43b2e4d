import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Output } from '#core/contract/endpoint.ts';
import type { contract } from '#core/contract/index.ts';
import type { Kpi, KpiColumn, KpiRow, KpiUnit } from '#core/portfolio/kpi.ts';
import { tableNamed } from '#core/portfolio/tables.ts';
import { raw } from '#core/sql/sql.ts';
import { format, locales } from '#core/text/text.ts';
import { discover } from '#server/registry.ts';
import { readKpi } from '#server/store/portfolio/kpis.ts';
import { insertKpiBook, insertRates, kpiSegment } from '../support/books/kpi-book.ts';
import { expectGolden } from '../support/golden.ts';
import { openTestWorkspace, type TestWorkspace } from '../support/workspace.ts';

type Answer = Output<typeof contract.kpis.get>;

const found = [...(await discover<Kpi>('core/portfolio/kpis'))];
let empty: TestWorkspace;
let full: TestWorkspace;
let rated: TestWorkspace;
const answers = new Map<string, Answer>();

const ask = (workspace: TestWorkspace, id: string, query: Record<string, string> = {}) =>
  readKpi(workspace.context.engine, workspace.context.registry.kpis, id, query);

beforeAll(async () => {
  [empty, full, rated] = [await openTestWorkspace(), await openTestWorkspace(), await openTestWorkspace()];
  await full.context.engine.transaction((session) => insertKpiBook(session));
  await rated.context.engine.transaction((session) => insertKpiBook(session, 60));
  await insertRates(rated.context.engine);
  for (const [id] of found) answers.set(id, await ask(full, id));
});
afterAll(() => Promise.all([empty, full, rated].map((workspace) => workspace?.close())));

const answerOf = (id: string): Answer => {
  const answer = answers.get(id);
  if (!answer) throw new Error(`no answer of ${id}`);
  return answer;
};

const fits: Record<KpiUnit, (value: unknown) => boolean> = {
  code: (value) => typeof value === 'string' && value !== '',
  month: (value) => /^\d{4}-\d{2}-01$/.test(String(value)),
  date: (value) => /^\d{4}-\d{2}-\d{2}$/.test(String(value)),
  count: (value) => Number.isInteger(value) && Number(value) >= 0,
  share: (value) => typeof value === 'number' && value >= 0 && value <= 1,
  money: (value) => /^-?\d+\.\d{2}$/.test(String(value)),
  ratio: (value) => typeof value === 'number' && Number.isFinite(value),
  days: (value) => typeof value === 'number' && Number.isFinite(value),
  per_thousand: (value) => typeof value === 'number' && value >= 0 && Number.isFinite(value),
};

const ofUnit = (columns: readonly KpiColumn[], unit: KpiUnit) =>
  columns.filter((column) => column.unit === unit).map(({ name }) => name);

it('finds key figures', () => expect(found.length).toBeGreaterThan(10));

describe.each(found)('%s', (id, kpi) => {
  it('is named and defined in both languages, its columns too', () => {
    const { text, definition, population, denominator, columns } = kpi;
    const said = [
      text.title,
      text.summary,
      definition,
      population,
      denominator,
      ...columns.map(({ title }) => title),
    ];
    for (const one of said) for (const locale of locales) expect(format(one, locale)).not.toBe('');
    for (const one of [text.title, definition, population, denominator]) expect(one.es).not.toBe(one.en);
    const names = columns.map(({ name }) => name);
    expect(names).toEqual([...new Set(names)]);
    for (const name of names) expect(name).toMatch(/^[a-z][a-z0-9_]*$/);
  });

  it('needs tables and columns that exist, and takes its parameters from text', () => {
    expect(kpi.needs.length).toBeGreaterThan(0);
    for (const { table, column } of kpi.needs) {
      expect(tableNamed(table), table).toBeDefined();
      if (column) expect(tableNamed(table)?.columns[column], column).toBeDefined();
    }
    const chosen = kpi.parameters.parse({});
    const asText = Object.fromEntries(Object.entries(chosen).map(([name, value]) => [name, String(value)]));
    expect(kpi.parameters.parse(asText)).toEqual(chosen);
  });

  it('binds on an empty workspace, which is told what to load', async () => {
    const { context } = empty;
    const scope = {
      dialect: context.engine.dialect,
      oneDateAMonth: true,
      asOf: '2026-08-31',
      dates: [],
      filter: {},
      parameters: kpi.parameters.parse({}),
    };
    const rows = await context.engine.rows<KpiRow>(kpi.statement(scope));
    expect(kpi.answer(rows, scope)).toMatchObject({ n: 0, rows: [] });
    const { missing, ...answer } = await ask(empty, id);
    expect(answer).toMatchObject({ asOf: null, n: 0, rows: [], figures: {} });
    expect(missing.length).toBeGreaterThan(0);
    for (const { table, advice } of missing)
      for (const locale of locales) expect(advice[locale]).toContain(table);
  });

  it('answers a full one with rows of its columns, each value as its unit says', () => {
    const { rows, columns, n, asOf, missing } = answerOf(id);
    expect(missing).toEqual([]);
    expect(asOf).toBe('2026-08-31');
    expect(rows.length).toBeGreaterThan(0);
    expect(n).toBeGreaterThan(0);
    for (const row of rows) {
      expect(Object.keys(row).sort()).toEqual(columns.map(({ name }) => name).sort());
      for (const { name, unit } of columns) {
        const value = row[name];
        if (value !== null && !fits[unit](value))
          throw new Error(`${name} is no ${unit}: ${JSON.stringify(row)}`);
      }
    }
    for (const { name } of columns)
      expect(rows.some((row) => row[name] !== null) || name === 'agency' || name === 'reason', name).toBe(
        true,
      );
  });

  it('holds shares within their intervals', () => {
    for (const row of answerOf(id).rows) {
      const middle = row.share ?? row.kept_share ?? row.per_thousand;
      if (row.lower === undefined || row.lower === null || middle === null || middle === undefined) continue;
      expect(Number(row.lower) - 1e-12).toBeLessThanOrEqual(Number(middle));
      expect(Number(row.upper) + 1e-12).toBeGreaterThanOrEqual(Number(middle));
    }
  });

  it('sums the ways from a state to its denominator', () => {
    const { rows, columns } = answerOf(id);
    const names = columns.map(({ name }) => name);
    if (!['before', 'after', 'accounts', 'of'].every((name) => names.includes(name))) return;
    const sums = new Map<string, [sum: number, of: number, shares: number]>();
    for (const row of rows) {
      const key = JSON.stringify([row.currency, row.before]);
      const [sum, , shares] = sums.get(key) ?? [0, 0, 0];
      sums.set(key, [sum + Number(row.accounts), Number(row.of), shares + Number(row.share)]);
    }
    expect(sums.size).toBeGreaterThan(1);
    for (const [sum, of, shares] of sums.values()) {
      expect(sum).toBe(of);
      expect(shares).toBeCloseTo(1, 12);
    }
  });

  it('never adds currencies: money has one, and a currency asked for alone is the same', async () => {
    const { rows, columns } = answerOf(id);
    const money = ofUnit(columns, 'money');
    if (money.length) expect(columns.map(({ name }) => name)).toContain('currency');
    for (const row of rows) if (money.some((name) => row[name] !== null)) expect(row.currency).not.toBeNull();
    if (!columns.some(({ name }) => name === 'currency')) return;
    for (const currency of ['COP', 'MXN']) {
      const alone = (await ask(full, id, { currency })).rows.filter((row) => row.currency !== null);
      expect(alone).toEqual(rows.filter((row) => row.currency === currency));
    }
  });

  it.each<[name: string, value: string]>([
    ['country', 'CO'],
    ['product', 'card'],
    ['currency', 'MXN'],
    ['bucket', '30-59'],
    ['segment', kpiSegment],
    ['since', '2026-06-01'],
  ])('narrows by %s', async (name, value) => {
    const narrowed = await ask(full, id, { [name]: value });
    expect(narrowed.n).toBeLessThanOrEqual(answerOf(id).n);
    if (name !== 'since') expect(narrowed.n).toBeLessThan(answerOf(id).n);
    expect(Object.keys(narrowed.rows[0] ?? {}).sort()).toEqual(
      narrowed.rows.length ? narrowed.columns.map(({ name }) => name).sort() : [],
    );
  });

  it.each(['plain', 'narrowed'])('is the SQL kept as golden, %s', async (name) => {
    const filter = { country: 'CO', bucket: '30-59', segment: kpiSegment, since: '2026-05-01', quote: 'USD' };
    const statement = kpi.statement({ ...scopeOf(kpi), ...(name === 'narrowed' ? { filter } : {}) });
    await expectGolden(statement, `portfolio/kpis/${id}-${name}`);
  });

  it('shows the very statement it ran, which runs by itself, alike on one thread and on two', async () => {
    const { engine } = full.context;
    const { sql } = answerOf(id);
    const kept = kpi.answer(await engine.rows<KpiRow>(raw(sql)), scopeOf(kpi));
    expect(kept.rows).toEqual(answerOf(id).rows);
    await engine.run(raw('SET GLOBAL threads TO 2'));
    const again = kpi.answer(await engine.rows<KpiRow>(raw(sql)), scopeOf(kpi));
    await engine.run(raw('SET GLOBAL threads TO 1'));
    expect(again).toEqual(kept);
  });

  it('is as of the last snapshot by the date asked for', async () => {
    const { asOf, rows, columns } = await ask(full, id, { until: '2026-07-05' });
    expect(asOf).toBe('2026-06-30');
    for (const name of [...ofUnit(columns, 'date'), ...ofUnit(columns, 'month')])
      for (const row of rows) expect(String(row[name]) <= '2026-06-30').toBe(true);
  });

  it('turns amounts into one currency where rates allow, and says so', async () => {
    const quoted = await ask(rated, id, { quote: 'USD' });
    if (!kpi.amounts) {
      expect(quoted.rows).toEqual((await ask(rated, id)).rows);
      return;
    }
    for (const row of quoted.rows) expect([null, 'USD']).toContain(row.currency);
    expect(quoted.population.en).toContain('USD');
    expect(quoted.figures).toMatchObject({ quote: 'USD', last_rate_on: '2026-06-15' });
    await expect(ask(full, id, { quote: 'USD' })).rejects.toMatchObject({
      code: 'no_exchange_rate',
      details: { currency: 'COP', quote: 'USD' },
    });
  });

  it.each([
    ['country', 'ZZ', 'unknown_filter_value'],
    ['product', "d'or", 'unknown_filter_value'],
    ['currency', 'XXX', 'unknown_filter_value'],
    ['bucket', '31-45', 'unknown_filter_value'],
    ['segment', 'nobody', 'unknown_filter_value'],
    ['quote', 'dollars', 'unknown_filter_value'],
    ['until', '2026-03-30', 'date_out_of_reach'],
    ['since', '2026-09-01', 'date_out_of_reach'],
    ['colour', 'red', 'unknown_kpi_parameter'],
  ])('refuses %s = %s', async (name, value, code) => {
    const refused = ask(full, id, { [name]: value });
    await expect(refused).rejects.toMatchObject({ code });
    await expect(refused).rejects.toThrow(code === 'unknown_kpi_parameter' ? name : value);
  });
});

const scopeOf = (kpi: Kpi) => ({
  dialect: full.context.engine.dialect,
  oneDateAMonth: true,
  asOf: '2026-08-31',
  dates: ['2026-03-31', '2026-04-30', '2026-05-31', '2026-06-30', '2026-07-31', '2026-08-31'],
  filter: {},
  parameters: kpi.parameters.parse({}),
});
