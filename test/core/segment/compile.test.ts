import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { flagKinds } from '#core/portfolio/tables/people.ts';
import { factColumns, flagColumn, scoreColumn } from '#core/segment/columns.ts';
import { checkCondition, compileCondition, scoresIn, withoutScores } from '#core/segment/compile.ts';
import type { Condition } from '#core/segment/condition.ts';
import { describeCondition } from '#core/segment/describe.ts';
import { duckdb } from '#core/sql/dialects/duckdb.ts';
import { ident, join, raw, type Sql, sql } from '#core/sql/sql.ts';
import { openTestWorkspace, type TestWorkspace } from '../../support/workspace.ts';

type Fact = Record<string, string | number | boolean | null>;

const categories: Record<string, string[]> = {
  currency: ['MXN', 'COP'],
  bucket: ['0', '1-29', '30-59'],
  country: ['MX', 'CO'],
  product_type: ["d'or", 'préstamo', 'card'],
};
const words = (name: string) => categories[name] ?? ['x', 'y'];
const numbers = [-1, 0, 1, 29, 30, 99.99, 100, 250.5, 5000];

/** What a condition means for one account, said a second time. */
function holds(condition: Condition, fact: Fact): boolean {
  if ('all' in condition) return condition.all.every((part) => holds(part, fact));
  if ('any' in condition) return condition.any.some((part) => holds(part, fact));
  if ('not' in condition) return !holds(condition.not, fact);
  if ('flag' in condition) return fact[flagColumn(condition.flag)] === (condition.is === 'set');
  const inside = (value: unknown, { from, to }: { from?: number | undefined; to?: number | undefined }) =>
    typeof value === 'number' && (from === undefined || value >= from) && (to === undefined || value < to);
  if ('score' in condition) return inside(fact[scoreColumn(condition.score)], condition);
  const value = fact[condition.column] ?? null;
  if (condition.is === 'missing') return value === null;
  if (condition.is === 'present') return value !== null;
  if (condition.is === 'between')
    return (!condition.currency || fact.currency === condition.currency) && inside(value, condition);
  if (condition.is === 'in') return condition.values.includes(value as string);
  return condition.is === 'not_in' && !condition.values.includes(value as string);
}

interface Range {
  from?: number;
  to?: number;
}
const bounds: fc.Arbitrary<Range> = fc
  .tuple(
    fc.uniqueArray(fc.constantFrom(...numbers), { minLength: 2, maxLength: 2 }),
    fc.constantFrom('from', 'to', 'both'),
  )
  .map(([ends, kind]) => {
    const [from, to] = ends.sort((a, b) => a - b);
    if (kind === 'from') return { from };
    return kind === 'to' ? { to } : { from, to };
  });
const named = (type: string) =>
  fc.constantFrom(...factColumns.filter((column) => column.type === type).map((column) => column.name));
const leaf: fc.Arbitrary<Condition> = fc.oneof(
  named('category').chain((column) =>
    fc.record({
      column: fc.constant(column),
      is: fc.constantFrom('in' as const, 'not_in' as const),
      values: fc.uniqueArray(fc.constantFrom(...words(column), 'zz'), { minLength: 1 }),
    }),
  ),
  fc.tuple(named('number'), bounds).map(([column, range]) => ({ column, is: 'between' as const, ...range })),
  fc
    .tuple(named('money'), bounds, fc.constantFrom('MXN', 'COP'))
    .map(([column, range, currency]) => ({ column, is: 'between' as const, currency, ...range })),
  fc.record({
    column: fc.constantFrom(...factColumns.map((column) => column.name)),
    is: fc.constantFrom('missing' as const, 'present' as const),
  }),
  bounds.map((range) => ({ score: 'self-cure', ...range })),
  fc.record({ flag: fc.constantFrom(...flagKinds), is: fc.constantFrom('set' as const, 'clear' as const) }),
);
const { tree } = fc.letrec<{ tree: Condition }>((tie) => ({
  tree: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    leaf,
    fc.record({ all: fc.array(tie('tree'), { maxLength: 3 }) }),
    fc.record({ any: fc.array(tie('tree'), { minLength: 1, maxLength: 3 }) }),
    fc.record({ not: tie('tree') }),
  ),
}));

/** Accounts with every column known or missing, drawn once. */
const facts: Fact[] = fc.sample(
  fc.record(
    Object.fromEntries([
      ...factColumns.map(({ name, type }) => [
        name,
        name === 'currency'
          ? fc.constantFrom(...words(name))
          : fc.option(fc.constantFrom<string | number>(...(type === 'category' ? words(name) : numbers)), {
              freq: 4,
            }),
      ]),
      ...flagKinds.map((kind) => [flagColumn(kind), fc.boolean()]),
      [scoreColumn('self-cure'), fc.option(fc.constantFrom(0.1, 0.5, 1, 30), { freq: 3 })],
    ]),
  ) as fc.Arbitrary<Fact>,
  { numRuns: 80, seed: 11 },
);

