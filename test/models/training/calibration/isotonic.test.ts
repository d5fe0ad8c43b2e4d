import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { duckdb } from '#core/sql/dialects/duckdb.ts';
import { raw, sql } from '#core/sql/sql.ts';
import { seededRandom } from '#models/maths/random.ts';
import { logLoss } from '#models/metrics/accuracy.ts';
import { applyCalibration, calibration, calibrationExpression } from '#models/training/calibrate.ts';
import { chooseCalibration } from '#models/training/calibration/choose.ts';
import { applyIsotonic, fitIsotonic } from '#models/training/calibration/isotonic.ts';
import { openTestWorkspace, type TestWorkspace } from '../../../support/workspace.ts';

/** Probabilities bent in a way no straight line of log odds can undo. */
function bent(rows: number, seed: number) {
  const random = seededRandom(seed);
  const told = Float64Array.from({ length: rows }, () => random());
  const truth = told.map((p) => (p < 0.5 ? 0.1 + 0.1 * p : 0.15 + 0.75 * (p > 0.8 ? 1 : (p - 0.5) / 0.3)));
  return { told, target: truth.map((p) => (random() < p ? 1 : 0)), truth };
}

describe('fitIsotonic', () => {
  const { told, target, truth } = bent(20_000, 3);
  const curve = fitIsotonic(target, told);

  it('rises strictly, stays off 0 and 1, and finds the truth', () => {
    for (const list of [curve.x, curve.y])
      for (let i = 1; i < list.length; i++) expect(list[i]).toBeGreaterThan(list[i - 1]!);
    const found = applyIsotonic(curve, told);
    expect(found.every((p) => p > 0 && p < 1)).toBe(true);
    const error = found.reduce((sum, p, i) => sum + Math.abs(p - truth[i]!), 0) / found.length;
    expect(error).toBeLessThan(0.02);
  });

  it('keeps different scores apart between its knots, and equal ones together', () => {
    const [low, high] = [curve.x[0]!, curve.x.at(-1)!];
    const inside = Float64Array.of(low + 1e-4, low + 2e-4, (low + high) / 2, high - 1e-4);
    const found = applyIsotonic(curve, inside);
    for (let i = 1; i < found.length; i++) expect(found[i]).toBeGreaterThan(found[i - 1]!);
    const tied = fitIsotonic(Float64Array.of(0, 1, 0, 1), Float64Array.of(0.4, 0.4, 0.4, 0.4));
    expect(applyIsotonic(tied, Float64Array.of(0.1, 0.4, 0.9))).toEqual(Float64Array.of(0.5, 0.5, 0.5));
  });

  it('pools what falls: outcomes against the scores give one rate', () => {
    const p = Float64Array.from({ length: 600 }, (_, i) => (i + 1) / 602);
    const falling = p.map((_, i) => (i < 300 ? 1 : 0));
    const flat = fitIsotonic(falling, p);
    expect(flat.y).toEqual([0.5]);
  });

  it('counts a weight of two as the row twice', () => {
    const weights = target.map((_, i) => 1 + (i % 2));
    const twice = (values: Float64Array) =>
      Float64Array.from([...values, ...values.filter((_, i) => i % 2 === 1)]);
    const weighed = fitIsotonic(target, told, weights);
    const repeated = fitIsotonic(twice(target), twice(told));
    const at = Float64Array.from({ length: 50 }, (_, i) => 0.01 + i / 51);
    const [a, b] = [applyIsotonic(weighed, at), applyIsotonic(repeated, at)];
    a.forEach((value, i) => {
      expect(value).toBeCloseTo(b[i]!, 2);
    });
  });
});

describe('chooseCalibration', () => {
  it('takes the curve where only a curve will do, and it does better out of sample', () => {
    const { told, target } = bent(6000, 4);
    const fold = Int32Array.from(told, (_, i) => i % 5);
    const chosen = chooseCalibration(target, told, fold);
    expect(chosen.calibration?.kind).toBe('isotonic');
    const other = bent(6000, 5);
    const corrected = applyCalibration(chosen.calibration!, other.told);
    expect(logLoss(other.target, corrected)).toBeLessThan(logLoss(other.target, other.told)! - 0.02);
  });

  it('does not try a curve on few rows', () => {
    const { told, target } = bent(900, 4);
    const fold = Int32Array.from(told, (_, i) => i % 5);
    expect(chooseCalibration(target, told, fold).calibration?.kind).not.toBe('isotonic');
  });
});

describe('a correction that is saved', () => {
  it('is read in the form of before there was a choice', () => {
    expect(calibration.parse({ intercept: 0.2, slope: 0.9 })).toEqual({
      kind: 'platt',
      intercept: 0.2,
      slope: 0.9,
    });
    expect(() => calibration.parse({ kind: 'magic' })).toThrow();
  });

  let workspace: TestWorkspace;
  beforeAll(async () => {
    workspace = await openTestWorkspace();
  });
  afterAll(() => workspace.close());

  it.each(['platt', 'isotonic'] as const)(
    'as SQL gives what it gives in numbers to 1e-9: %s',
    async (kind) => {
      const { told, target } = bent(5000, 6);
      const by = kind === 'platt' ? { kind, intercept: -0.4, slope: 1.7 } : fitIsotonic(target, told);
      const { engine } = workspace.context;
      await engine.run(
        raw('CREATE OR REPLACE TABLE told AS SELECT i, (i + 0.5) / 20000 AS p FROM range(20000) r(i)'),
      );
      await engine.run(raw('INSERT INTO told VALUES (20000, 0), (20001, 1)'));
      const expression = calibrationExpression(duckdb, by, raw('p'));
      const { columns } = await engine.columns(
        sql`SELECT i, p, ${expression} AS corrected FROM told ORDER BY i`,
      );
      const values = (name: string) => {
        const column = columns.get(name);
        if (column?.kind !== 'numeric') throw new Error(`${name} is no number`);
        return column.values;
      };
      const wanted = applyCalibration(by, values('p'));
      const found = values('corrected');
      wanted.forEach((value, i) => {
        expect(Math.abs(found[i]! - value)).toBeLessThan(1e-9);
      });
      expect(found).toHaveLength(20_002);
    },
  );
});
