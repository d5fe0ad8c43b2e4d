import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DrawPlan, drawInSql, drawPeople, textPlaces } from '#core/experiment/assigning/draw.ts';
import {
  differenceInSql,
  differenceUnder,
  randomisationTest,
} from '#core/experiment/assigning/randomisation-test.ts';
import { duckdb } from '#core/sql/dialects/duckdb.ts';
import { raw } from '#core/sql/sql.ts';
import { differingUnits, fillUnits } from '../../../support/experiments/drawn-units.ts';
import { openTestWorkspace, type TestWorkspace } from '../../../support/workspace.ts';

let workspace: TestWorkspace;
beforeAll(async () => {
  workspace = await openTestWorkspace();
});
afterAll(() => workspace.close());

const plan: DrawPlan = {
  salt: 'c3',
  entryDays: 10,
  arms: [
    { name: 'control', weight: 2 },
    { name: 'one', weight: 1 },
    { name: 'two', weight: 1 },
  ],
};

describe('a draw', () => {
  it('gives the engine and TypeScript the same arm, block, wave and text for 100,000 people', async () => {
    const units = await fillUnits(workspace.context.engine, 100_000);
    expect(await differingUnits(workspace.context.engine, units, plan)).toEqual([]);
  });

  it('puts whole blocks into waves, each as large and as balanced as another', async () => {
    const units = await fillUnits(workspace.context.engine, 20_003);
    const drawn = drawPeople(units, plan);
    const sizes = Array.from({ length: 10 }, (_, i) => drawn.filter(({ wave }) => wave === i + 1));
    for (const wave of sizes) {
      expect(Math.abs(wave.length - 2000)).toBeLessThanOrEqual(8);
      const control = wave.filter(({ arm }) => arm === 'control').length;
      expect(Math.abs(control - wave.length / 2)).toBeLessThanOrEqual(3);
    }
    const blocks = new Map<string, number>();
    for (const { stratum, block, wave } of drawn) {
      const key = block < 0 ? `rest ${block}` : `${stratum} ${block}`;
      expect(blocks.get(key) ?? wave).toBe(wave);
      blocks.set(key, wave);
    }
  });

  it('gives each of several texts as often as another, in any number of texts, inside each arm', async () => {
    const drawn = drawPeople(await fillUnits(workspace.context.engine, 30_000), plan);
    for (const arm of ['control', 'one', 'two'])
      for (const texts of [2, 3, 5]) {
        const inside = drawn.filter((one) => one.arm === arm);
        for (let place = 0; place < texts; place++) {
          const n = inside.filter(({ textLot }) => textLot % texts === place).length;
          const expected = inside.length / texts;
          expect(Math.abs(n - expected)).toBeLessThan(4.5 * Math.sqrt(expected * (1 - 1 / texts)));
        }
      }
    expect(
      textPlaces % 5040 === 0 || [2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12].every((n) => textPlaces % n === 0),
    ).toBe(true);
  });

  it('is this text', async () => {
    const statement = drawInSql(duckdb, raw('SELECT customer_id, stratum FROM units'), plan);
    await expect(`${statement.text}\n-- ${JSON.stringify(statement.values)}\n`).toMatchFileSnapshot(
      '../../../golden/draw.sql',
    );
  });
});

describe('the randomisation test', () => {
  it('tells a planted effect and no other, alike in the engine and here', async () => {
    const { engine } = workspace.context;
    const units = await fillUnits(engine, 600);
    const salts = Array.from({ length: 60 }, (_, i) => `salt ${i}`);
    const stood = new Map(drawPeople(units, { ...plan, salt: salts[0]! }).map(({ id, arm }) => [id, arm]));
    const noise = (id: string) => (id.length * 7919 + id.charCodeAt(id.length - 1) * 104_729) % 10;
    const test = async (effect: number) => {
      const outcomes = units.map((unit) => ({
        ...unit,
        y: noise(unit.id) + (stood.get(unit.id) === 'one' ? effect : 0),
      }));
      const here = salts.map((salt) =>
        differenceUnder(outcomes, { ...plan, salt }, { arm: 'one', control: 'control' }),
      );
      await engine.run(
        raw('CREATE OR REPLACE TABLE outcomes (customer_id VARCHAR, stratum VARCHAR, y DOUBLE)'),
      );
      for (const { id, stratum, y } of outcomes)
        await engine.run(
          raw(`INSERT INTO outcomes VALUES ('${id.replaceAll("'", "''")}', '${stratum}', ${y})`),
        );
      const there = await engine.first<{ difference: number }>(
        differenceInSql(
          duckdb,
          raw('SELECT * FROM outcomes'),
          { ...plan, salt: salts[1]! },
          { arm: 'one', control: 'control' },
        ),
      );
      expect(there!.difference).toBeCloseTo(here[1]!, 9);
      return randomisationTest(here);
    };
    expect((await test(3)).pValue).toBeCloseTo(1 / 60, 12);
    expect((await test(0)).pValue!).toBeGreaterThan(0.03);
  });

  it('says why it cannot tell', () => {
    expect(randomisationTest([0.1, 0.2])).toEqual({
      observed: 0.1,
      pValue: null,
      draws: 2,
      reason: 'too_few_draws',
    });
    expect(randomisationTest([null])).toMatchObject({ pValue: null, reason: 'empty_arm' });
  });
});
