import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sql } from '#core/sql/sql.ts';
import type { Learner } from '#models/learner.ts';
import { seededRandom } from '#models/maths/random.ts';
import type { Matrix } from '#models/matrix.ts';
import { restoreModel, savedModel } from '#models/training/trained.ts';
import { discover } from '#server/registry.ts';
import { insertMatrix } from '../support/models/insert-matrix.ts';
import { randomMatrix } from '../support/models/random-matrix.ts';
import { openTestWorkspace, type TestWorkspace } from '../support/workspace.ts';

const rows = 100_000;
const found = [...(await discover<Learner>('models/learners'))];
const calibrations: [string, unknown][] = [
  ['no calibration', null],
  ['a line of log odds', { kind: 'platt', intercept: -0.3, slope: 0.8 }],
  ['steps', { kind: 'isotonic', x: [0.02, 0.1, 0.35, 0.6, 0.95], y: [0.01, 0.12, 0.3, 0.7, 0.99] }],
];

/** Rows wider than those fitted on: values beyond every cut, on the cuts, and a category nobody has seen. */
function widened(matrix: Matrix): Matrix {
  const random = seededRandom(77);
  return {
    ...matrix,
    columns: matrix.columns.map((column) =>
      column.kind === 'categorical'
        ? {
            ...column,
            codes: column.codes.map((code) => (random() < 0.01 ? column.categories.length : code)),
            categories: [...column.categories, 'never seen'],
          }
        : {
            ...column,
            values: column.values.map((value) => {
              const chance = random();
              if (chance < 0.01) return value * 1e6;
              return chance < 0.1 ? Math.round(value) : value;
            }),
          },
    ),
  };
}

const sample = widened(randomMatrix(rows, 13));
let workspace: TestWorkspace;
beforeAll(async () => {
  workspace = await openTestWorkspace();
  await insertMatrix(workspace.context.engine, 'sample', sample);
});
afterAll(() => workspace.close());

describe.each(found)('%s', (id, learner) => {
  let fitted: unknown;
  beforeAll(async () => {
    const model = await learner.fit({
      matrix: randomMatrix(4000, 11),
      options: learner.options.parse({}),
      random: seededRandom(42),
      onProgress: () => {},
      checkCancelled: () => {},
    });
    fitted = model.toSql ? model.save() : null;
  });

  it.each(calibrations)(
    'scores 100,000 rows in SQL as it predicts, to 1e-9, with %s',
    async (_, calibration) => {
      if (fitted === null) return;
      const { engine } = workspace.context;
      const model = restoreModel(learner, savedModel.parse({ learner: id, fitted, calibration }));
      const scored = await engine.columns(
        sql`SELECT ${model.toSql!(engine.dialect)} AS p FROM sample ORDER BY account_id`,
      );
      const column = scored.columns.get('p');
      expect(column?.kind).toBe('numeric');
      const inSql = column?.kind === 'numeric' ? column.values : new Float64Array();
      expect(inSql).toHaveLength(rows);
      let worst = 0;
      model.predict(sample).forEach((p, i) => {
        const apart = Math.abs(p - inSql[i]!);
        if (!(apart <= worst)) worst = apart;
      });
      expect(worst).toBeLessThan(1e-9);
      expect(new Set(inSql).size).toBeGreaterThan(10);
    },
  );
});
