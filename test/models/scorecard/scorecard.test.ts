import { beforeAll, describe, expect, it } from 'vitest';
import { DomainError } from '#core/errors/domain-error.ts';
import { duckdb } from '#core/sql/dialects/duckdb.ts';
import type { Fitted } from '#models/learner.ts';
import scorecard from '#models/learners/scorecard.ts';
import { seededRandom } from '#models/maths/random.ts';
import { auc } from '#models/metrics/auc.ts';
import { scorecardOptions } from '#models/scorecard/options.ts';
import type { SavedScorecard } from '#models/scorecard/saved.ts';
import { expectGolden } from '../../support/golden.ts';
import { randomMatrix } from '../../support/models/random-matrix.ts';

const fitted = (options: Record<string, unknown> = {}, rows = 3000): Fitted =>
  scorecard.fit({
    matrix: randomMatrix(rows, 5),
    options: scorecardOptions.parse(options),
    random: seededRandom(1),
    onProgress: () => {},
    checkCancelled: () => {},
  }) as Fitted;

describe('scorecard', () => {
  let model: Fitted;
  let saved: SavedScorecard;
  beforeAll(() => {
    model = fitted();
    saved = model.save() as SavedScorecard;
  });

  it('takes the columns that say something, with positive coefficients and their standard errors', () => {
    expect(saved.terms.map(({ bins }) => bins.column)).toEqual(['level', 'city', 'count']);
    for (const { coefficient, standardError } of saved.terms) {
      expect(coefficient).toBeGreaterThan(0);
      expect(coefficient / standardError).toBeGreaterThan(1.64);
    }
    expect(Object.keys(saved.information)).toContain('noise');
    expect(saved.information.noise).toBeLessThan(0.02);
  });

  it('ranks rows it has not seen', () => {
    const other = randomMatrix(3000, 6);
    expect(auc(other.target, model.predict(other)).estimate).toBeGreaterThan(0.78);
  });

  it('is written as points that add up to the score', () => {
    const { points } = model.describe!();
    const factor = 20 / Math.LN2;
    const best = saved.terms.reduce(
      (sum, { bins, coefficient }) =>
        sum + coefficient * Math.max(...bins.woe.filter((_, i) => bins.tallies[i]!.n)),
      saved.intercept,
    );
    const highest = saved.terms
      .map(({ bins }) =>
        Math.max(...points.filter(({ feature }) => feature === bins.column).map((row) => row.points)),
      )
      .reduce((sum, value) => sum + value, 0);
    expect(Math.abs(highest - (600 + factor * best))).toBeLessThanOrEqual(saved.terms.length);
    const rows = points.filter(({ feature }) => feature === 'level').reduce((sum, { n }) => sum + n, 0);
    expect(rows).toBe(3000);
  });

  it('is the SQL kept as golden', async () => {
    await expectGolden(fitted({ maxBins: 3 }).toSql!(duckdb), 'models/scorecard');
  });

  it('with nothing to choose from gives everybody the base rate', () => {
    const alone = fitted({ minInformation: 1e9 });
    const matrix = randomMatrix(50, 9);
    const rate = randomMatrix(3000, 5).target.reduce((sum, value) => sum + value, 0) / 3000;
    expect(new Set(alone.predict(matrix)).size).toBe(1);
    expect(alone.predict(matrix)[0]).toBeCloseTo(rate, 10);
    expect(alone.describe!().used).toEqual([]);
  });

  it('names a column it needs and does not find', () => {
    const matrix = randomMatrix(10, 1);
    const without = { ...matrix, columns: matrix.columns.slice(1) };
    expect(() => model.predict(without)).toThrowError(DomainError);
    expect(() => model.predict(without)).toThrow('"level"');
  });

  it('refuses a saved model that is not one', () => {
    expect(() => scorecard.restore({ terms: 3 })).toThrow();
  });
});
