import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { join, raw, sql } from '#core/sql/sql.ts';
import { cumulativeHazard, firstDayReaching, payClock } from '#data/generator/hazard.ts';
import { model } from '#data/generator/model.ts';
import { openTestWorkspace, type TestWorkspace } from '../../support/workspace.ts';

let workspace: TestWorkspace;
beforeAll(async () => {
  workspace = await openTestWorkspace();
});
afterAll(() => workspace.close());

const { days, boost } = model.payday;
const clock = (day: number, paydays: readonly number[]): number =>
  day + boost * paydays.reduce((sum, pay) => sum + Math.min(Math.max(day - pay + 1, 0), days), 0);

interface Case {
  paydays: [number, number];
  start: number;
  target: number;
  first: { extra: number; after: number; until: number };
  second: { extra: number; after: number; until: number };
}

const hazardOn = ({ paydays, first, second }: Case, day: number): number => {
  const works = ({ extra, after, until }: Case['first']) => (day > after && day <= until ? extra : 0);
  return (clock(day, paydays) - clock(day - 1, paydays)) * (1 + works(first) + works(second));
};

/** Day by day, as the forward simulation goes. */
function walk(one: Case): number {
  let sum = 0;
  for (let day = one.start + 1; day <= 31; day++) {
    sum += hazardOn(one, day);
    if (sum >= one.target) return day;
  }
  return 32;
}

const window = (from: number) =>
  fc
    .record({
      extra: fc.double({ min: -0.6, max: 2, noNaN: true }),
      after: fc.integer({ min: from, max: from + 5 }),
      length: fc.integer({ min: 0, max: 8 }),
    })
    .map(({ extra, after, length }) => ({ extra, after, until: after + length }));

const cases: fc.Arbitrary<Case> = fc.record({
  paydays: fc.constantFrom<[number, number][]>([1, 15], [5, 99], [25, 99], [99, 99], [1, 99]),
  start: fc.integer({ min: 0, max: 4 }),
  target: fc.double({ min: 0.01, max: 90, noNaN: true }),
  first: window(4),
  second: window(17),
});

describe('the day of a cure', () => {
  it('in closed form is the day that a walk day by day finds', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(cases, { minLength: 200, maxLength: 200 }), async (drawn) => {
        const rows = drawn.map(
          ({ paydays, start, target, first, second }, i) =>
            sql`(${raw([i, ...paydays, start, `${target}::DOUBLE`, `${first.extra}::DOUBLE`, first.after, first.until, `${second.extra}::DOUBLE`, second.after, second.until].join(','))})`,
        );
        const given = sql`SELECT * FROM (VALUES ${join(rows)}) v(i, pay1, pay2, start, target, x1, a1, u1, x2, a2, u2)`;
        const windows = [1, 2].map((n) => ({
          extra: raw(`x${n}`),
          after: raw(`a${n}`),
          until: raw(`u${n}`),
        }));
        const found = await workspace.context.engine.rows<{ day: number }>(
          sql`SELECT day FROM (${firstDayReaching(given, 'day', 'target', raw('start'), windows)}) ORDER BY i`,
        );
        expect(found.map(({ day }) => day)).toEqual(drawn.map(walk));
      }),
      { numRuns: 10, seed: 1, endOnFailure: true },
    );
  });

  it('is unknown where no target was drawn', async () => {
    const none = sql`SELECT 1 AS pay1, 15 AS pay2, CAST(NULL AS DOUBLE) AS target`;
    const row = await workspace.context.engine.first(
      sql`SELECT day FROM (${firstDayReaching(none, 'day', 'target', raw('0'), [])})`,
    );
    expect(row).toEqual({ day: null });
  });
});

describe('cumulative hazard', () => {
  it('adds what a message adds while it works', async () => {
    const one = { extra: raw('0.5'), after: raw('2'), until: raw('6') };
    const row = await workspace.context.engine.first(
      sql`SELECT ${cumulativeHazard(raw('10'), raw('0'), [one])} - ${payClock(raw('10'))} AS added FROM (SELECT 99 AS pay1, 99 AS pay2)`,
    );
    expect(row).toEqual({ added: 2 });
  });
});
