import { describe, expect, it } from 'vitest';
import promises from '#core/features/promises.ts';
import tenure from '#core/features/tenure.ts';
import { duckdb } from '#core/sql/dialects/duckdb.ts';
import { selfCureParameters } from '#models/self-cure/parameters.ts';
import selfCure from '#models/self-cure.ts';
import { countPopulation, selectScoringSet, selectTrainingSet } from '#models/training-set.ts';
import { expectGolden } from '../support/golden.ts';

const scope = {
  question: selfCure,
  parameters: selfCureParameters.parse({ maxDaysPastDue: 240 }),
  dates: [{ asOf: '2005-07-31', horizonEnd: '2005-08-31', labelEnd: '2005-08-31' }],
};
const families = [
  { id: 'promises', family: promises },
  { id: 'tenure', family: tenure },
];

describe('statements', () => {
  it('are those kept as golden', async () => {
    await expectGolden(countPopulation(duckdb, scope), 'models/count-population');
    const sampled = { share: 0.25, seed: 7 };
    await expectGolden(selectTrainingSet(duckdb, scope, families, sampled), 'models/training-set');
    const scoring = selectScoringSet(duckdb, selfCure, scope.parameters, '2005-09-30', families);
    await expectGolden(scoring, 'models/scoring-set');
  });

  it('take everybody when the whole portfolio fits', () => {
    const { text } = selectTrainingSet(duckdb, scope, families, { share: 1, seed: 7 });
    expect(text).not.toContain('md5');
  });
});