const typeOf = (name: string): Sql => {
  const type = factColumns.find((column) => column.name === name)?.type;
  if (name.startsWith('flag:')) return raw('BOOLEAN');
  return raw(type === 'category' ? 'VARCHAR' : type === 'money' ? 'DECIMAL(18,2)' : 'DOUBLE');
};

let workspace: TestWorkspace;
beforeAll(async () => {
  workspace = await openTestWorkspace();
  const names = Object.keys(facts[0]!);
  const { engine } = workspace.context;
  await engine.run(
    sql`CREATE TABLE facts (row_number INTEGER, ${join(names.map((name) => sql`${ident(name)} ${typeOf(name)}`))})`,
  );
  for (const [row, fact] of facts.entries())
    await engine.run(
      sql`INSERT INTO facts VALUES (${row}, ${join(names.map((name) => sql`${fact[name] ?? null}`))})`,
    );
});
afterAll(() => workspace.close());

describe('a condition', () => {
  it('picks the same accounts in SQL as its meaning does, and can be said in words', async () => {
    await fc.assert(
      fc.asyncProperty(tree, async (condition) => {
        checkCondition(condition, ['self-cure']);
        const rows = await workspace.context.engine.rows<{ row_number: number }>(
          sql`SELECT f.row_number FROM facts f WHERE ${compileCondition(condition, duckdb)} ORDER BY 1`,
        );
        const meant = facts.flatMap((fact, row) => (holds(condition, fact) ? [row] : []));
        expect(rows.map((row) => row.row_number)).toEqual(meant);
        const { es, en } = describeCondition(condition);
        expect(es.length).toBeGreaterThan(3);
        expect(en).not.toMatch(/undefined|false|null/);
      }),
      { numRuns: 300, seed: 5 },
    );
  });

  it('holds for at least the same accounts once scores are left aside', () => {
    fc.assert(
      fc.property(tree, (condition) => {
        const widened = withoutScores(condition);
        expect(scoresIn(widened)).toEqual([]);
        for (const fact of facts) if (holds(condition, fact)) expect(holds(widened, fact)).toBe(true);
      }),
      { seed: 6 },
    );
  });

  it('is this text', async () => {
    const condition: Condition = {
      all: [
        { column: 'days_past_due', is: 'between', from: 1, to: 30 },
        {
          any: [
            { column: 'balance', is: 'between', from: 500, currency: 'MXN' },
            { not: { flag: 'plan', is: 'set' } },
          ],
        },
        { score: 'self-cure', to: 0.95 },
        { column: 'product_type', is: 'not_in', values: ['card'] },
      ],
    };
    const compiled = compileCondition(condition, duckdb);
    await expect(`${compiled.text}\n-- ${JSON.stringify(compiled.values)}\n`).toMatchFileSnapshot(
      '../../golden/segment/condition.sql',
    );
  });

  it.each<[string, Condition, RegExp]>([
    [
      'an amount without a currency',
      { column: 'balance', is: 'between', from: 500 },
      /^amount 500 has no currency$/,
    ],
    [
      'an unknown column',
      { column: 'salary', is: 'present' },
      /^unknown column: "salary"; known are days_past_due, bucket, balance/,
    ],
    [
      'a score nobody has',
      { score: 'value-at-risk', from: 1 },
      /^there are no scores of "value-at-risk"; there are of self-cure$/,
    ],
    ['an unknown flag', { flag: 'rich', is: 'set' }, /^unknown flag: "rich"; known are dispute, hardship/],
    [
      'a range of a category',
      { column: 'country', is: 'between', from: 1 },
      /^the column "country" does not take the condition "between"$/,
    ],
    [
      'a list of a number',
      { column: 'days_past_due', is: 'in', values: ['1'] },
      /does not take the condition "in"$/,
    ],
    [
      'days in a currency',
      { column: 'days_past_due', is: 'between', from: 1, currency: 'MXN' },
      /does not take the condition "MXN"$/,
    ],
    [
      'a range without bounds',
      { score: 'self-cure' },
      /^the range of "self-cure" holds nothing: from – to –$/,
    ],
    [
      'a range turned round',
      { column: 'days_past_due', is: 'between', from: 30, to: 1 },
      /^the range of "days_past_due" holds nothing: from 30 to 1$/,
    ],
  ])('with %s is refused, wherever it stands', (_, condition, message) => {
    for (const inside of [condition, { all: [condition] }, { any: [condition] }, { not: condition }])
      expect(() => checkCondition(inside, ['self-cure'])).toThrow(message);
  });
});
