import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RawRelation } from '#core/portfolio/map/field.ts';
import { mapTable } from '#core/portfolio/map.ts';
import { type RecipeInput, recipe as recipeSchema, type TableRecipe } from '#core/portfolio/recipe.ts';
import { tableNamed } from '#core/portfolio/tables.ts';
import { duckdb } from '#core/sql/dialects/duckdb.ts';
import { ident, join, literal, raw, type Sql, sql } from '#core/sql/sql.ts';
import taiwan from '#data/recipes/taiwan.ts';
import { openTestWorkspace, type TestWorkspace } from '../../support/workspace.ts';

let workspace: TestWorkspace;
beforeAll(async () => {
  workspace = await openTestWorkspace();
});
afterAll(() => workspace.close());

const rows = (statement: Sql) => workspace.context.engine.rows(statement);

/** A raw relation of text, as a source would give it. */
function rawText(names: readonly string[], values: readonly (readonly (string | null)[])[]): RawRelation {
  const list = values.map(
    (row, i) =>
      sql`(${join(row.map((value) => (value === null ? raw('CAST(NULL AS VARCHAR)') : literal(value))))}, ${raw(String(i + 1))})`,
  );
  const columns = join([...names.map((name) => ident(name)), raw('source_row')]);
  return {
    relation: sql`(SELECT * FROM (VALUES ${join(list)}) AS v(${columns})) AS raw_rows`,
    columns: new Map(names.map((name) => [name, 'text'])),
    typed: false,
  };
}

function map(given: RecipeInput, source: RawRelation, index = 0) {
  const recipe = recipeSchema.parse(given);
  const tableRecipe = recipe.tables[index] as TableRecipe;
  const table = tableNamed(tableRecipe.table);
  if (!table) throw new Error(tableRecipe.table);
  return mapTable({ dialect: duckdb, table, recipe: tableRecipe, options: recipe.source, raw: source });
}

