import { expect, it } from 'vitest';
import delinquency from '#core/features/delinquency.ts';
import payments from '#core/features/payments.ts';
import tenure from '#core/features/tenure.ts';
import { tables } from '#core/portfolio/tables.ts';
import { duckdb } from '#core/sql/dialects/duckdb.ts';
import { raw } from '#core/sql/sql.ts';
import { styles } from '#data/generator/model.ts';
import channelPropensity from '#models/channel-propensity.ts';
import scorecard from '#models/learners/scorecard.ts';
import { featureNames, selectDecisions, selectPeople } from '#models/uplift/data/decision-set.ts';
import { matrixColumns, readDecisions } from '#models/uplift/data/strata.ts';
import { predictUplift } from '#models/uplift/predict.ts';
import type { UpliftQuestion } from '#models/uplift/question.ts';
import { trainUplift, type UpliftTask } from '#models/uplift/train.ts';
import { generate } from '../../support/files/generated.ts';
import { rankCorrelation } from '../../support/models/rank-correlation.ts';

const question = channelPropensity as UpliftQuestion;
const parameters = question.parameters.parse({});
const learner = scorecard as unknown as UpliftTask['learner'];
const families = Object.entries({ delinquency, payments, tenure }).map(([id, family]) => ({ id, family }));
const channels = question.arms.slice(1).map(({ id }) => id);

/** A generated portfolio, its past by lottery or chosen, with what is true of each person late at its end. */
async function learn(lottery: boolean) {
  const sample = await generate({ accounts: 40_000, seed: 11, months: 12, lottery });
  for (const { name, columns } of tables) {
    const none = Object.keys(columns).map((column) => `NULL AS ${column}`);
    const there = await sample.engine.first(
      raw(`SELECT 1 AS one FROM duckdb_views() WHERE view_name = '${name}'`),
    );
    await sample.engine.run(
      raw(`CREATE VIEW current_${name} AS ${there ? `SELECT * FROM ${name}` : `SELECT ${none} WHERE false`}`),
    );
  }
  const snapshots = await sample.engine.rows<{ as_of: string }>(
    raw('SELECT DISTINCT as_of FROM snapshots ORDER BY as_of'),
  );
  const dates = snapshots.map(({ as_of }) => as_of);
  const chosen = question.decisionDates(parameters, { dates, observed: 'monthly' }).slice(3);
  const scope = { question, parameters, families };
  const set = await sample.engine.columns(selectDecisions(duckdb, scope, chosen, { share: 1, seed: 1 }));
  const people = await sample.engine.columns(selectPeople(duckdb, scope, dates.at(-1)!));
  const truth = await sample.engine.columns(
    raw(
      `SELECT customer_id, ${channels
        .map(
          (channel) =>
            `avg((${styles.map((style) => `effect_${style}_${channel}`).join(' + ')}) / ${styles.length}) AS ${channel}`,
        )
        .join(
          ', ',
        )} FROM truth WHERE p_cure_30_no_contact IS NOT NULL GROUP BY customer_id ORDER BY customer_id`,
    ),
  );
  await sample.close();
  const names = featureNames(question, families);
  const { strata } = readDecisions(
    set.columns,
    question.arms.map(({ id }) => id),
    names,
  );
  const results = [];
  for (const { logged, identification, id } of strata) {
    const result = await trainUplift({
      logged,
      method: 'dr',
      learner,
      options: scorecard.options.parse({}),
      seed: 1,
      windowDays: 7,
      trim: [0.02, 0.98],
      onProgress: () => {},
      checkCancelled: () => {},
    });
    results.push({ id, identification, result });
  }
  return { results, names, people, truth };
}

it('a past by lottery is called so, and its effects go up and down with the true ones', async () => {
  const { results, names, people, truth } = await learn(true);
  expect(results.map(({ identification }) => identification)).toEqual(['randomised']);
  const { result, id, identification } = results[0]!;
  const rows = people.rows;
  const predicted = predictUplift(
    learner,
    {
      columns: names,
      strata: [{ id, identification, places: [], arms: result.saved, untreated: result.untreated }],
    },
    channels,
    {
      rows,
      columns: matrixColumns(people.columns, names),
      groups: new Int32Array(rows),
      day: new Int32Array(rows),
    },
    new Int32Array(rows),
  );
  const customers = people.columns.get('row_customer')!;
  const known = truth.columns.get('customer_id')!;
  if (customers.kind !== 'categorical' || known.kind !== 'categorical') throw new Error('names are text');
  const place = new Map(Array.from(known.codes, (code, row) => [known.categories[code]!, row]));
  const pairs = predicted.arms.flatMap(({ arm, effect }) => {
    const real = truth.columns.get(arm)!;
    return Array.from(customers.codes).flatMap((code, row) => {
      const at = place.get(customers.categories[code]!);
      return at === undefined || real.kind !== 'numeric'
        ? []
        : [{ estimated: effect[row]!, real: real.values[at]! }];
    });
  });
  const correlation = rankCorrelation(
    Float64Array.from(pairs, ({ estimated }) => estimated),
    Float64Array.from(pairs, ({ real }) => real),
  );
  const found = result.effects.map(
    ({ arm, effect }) =>
      `${arm} ${(100 * effect.estimate!).toFixed(2)} (${(100 * effect.lower!).toFixed(2)}, ${(100 * effect.upper!).toFixed(2)})`,
  );
  console.info(
    `rank correlation over ${pairs.length} people and channels: ${correlation.toFixed(3)}; ${found.join('; ')}`,
  );
  expect(correlation).toBeGreaterThan(0.05);
  const nobody = result.policies.find((policy) => policy.id === 'nobody')!.doublyRobust;
  const done = result.policies.find((policy) => policy.id === 'as_done')!.doublyRobust;
  expect(nobody.lower!).toBeLessThan(done.estimate!);
});

it('a past that was chosen is an association outside the country that wrote it down', async () => {
  const { results } = await learn(false);
  expect(results.map(({ id, identification }) => [id, identification])).toEqual([
    ['recorded', 'recorded_propensity'],
    ['elsewhere', 'associational'],
  ]);
});
