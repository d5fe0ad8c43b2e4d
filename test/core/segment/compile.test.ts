import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { factsAsked, scoresIn, withoutScores } from '#core/segment/asked.ts';
import { checkCondition } from '#core/segment/check.ts';
import { compileCondition } from '#core/segment/compile.ts';
import { type Condition, condition as schema } from '#core/segment/condition.ts';
import { describeCondition } from '#core/segment/describe/describe.ts';
import { type Fact, holds } from '#core/segment/holds.ts';
import { duckdb } from '#core/sql/dialects/duckdb.ts';
import { ident, join, sql } from '#core/sql/sql.ts';
import {
  drawnFacts,
  leaf,
  sayable,
  trees,
  typeOf,
  vocabulary,
} from '../../support/contact/condition-trees.ts';
import { readSaid } from '../../support/contact/said-condition.ts';
import { openTestWorkspace, type TestWorkspace } from '../../support/workspace.ts';

type Row = Fact & { row_number: number };

let workspace: TestWorkspace;
/** The accounts as the engine gives them back: amounts as decimal text. */
let facts: Row[] = [];
beforeAll(async () => {
  workspace = await openTestWorkspace();
  const names = Object.keys(drawnFacts[0] ?? {});
  const { engine } = workspace.context;
  await engine.run(
    sql`CREATE TABLE facts (row_number INTEGER, ${join(names.map((name) => sql`${ident(name)} ${typeOf(name)}`))})`,
  );
  for (const [row, fact] of drawnFacts.entries())
    await engine.run(
      sql`INSERT INTO facts VALUES (${row}, ${join(names.map((name) => sql`${fact[name] ?? null}`))})`,
    );
  facts = await engine.rows<Row>(sql`SELECT * FROM facts ORDER BY row_number`);
});
afterAll(() => workspace.close());

const inSql = async (condition: Condition): Promise<number[]> => {
  const rows = await workspace.context.engine.rows<{ row_number: number }>(
    sql`SELECT f.row_number FROM facts f WHERE ${compileCondition(condition, duckdb)} ORDER BY 1`,
  );
  return rows.map((row) => row.row_number);
};
const meant = (condition: Condition): number[] =>
  facts.filter((fact) => holds(condition, fact)).map((fact) => fact.row_number);

describe('a condition', () => {
  it('picks the same accounts in SQL as in TypeScript, of 300 random trees', async () => {
    let picked = 0;
    await fc.assert(
      fc.asyncProperty(trees, async (condition) => {
        checkCondition(condition, vocabulary);
        const rows = await inSql(condition);
        expect(rows).toEqual(meant(condition));
        if (rows.length > 0 && rows.length < facts.length) picked += 1;
      }),
      { numRuns: 300, seed: 5 },
    );
    expect(picked).toBeGreaterThan(100);
  });

  it('of every kind is decided alike in SQL and TypeScript', async () => {
    const kinds = new Set<string>();
    for (const condition of fc.sample(leaf, { numRuns: 250, seed: 9 })) {
      kinds.add(`${Object.keys(condition)[0]} ${'is' in condition ? condition.is : ''}`);
      expect([condition, await inSql(condition)]).toEqual([condition, meant(condition)]);
    }
    expect(kinds.size).toBeGreaterThanOrEqual(18);
  });

  it('says in both languages what it picks: 200 random trees read back from their sentences', () => {
    fc.assert(
      fc.property(sayable, (condition) => {
        const said = describeCondition(condition);
        for (const locale of ['es', 'en'] as const) {
          const read = readSaid(said[locale], locale);
          expect([said[locale], meant(read)]).toEqual([said[locale], meant(condition)]);
        }
      }),
      { numRuns: 200, seed: 7 },
    );
  });

  it('survives its schema as it is', () => {
    fc.assert(
      fc.property(trees, (condition) => {
        expect(schema.parse(JSON.parse(JSON.stringify(condition)))).toEqual(condition);
      }),
      { numRuns: 200, seed: 8 },
    );
  });

  it('holds for at least the same accounts once scores are left aside, and asks for no fact of them', () => {
    fc.assert(
      fc.property(trees, (condition) => {
        const widened = withoutScores(condition);
        expect(scoresIn(widened)).toEqual([]);
        expect(factsAsked(widened).some((fact) => /^(score|decile|arm):|best_channel/.test(fact))).toBe(
          false,
        );
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
      'an amount of three decimals',
      { column: 'balance', is: 'between', from: 99.999, currency: 'MXN' },
      /^amount 99.999 has more than two decimals$/,
    ],
    [
      'an unknown feature',
      { feature: 'payments.luck', is: 'present' },
      /^unknown feature: "payments.luck"; known are payments.paid_share, payments.status_1m$/,
    ],
    [
      'a range of a feature that is a category',
      { feature: 'payments.status_1m', is: 'between', from: 1 },
      /does not take the condition "between"$/,
    ],
    [
      'an amount ranked over currencies',
      { percentile: { column: 'balance' }, within: 'book', from: 0.9 },
      /^"balance" is in several currencies: it has no order in the whole book$/,
    ],
    [
      'a category ranked',
      { percentile: { column: 'country' }, within: 'book', from: 0.9 },
      /^"country" is a category/,
    ],
    [
      'a percentile in percent',
      { percentile: { column: 'balance' }, within: 'currency', from: 90 },
      /^percentile 90 is not between 0 and 1$/,
    ],
    [
      'deciles of a model nobody was scored by',
      { decile: 'luck', of: [1] },
      /^there are no scores of "luck"; there are of self-cure$/,
    ],
    [
      'an experiment nobody is in',
      { experiment: 'none', arms: ['A'] },
      /^no experiment "none" has people drawn into it; these have: 0190-aa$/,
    ],
    ['an arm it does not have', { experiment: '0190-aa', arms: ['Z'] }, /^the experiment has no arm "Z"/],
    [
      'an unknown style',
      { style: 'anger', is: 'received' },
      /^unknown style: "anger"; known are loss-aversion$/,
    ],
    ['a channel nobody is best reached by', { bestChannel: ['fax'] }, /^nobody's best channel is "fax"/],
    [
      'a centre that is not there',
      {
        nearest: 3,
        measures: [{ of: { column: 'days_past_due' }, mean: 0, deviation: 1 }],
        centres: [[0], [1]],
      },
      /^centre 3 of 2 does not fit/,
    ],
    [
      'a distance in amounts',
      {
        nearest: 1,
        measures: [{ of: { column: 'balance' }, mean: 0, deviation: 1 }],
        centres: [[0], [1]],
      },
      /^"balance" is in several currencies/,
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
      expect(() => checkCondition(inside, vocabulary)).toThrow(message);
  });

  it('of too many conditions or levels is refused', () => {
    const one: Condition = { flag: 'plan', is: 'set' };
    const wide: Condition = { any: Array.from({ length: 301 }, () => one) };
    expect(() => checkCondition(wide, vocabulary)).toThrow(
      /^the segment has 301 conditions and 2 levels; 300 and 25 fit$/,
    );
    const deep = Array.from({ length: 30 }).reduce<Condition>((inner) => ({ not: inner }), one);
    expect(() => checkCondition(deep, vocabulary)).toThrow(/31 levels/);
  });
});