describe('values, whatever the style they are written in', () => {
  const pad = (n: number) => String(n).padStart(2, '0');
  const grouped = (digits: string, mark: string) => digits.replace(/\B(?=(\d{3})+$)/g, mark);
  const day = fc.record({
    year: fc.integer({ min: 1950, max: 2030 }),
    month: fc.integer({ min: 1, max: 12 }),
    date: fc.integer({ min: 1, max: 28 }),
  });
  const row = fc.record({
    cents: fc.integer({ min: -(10 ** 11), max: 10 ** 11 }),
    day,
    days: fc.integer({ min: 0, max: 5000 }),
    spaced: fc.boolean(),
    grouping: fc.boolean(),
  });
  const styles = fc.constantFrom(
    { decimal: '.', dates: 'iso' } as const,
    { decimal: ',', dates: 'dmy' } as const,
    { decimal: '.', dates: 'mdy' } as const,
    { decimal: ',', dates: 'compact' } as const,
  );

  it('come out exactly', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 40 }), styles, async (made, style) => {
        const money = ({ cents, grouping }: (typeof made)[number]) => {
          const whole = String(Math.trunc(Math.abs(cents) / 100));
          const shown = grouping ? grouped(whole, style.decimal === ',' ? '.' : ',') : whole;
          return `${cents < 0 ? '-' : ''}${shown}${style.decimal}${pad(Math.abs(cents) % 100)}`;
        };
        const date = ({ day: { year, month, date: d } }: (typeof made)[number]) =>
          ({
            iso: `${year}-${pad(month)}-${pad(d)}`,
            dmy: `${pad(d)}/${pad(month)}/${year}`,
            mdy: `${month}-${d}-${year}`,
            compact: `${year}${pad(month)}${pad(d)}`,
          })[style.dates];
        const source = rawText(
          ['cta', 'fecha', 'saldo', 'mora'],
          made.map((one, i) => {
            const texts = [`A${i}`, date(one), money(one), String(one.days)];
            return one.spaced ? texts.map((text) => ` ${text}  `) : texts;
          }),
        );
        const mapped = map(
          {
            source: style,
            tables: [
              {
                table: 'snapshots',
                columns: {
                  account_id: { from: 'cta' },
                  as_of: { from: 'fecha' },
                  balance: { from: 'saldo' },
                  days_past_due: { from: 'mora' },
                },
              },
            ],
          },
          source,
        );
        expect(await rows(mapped.rejects)).toEqual([]);
        const read = await rows(
          sql`SELECT account_id, as_of, balance, days_past_due, is_good FROM (${mapped.rows}) ORDER BY source_row`,
        );
        expect(read).toEqual(
          made.map((one, i) => ({
            account_id: `A${i}`,
            as_of: `${one.day.year}-${pad(one.day.month)}-${pad(one.day.date)}`,
            balance: `${one.cents < 0 ? '-' : ''}${Math.trunc(Math.abs(one.cents) / 100)}.${pad(Math.abs(one.cents) % 100)}`,
            days_past_due: one.days,
            is_good: true,
          })),
        );
      }),
      { numRuns: 25, seed: 20260101 },
    );
  });

  it('are never taken for something else: each row is good, or rejected with what it says', async () => {
    const anything = fc.oneof(
      fc.string({ maxLength: 8 }).filter((text) => !text.includes('\0')),
      fc.constantFrom(
        '1e5',
        '-',
        '.',
        '1,5',
        '1.5',
        '0x1F',
        'nan',
        '٣',
        '2026-02-30',
        '31/12/2025',
        '1_0',
        '+7',
        ' ',
      ),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(anything, anything, anything), { minLength: 1, maxLength: 30 }),
        async (made) => {
          const mapped = map(
            {
              tables: [
                {
                  table: 'promises',
                  columns: {
                    promise_id: { constant: 'p' },
                    account_id: { constant: 'a' },
                    made_at: { from: 'm' },
                    due_on: { from: 'd' },
                    amount: { from: 'x' },
                  },
                },
              ],
            },
            rawText(['m', 'd', 'x'], made),
          );
          const read = await rows(
            sql`SELECT file_row, is_good, amount, due_on FROM (${mapped.rows}) ORDER BY file_row`,
          );
          const rejects = await rows(mapped.rejects);
          const broken = new Set(rejects.map((reject) => reject.file_row));
          expect(read).toHaveLength(made.length);
          for (const [i, one] of read.entries()) {
            expect(one.is_good).toBe(!broken.has(i + 1));
            if (!one.is_good) continue;
            expect(Number(one.amount)).toBeCloseTo(Number(made[i]?.[2].trim().replaceAll(',', '')), 2);
            expect(String(one.due_on)).toMatch(/^\d{4}-\d{2}-\d{2}/);
          }
          for (const { file_row, column_name, value } of rejects) {
            const at = { made_at: 0, due_on: 1, amount: 2 }[String(column_name)];
            const written = made[Number(file_row) - 1]?.[at ?? 0]?.trim() || null;
            if (value !== null) expect(written).toContain(String(value));
          }
        },
      ),
      { numRuns: 25, seed: 20260102 },
    );
  });
});

