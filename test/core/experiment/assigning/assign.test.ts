import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type Assigned,
  assignInSql,
  assignPeople,
  plannedCounts,
  type Unit,
} from '#core/experiment/assigning/assign.ts';
import { blockOf } from '#core/experiment/assigning/block.ts';
import { duckdb } from '#core/sql/dialects/duckdb.ts';
import { raw, sql } from '#core/sql/sql.ts';
import { openTestWorkspace, type TestWorkspace } from '../../../support/workspace.ts';

let workspace: TestWorkspace;
beforeAll(async () => {
  workspace = await openTestWorkspace();
  await workspace.context.engine.run(raw('CREATE TABLE units (customer_id VARCHAR, stratum VARCHAR)'));
});
afterAll(() => workspace.close());

const equal = { salt: 'a1', arms: ['n', 'l', 's'].map((name) => ({ name, weight: 1 })) };
const uneven = {
  salt: 'b2',
  arms: [
    { name: 'control', weight: 0.5 },
    { name: 'one', weight: 0.3 },
    { name: 'two', weight: 0.2 },
  ],
};

const words = [
  'clienté',
  'cliente\u0301',
  'ñandú',
  '用户',
  'Ω',
  '🙂',
  'ﬁ',
  'Å',
  'A\u030a',
  '\u212b',
  "o'b",
  ' ',
];
const idOf = (i: number) => `${words[i % words.length]}-${i}`;

const countByArm = (assigned: readonly Assigned[]) => {
  const counts = new Map<string, number>();
  for (const { arm } of assigned) counts.set(arm, (counts.get(arm) ?? 0) + 1);
  return counts;
};

async function inEngine(units: readonly Unit[], plan: typeof equal): Promise<Map<string, Assigned>> {
  const { engine } = workspace.context;
  await engine.run(raw('DELETE FROM units'));
  for (let i = 0; i < units.length; i += 20_000) {
    const part = JSON.stringify(units.slice(i, i + 20_000));
    await engine.run(
      sql`INSERT INTO units SELECT e->>'id', e->>'stratum' FROM (SELECT unnest(json_extract(${part}, '$[*]')) AS e)`,
    );
  }
  const rows = await engine.rows<{ customer_id: string } & Assigned>(
    assignInSql(duckdb, raw('SELECT customer_id, stratum FROM units'), plan),
  );
  return new Map(rows.map(({ customer_id, ...row }) => [customer_id, { ...row, id: customer_id }]));
}

describe('assignment in SQL', () => {
  it('equals the TypeScript one on 100,000 people with ids of many scripts', async () => {
    const units = Array.from({ length: 100_000 }, (_, i) => ({
      id: idOf(i),
      stratum: `${i % 7}/b${i % 3}/s${(i * 7919) % 5}`,
    }));
    const there = await inEngine(units, uneven);
    const here = assignPeople(units, uneven);
    expect(there.size).toBe(100_000);
    expect(
      here.filter((unit) => JSON.stringify(sorted(there.get(unit.id)!)) !== JSON.stringify(sorted(unit))),
    ).toEqual([]);
    expect(countByArm(here)).toEqual(plannedCounts(100_000, uneven));
    expect(Object.fromEntries(countByArm(here))).toEqual({ control: 50_000, one: 30_000, two: 20_000 });
  });

  it('equals the TypeScript one on random ids and strata', async () => {
    const unit = fc.record({
      id: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }).filter((id) => !id.includes('\0')),
      stratum: fc.constantFrom('1-29/b1/s1', '1-29/b2/s1', '30-59/b1/s2', 'ñ'),
    });
    const people = fc.uniqueArray(unit, { selector: (one) => one.id, maxLength: 60 });
    await fc.assert(
      fc.asyncProperty(people, fc.constantFrom(equal, uneven), fc.string(), async (units, plan, salt) => {
        const salted = { ...plan, salt: salt.replaceAll('\0', '') };
        const there = await inEngine(units, salted);
        for (const here of assignPeople(units, salted)) expect(there.get(here.id)).toEqual(here);
      }),
      { numRuns: 25, seed: 7 },
    );
  });

  it('is this text', async () => {
    const statement = assignInSql(duckdb, raw('SELECT customer_id, stratum FROM units'), equal);
    await expect(`${statement.text}\n-- ${JSON.stringify(statement.values)}\n`).toMatchFileSnapshot(
      '../../../golden/assign.sql',
    );
  });
});

