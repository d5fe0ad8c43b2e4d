import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { DomainError } from '#core/errors/domain-error.ts';
import { duckdb } from '#core/sql/dialects/duckdb.ts';
import { ident, join, sql } from '#core/sql/sql.ts';
import { format, locales } from '#core/text/text.ts';
import type { Fitted, Learner } from '#models/learner.ts';
import { seededRandom } from '#models/maths/random.ts';
import { type Matrix, takeRows } from '#models/matrix.ts';
import { auc } from '#models/metrics/auc.ts';
import { restoreModel } from '#models/training/trained.ts';
import { discover } from '#server/registry.ts';
import { randomMatrix } from '../support/models/random-matrix.ts';
import { openTestWorkspace, type TestWorkspace } from '../support/workspace.ts';

const found = [...(await discover<Learner>('models/learners'))];
const matrix = randomMatrix(2000, 11);

const fitOn = async (learner: Learner, given: Matrix, watch: Partial<Parameters<Learner['fit']>[0]> = {}) =>
  learner.fit({
    matrix: given,
    options: learner.options.parse({}),
    random: seededRandom(42),
    onProgress: () => {},
    checkCancelled: () => {},
    ...watch,
  });

it('finds learners', () => expect(found.length).toBeGreaterThan(0));

describe.each(found)('%s', (_, learner) => {
  let workspace: TestWorkspace;
  let fitted: Fitted;
  beforeAll(async () => {
    workspace = await openTestWorkspace();
    fitted = await fitOn(learner, matrix);
  });
  afterAll(() => workspace.close());

  it('is named in both languages, with options that have defaults and can be drawn as a form', () => {
    for (const locale of locales) {
      expect(format(learner.text.title, locale)).not.toBe('');
      expect(format(learner.text.summary, locale)).not.toBe('');
    }
    expect(() => learner.options.parse({})).not.toThrow();
    expect(z.toJSONSchema(learner.options, { io: 'input', unrepresentable: 'any' })).toHaveProperty(
      'type',
      'object',
    );
  });

  it('gives probabilities that rank rows it has not seen', () => {
    const other = randomMatrix(2000, 12);
    const p = fitted.predict(other);
    expect(p).toHaveLength(2000);
    expect(p.every((value) => value > 0 && value < 1)).toBe(true);
    expect(auc(other.target, p).estimate).toBeGreaterThan(0.75);
  });

  it('is the same again, bit for bit, with the same seed', async () => {
    const again = await fitOn(learner, matrix);
    expect(again.save()).toEqual(fitted.save());
    expect(again.predict(matrix)).toEqual(fitted.predict(matrix));
  });

  it('is restored exactly from its JSON', () => {
    const restored = learner.restore(JSON.parse(JSON.stringify(fitted.save())));
    expect(restored.predict(matrix)).toEqual(fitted.predict(matrix));
    expect(restored.save()).toEqual(fitted.save());
    if (fitted.toSql) expect(restored.toSql!(duckdb)).toEqual(fitted.toSql(duckdb));
  });

  it('gives a row the same probability whatever rows stand beside it', () => {
    const few = Int32Array.of(1500, 3, 7);
    const p = fitted.predict(matrix);
    expect([...fitted.predict(takeRows(matrix, few))]).toEqual([...few].map((row) => p[row]));
  });

  it('fits and predicts with whole columns missing', async () => {
    const empty: Matrix = {
      ...matrix,
      columns: matrix.columns.map((column) =>
        column.name === 'count' && column.kind === 'numeric'
          ? { ...column, values: column.values.map(() => Number.NaN) }
          : column.name === 'city' && column.kind === 'categorical'
            ? { ...column, codes: column.codes.map(() => -1) }
            : column,
      ),
    };
    expect(fitted.predict(empty).every(Number.isFinite)).toBe(true);
    const without = await fitOn(learner, empty);
    expect(without.predict(matrix).every(Number.isFinite)).toBe(true);
  });

  it('tells its progress and stops between rounds when cancelled', async () => {
    const told: number[] = [];
    await fitOn(learner, matrix, { onProgress: ({ done }) => told.push(done) });
    expect(told.length).toBeGreaterThan(1);
    expect(told).toEqual([...told].sort((a, b) => a - b));
    expect(told.every((done) => done >= 0 && done <= 1)).toBe(true);
    const cancelled = async () =>
      fitOn(learner, matrix, {
        checkCancelled: () => {
          throw new DomainError('cancelled');
        },
      });
    await expect(cancelled()).rejects.toThrowError(DomainError);
  });

  it.each([
    null,
    { kind: 'platt' as const, intercept: -0.3, slope: 0.8 },
    { kind: 'isotonic' as const, x: [0.1, 0.3, 0.4, 0.8], y: [0.05, 0.1, 0.5, 0.9] },
  ])('scores in SQL as it predicts, to 1e-9, with calibration %o', async (calibration) => {
    if (!fitted.toSql) return;
    const { engine } = workspace.context;
    const other = randomMatrix(500, 13);
    const model = restoreModel(learner, { learner: 'x', fitted: fitted.save(), calibration });
    const columns = other.columns.map(
      ({ name, kind }) => sql`${ident(name)} ${engine.dialect.type(kind === 'numeric' ? 'double' : 'text')}`,
    );
    await engine.run(sql`CREATE OR REPLACE TABLE sample (row_number INTEGER, ${join(columns)})`);
    for (let i = 0; i < other.rows; i++) {
      const values = other.columns.map((column) => {
        if (column.kind === 'numeric') return Number.isNaN(column.values[i]) ? null : column.values[i]!;
        return column.codes[i]! < 0 ? null : column.categories[column.codes[i]!]!;
      });
      await engine.run(sql`INSERT INTO sample VALUES (${i}, ${join(values.map((value) => sql`${value}`))})`);
    }
    const scored = await engine.columns(
      sql`SELECT ${model.toSql!(engine.dialect)} AS p FROM sample ORDER BY row_number`,
    );
    const column = scored.columns.get('p');
    const inSql = column?.kind === 'numeric' ? column.values : new Float64Array();
    const worst = model.predict(other).reduce((most, p, i) => Math.max(most, Math.abs(p - inSql[i]!)), 0);
    expect(inSql).toHaveLength(other.rows);
    expect(worst).toBeLessThan(1e-9);
  });
});