describe('a recipe', () => {
  const recipe: RecipeInput = {
    source: { empty: ['NA'] },
    tables: [
      {
        table: 'payments',
        unpivot: [
          { columns: { paid: 'PAY1' }, values: { day: '2026-01-15' } },
          { columns: { paid: 'PAY2' }, values: { day: '2026-02-15' } },
        ],
        keep: [{ column: 'amount', above: 0 }],
        columns: {
          payment_id: { join: [{ from: 'ID' }, { text: '/' }, { from: 'day' }] },
          account_id: { from: 'ID' },
          paid_at: { from: 'day' },
          amount: { from: 'paid', factor: 0.01 },
          method: { from: 'M', codes: { '1': 'cash', '2': 'card', '9': null }, otherwise: 'reject' },
          reversed: { constant: false },
        },
      },
    ],
  };

  it('turns wide columns into rows, drops by rule, scales, decodes, joins and fills defaults', async () => {
    const source = rawText(
      ['ID', 'PAY1', 'PAY2', 'M'],
      [
        ['a', '1050', '0', '1'],
        ['b', 'NA', '200', '9'],
        ['c', '30', '-5', '7'],
        ['d', 'x', '10', '2'],
      ],
    );
    const mapped = map(recipe, source);
    const read = await rows(sql`SELECT payment_id, paid_at, known_at, amount, method, reversed, source_row
      FROM (${mapped.rows}) WHERE is_good ORDER BY source_row`);
    const at = (day: string) => ({
      paid_at: `${day}T00:00:00Z`,
      known_at: `${day}T00:00:00Z`,
      reversed: false,
    });
    expect(read).toEqual([
      { payment_id: 'a/2026-01-15', amount: '10.50', method: 'cash', source_row: 1, ...at('2026-01-15') },
      { payment_id: 'b/2026-02-15', amount: '2.00', method: null, source_row: 4, ...at('2026-02-15') },
      { payment_id: 'd/2026-02-15', amount: '0.10', method: 'card', source_row: 8, ...at('2026-02-15') },
    ]);
    expect(await rows(sql`SELECT * FROM (${mapped.rejects}) ORDER BY file_row`)).toEqual([
      { file_row: 3, column_name: 'method', value: '7', reason: 'reject_code_unknown' },
      { file_row: 4, column_name: 'amount', value: 'x', reason: 'reject_not_a_number' },
    ]);
  });

  it.each([
    ['keep', { '1': 'cash' }, '7', ['cash', '7']],
    ['empty', { '1': 'cash' }, '7', ['cash', null]],
    ['keep', { '7': null }, '7', ['1', null]],
    ['empty', {}, '7', [null, null]],
  ] as const)('with codes otherwise "%s" of %o', async (otherwise, codes, code, expected) => {
    const source = rawText(
      ['ID', 'M'],
      [
        ['a', '1'],
        ['b', code],
      ],
    );
    const mapped = map(
      {
        tables: [
          {
            table: 'payments',
            columns: {
              payment_id: { from: 'ID' },
              account_id: { from: 'ID' },
              paid_at: { constant: '2026-01-01' },
              amount: { constant: 1 },
              method: { from: 'M', codes, otherwise },
            },
          },
        ],
      },
      source,
    );
    const read = await rows(sql`SELECT method, is_good FROM (${mapped.rows}) ORDER BY file_row`);
    expect(read).toEqual(expected.map((method) => ({ method, is_good: true })));
  });

  it.each([
    ['2026-01-05', '2026-01-05T00:00:00Z'],
    ['2026-01-05 10:30', '2026-01-05T10:30:00Z'],
    ['2026-01-05T10:30:15Z', '2026-01-05T10:30:15Z'],
    ['2026-01-05T10:30:15-05:00', '2026-01-05T15:30:15Z'],
    ['2026-01-05 25:00', null],
    ['2026-13-05', null],
    ['yesterday', null],
  ])('reads the instant %s', async (text, expected) => {
    const mapped = map(
      {
        tables: [
          {
            table: 'complaints',
            columns: {
              complaint_id: { constant: 'x' },
              customer_id: { constant: 'c' },
              occurred_at: { from: 't' },
            },
          },
        ],
      },
      rawText(['t'], [[text]]),
    );
    const [read] = await rows(sql`SELECT occurred_at, is_good FROM (${mapped.rows})`);
    expect(read).toEqual({ occurred_at: expected, is_good: expected !== null });
  });

  it.each(['customers', 'accounts', 'snapshots', 'payments'].map((name, i) => [name, i] as const))(
    'of Taiwan has the text kept for %s, and binds',
    async (name, index) => {
      const names = [
        'ID',
        'LIMIT_BAL',
        'SEX',
        'EDUCATION',
        'MARRIAGE',
        'AGE',
        ...[0, 2, 3, 4, 5, 6].map((n) => `PAY_${n}`),
        ...[1, 2, 3, 4, 5, 6].flatMap((n) => [`BILL_AMT${n}`, `PAY_AMT${n}`]),
      ];
      const source: RawRelation = {
        relation: raw('raw_rows'),
        columns: new Map(names.map((column) => [column, 'text'])),
        typed: false,
      };
      const mapped = map(taiwan.recipe, source, index);
      const lines = (statement: Sql) =>
        `${statement.text.replaceAll(' FROM ', '\nFROM ').replaceAll(' UNION ALL ', '\nUNION ALL ')};\n`;
      await expect(`${lines(mapped.rows)}\n${lines(mapped.rejects)}`).toMatchFileSnapshot(
        `../../golden/portfolio/taiwan-${name}.sql`,
      );
      const bound = map(taiwan.recipe, rawText(names, [names.map(() => '1')]), index);
      expect(await rows(bound.rows)).toHaveLength(name === 'snapshots' || name === 'payments' ? 6 : 1);
      expect(await rows(bound.rejects)).toEqual([]);
    },
  );
});
