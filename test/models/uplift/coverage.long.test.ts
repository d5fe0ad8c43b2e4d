import { expect, it } from 'vitest';
import type { Learner } from '#models/learner.ts';
import { fitLogistic } from '#models/maths/logistic.ts';
import { seededRandom } from '#models/maths/random.ts';
import type { Matrix } from '#models/matrix.ts';
import { rowsWhere } from '#models/uplift/data/logged.ts';
import { fitByFold, judgeByFold } from '#models/uplift/fit/nuisance.ts';
import type { Fitting } from '#models/uplift/fit/pseudo.ts';
import { dealFolds } from '#models/uplift/train.ts';
import { armEffects } from '#models/uplift/value/effects.ts';
import { allowedArms } from '#models/uplift/value/overlap.ts';
import { alwaysArm, valuePolicy } from '#models/uplift/value/policy-value.ts';
import { simulateDecisions } from '../../support/models/logged-rows.ts';

const replications = 2000;
const rows = 900;

const numbersOf = ({ columns }: Matrix): Float64Array[] =>
  columns.flatMap((column) => (column.kind === 'numeric' ? [column.values] : []));

/** A logistic regression on the columns as they are: quick, and wrong where the effect is curved. */
const plain: Learner = {
  text: { title: { es: 'Logística', en: 'Logistic' }, summary: { es: 'Logística', en: 'Logistic' } },
  options: undefined as never,
  fit({ matrix }) {
    const { intercept, coefficients } = fitLogistic({
      columns: numbersOf(matrix),
      target: matrix.target!,
      penalties: matrix.columns.map(() => 1),
    });
    return {
      predict: (given) => {
        const columns = numbersOf(given);
        return Float64Array.from({ length: given.rows }, (_, row) => {
          const eta = columns.reduce((sum, values, k) => sum + coefficients[k]! * values[row]!, intercept);
          return 1 / (1 + Math.exp(-eta));
        });
      },
      save: () => ({}),
    };
  },
  restore: () => {
    throw new Error('not kept');
  },
};

const mean = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/** The intervals of a simulation of which the truth is known: 2,000 times, with recorded and with estimated chances. */
it.each([
  ['recorded', true],
  ['estimated', false],
] as const)('intervals cover the truth: chances %s', async (_, recorded) => {
  const large = simulateDecisions(1_000_000, 99);
  const worth = large.truth.map(mean);
  const truth = {
    effect: worth[1]! - worth[0]!,
    'nobody snips': worth[0]!,
    'nobody dr': worth[0]!,
    'always snips': worth[1]!,
    'always dr': worth[1]!,
    'always ips': worth[1]!,
  };
  type Name = keyof typeof truth;
  const covered = Object.fromEntries(Object.keys(truth).map((name) => [name, 0])) as Record<Name, number>;
  const given = { ...covered };
  const fitting: Fitting = { learner: plain, options: {}, seed: 1, checkCancelled: () => {} };
  for (let replication = 0; replication < replications; replication++) {
    const logged = simulateDecisions(rows, 1000 + replication, { recorded });
    const fold = dealFolds(logged.matrix.groups, 5, seededRandom(replication));
    const every = rowsWhere(rows, () => true);
    const judged = judgeByFold(await fitByFold(fitting, logged, every, fold, 5, () => {}), logged, fold);
    const allowed = allowedArms(logged, judged.propensity);
    const nobody = valuePolicy('nobody', logged, judged, allowed, new Int32Array(rows));
    const always = valuePolicy('always', logged, judged, allowed, alwaysArm(allowed, 1));
    const found: Record<Name, { lower: number | null; upper: number | null }> = {
      effect: armEffects(logged, judged, allowed)[0]!.effect,
      'nobody snips': nobody.snips,
      'nobody dr': nobody.doublyRobust,
      'always snips': always.snips,
      'always dr': always.doublyRobust,
      'always ips': always.ips,
    };
    for (const [name, { lower, upper }] of Object.entries(found) as [Name, (typeof found)[Name]][]) {
      if (lower === null || upper === null) continue;
      given[name]++;
      if (lower <= truth[name] && truth[name] <= upper) covered[name]++;
    }
  }
  const shares = Object.fromEntries(
    Object.keys(truth).map((name) => [name, covered[name as Name] / given[name as Name]]),
  );
  console.info(
    `${replications} replications of ${rows} rows, chances ${recorded ? 'recorded' : 'estimated'}: ${JSON.stringify(shares)}`,
  );
  for (const name of Object.keys(truth) as Name[]) {
    expect(given[name], name).toBe(replications);
    // Estimated chances carry information of their own: the intervals of weighting alone are then too wide.
    const wide = !recorded && !name.endsWith('dr') && name !== 'effect';
    expect(shares[name], name).toBeGreaterThan(0.935);
    expect(shares[name], name).toBeLessThan(wide ? 1 : 0.965);
  }
});