const sorted = (one: Assigned) => Object.entries(one).sort(([a], [b]) => (a < b ? -1 : 1));

describe('assignment', () => {
  const arms = fc
    .array(fc.integer({ min: 1, max: 6 }), { minLength: 2, maxLength: 5 })
    .map((weights) => weights.map((weight, i) => ({ name: `arm${i}`, weight })));
  const plans = fc.record({ salt: fc.string(), arms });
  const people = fc
    .array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 200 })
    .map((strata) => strata.map((stratum, i) => ({ id: `c${i}`, stratum })));

  it('gives every arm exactly what is planned, whatever the strata', () => {
    fc.assert(
      fc.property(people, plans, (units, plan) => {
        const counts = countByArm(assignPeople(units, plan));
        for (const [arm, planned] of plannedCounts(units.length, plan))
          expect(counts.get(arm) ?? 0).toBe(planned);
      }),
      { seed: 1 },
    );
  });

  it('keeps every stratum within 1 of its share with equal weights, and under 2 with others', () => {
    fc.assert(
      fc.property(people, plans, (units, plan) => {
        const total = plan.arms.reduce((sum, arm) => sum + arm.weight, 0);
        const even = new Set(plan.arms.map((arm) => arm.weight)).size === 1;
        const assigned = assignPeople(units, plan);
        for (const stratum of ['a', 'b', 'c', 'd']) {
          const inside = assigned.filter((unit) => unit.stratum === stratum);
          for (const arm of plan.arms) {
            const seen = inside.filter((unit) => unit.arm === arm.name).length;
            expect(Math.abs(seen - (inside.length * arm.weight) / total)).toBeLessThan(even ? 1 : 2);
          }
        }
      }),
      { seed: 2 },
    );
  });

  it('meets the weights in every full block', () => {
    fc.assert(
      fc.property(people, plans, (units, plan) => {
        const total = plan.arms.reduce((sum, arm) => sum + arm.weight, 0);
        const assigned = assignPeople(units, plan);
        const blocks = new Map<string, Assigned[]>();
        for (const unit of assigned) {
          const key = unit.block < 0 ? `rest ${unit.block}` : `${unit.stratum} ${unit.block}`;
          blocks.set(key, [...(blocks.get(key) ?? []), unit]);
        }
        const { size } = blockOf(plan.arms);
        for (const block of blocks.values())
          if (block.length === size)
            for (const arm of plan.arms)
              expect(block.filter((unit) => unit.arm === arm.name).length).toBe((size * arm.weight) / total);
      }),
      { seed: 3 },
    );
  });

  it('does not depend on the order people come in', () => {
    fc.assert(
      fc.property(people, plans, (units, plan) => {
        const key = (one: Assigned) => `${one.id} ${one.arm} ${one.block}`;
        expect(
          assignPeople([...units].reverse(), plan)
            .map(key)
            .sort(),
        ).toEqual(assignPeople(units, plan).map(key).sort());
      }),
      { seed: 4 },
    );
  });

  it('gives each person each arm as often as its weight says, over salts', () => {
    const units = Array.from({ length: 11 }, (_, i) => ({ id: `c${i}`, stratum: i < 4 ? 'a' : 'b' }));
    const runs = 6000;
    const seen = new Map<string, number>();
    for (let run = 0; run < runs; run++)
      for (const { id, arm } of assignPeople(units, { ...uneven, salt: `salt ${run}` }))
        seen.set(`${id} ${arm}`, (seen.get(`${id} ${arm}`) ?? 0) + 1);
    for (const unit of units)
      for (const { name, weight } of uneven.arms)
        expect(Math.abs(seen.get(`${unit.id} ${name}`)! / runs - weight)).toBeLessThan(
          4.5 * Math.sqrt((weight * (1 - weight)) / runs),
        );
  });
});
