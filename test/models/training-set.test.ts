import { describe, expect, it } from 'vitest';
import type { FeatureColumn, FeatureFamily } from '#core/features/feature.ts';
import { customerAttributes } from '#core/portfolio/protected.ts';
import { duckdb } from '#core/sql/dialects/duckdb.ts';
import { raw, sql } from '#core/sql/sql.ts';
import { countPopulation, selectScoringSet, selectTrainingSet } from '#models/training-set.ts';
import { expectGolden } from '../support/golden.ts';
import { askedQuestion } from '../support/models/asked-question.ts';

const scope = {
  question: askedQuestion(),
  parameters: { atLeast: 1 },
  dates: [{ asOf: '2005-07-31', horizonEnd: '2005-08-31', labelEnd: '2005-08-31' }],
};
const column = (kind: FeatureColumn['kind'], name: string): FeatureColumn => ({
  name,
  kind,
  title: { es: name, en: name },
});
const family = (...columns: FeatureColumn[]): FeatureFamily => ({
  text: { title: { es: 'De prueba', en: 'For tests' }, summary: { es: 'De prueba', en: 'For tests' } },
  needs: ['accounts'],
  columns,
  known: { es: 'Al abrir', en: 'At opening' },
  build: (_dialect, population) => sql`SELECT p.*, 1 AS age, 'card' AS kind FROM ${population} p`,
});
const families = [
  { id: 'one', family: family(column('numeric', 'age')) },
  { id: 'two', family: family(column('categorical', 'kind')) },
];
const identified = { restrict: raw('SELECT * FROM kept'), weights: raw('SELECT * FROM weighed') };

describe('statements', () => {
  it('are those kept as golden', async () => {
    await expectGolden(countPopulation(duckdb, scope), 'models/count-population');
    const sampled = { share: 0.25, seed: 7 };
    await expectGolden(selectTrainingSet(duckdb, scope, families, sampled), 'models/training-set');
    const scoring = selectScoringSet(duckdb, scope.question, scope.parameters, '2005-09-30', families);
    await expectGolden(scoring, 'models/scoring-set');
  });

  it('keep to the rows a question is identified by, and take their weights', async () => {
    const apart = { ...scope, identified };
    await expectGolden(countPopulation(duckdb, apart), 'models/count-identified');
    const extras = { attributes: customerAttributes };
    const whole = { share: 1, seed: 7 };
    await expectGolden(
      selectTrainingSet(duckdb, apart, families, whole, extras),
      'models/training-set-identified',
    );
  });

  it('take everybody when the whole portfolio fits, and name protected attributes only when asked to', () => {
    const { text } = selectTrainingSet(duckdb, scope, families, { share: 1, seed: 7 });
    expect(text).not.toContain('md5');
    for (const { name } of customerAttributes) expect(text).not.toContain(name);
  });
});
