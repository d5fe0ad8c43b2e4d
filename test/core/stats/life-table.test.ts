import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Ending, lifeTable } from '#core/stats/life-table.ts';

const periods = 6;
const count = fc.integer({ min: 0, max: 40 });
/** Endings of every kind in every period, and at least one row seen to the end. */
const endings = fc
  .tuple(
    fc.array(fc.tuple(count, count, count), { minLength: periods, maxLength: periods }),
    count,
    fc.integer({ min: 1, max: 40 }),
  )
  .map(([rows, unseen, survivors]): Ending[] => [
    { period: 0, kind: 'censored', n: unseen },
    ...rows.flatMap(([events, competing, censored], i): Ending[] => [
      { period: i + 1, kind: 'event', n: events },
      { period: i + 1, kind: 'competing', n: competing },
      ...(i + 1 < periods ? [{ period: i + 1, kind: 'censored' as const, n: censored }] : []),
    ]),
    { period: periods, kind: 'censored', n: survivors },
  ]);
const total = (rows: readonly Ending[]): number => rows.reduce((sum, { n }) => sum + n, 0);

describe('a life table', () => {
  it('gives, weighted, the incidence of Aalen and Johansen, and weights that add up to all rows', () => {
    fc.assert(
      fc.property(endings, (rows) => {
        const table = lifeTable(rows, periods);
        const weight = (period: number) => 1 / table[period - 1]!.inSight;
        const known = rows.filter(({ kind, period }) => kind !== 'censored' || period === periods);
        const weighed = known.reduce((sum, { period, n }) => sum + n * weight(period), 0);
        const events = known
          .filter(({ kind }) => kind === 'event')
          .reduce((sum, { period, n }) => sum + n * weight(period), 0);
        expect(weighed / total(rows)).toBeCloseTo(1, 9);
        expect(events / weighed).toBeCloseTo(table.at(-1)!.incidence, 9);
      }),
    );
  });

  it('never lets Kaplan–Meier, which takes closing for censoring, fall below the incidence', () => {
    fc.assert(
      fc.property(endings, (rows) => {
        for (const { incidence, kaplanMeier } of lifeTable(rows, periods))
          expect(kaplanMeier).toBeGreaterThanOrEqual(incidence - 1e-12);
      }),
    );
  });

  it('is the plain share where everybody was seen to the end', () => {
    const table = lifeTable(
      [
        { period: 1, kind: 'event', n: 5 },
        { period: 2, kind: 'competing', n: 15 },
        { period: 3, kind: 'event', n: 10 },
        { period: 3, kind: 'censored', n: 70 },
      ],
      3,
    );
    expect(table.map(({ incidence }) => incidence)).toEqual([0.05, 0.05, expect.closeTo(0.15, 12)]);
    expect(table.map(({ inSight }) => inSight)).toEqual([1, 1, 1]);
    expect(table[2]).toMatchObject({ atRisk: 80, events: 10, hazard: 0.125 });
  });

  it('follows a table worked by hand: 10 people, one lost from sight a month', () => {
    const table = lifeTable(
      [
        { period: 1, kind: 'event', n: 1 },
        { period: 1, kind: 'censored', n: 1 },
        { period: 2, kind: 'event', n: 2 },
        { period: 2, kind: 'censored', n: 6 },
      ],
      2,
    );
    expect(table[1]!.atRisk).toBe(8);
    expect(table[1]!.inSight).toBeCloseTo(8 / 9, 12);
    expect(table[1]!.incidence).toBeCloseTo(0.1 + 0.9 * 0.25, 12);
  });

  it('has nothing to say of nobody', () => {
    expect(lifeTable([], 2)[1]).toMatchObject({ atRisk: 0, incidence: 0, kaplanMeier: 0, inSight: 0 });
  });
});
