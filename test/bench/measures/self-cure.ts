import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { createClient } from '#core/contract/client.ts';
import { raw, type Sql, sql } from '#core/sql/sql.ts';
import type { Learner } from '#models/learner.ts';
import type { Identified } from '#models/question.ts';
import { trainModel } from '#models/train.ts';
import { restoreModel } from '#models/training/trained.ts';
import { selectScoringSet } from '#models/training-set.ts';
import { callerOn } from '#server/cli/connection.ts';
import { readConfig } from '#server/config.ts';
import type { Context } from '#server/context.ts';
import { readTrainingSet } from '#server/jobs/training/matrix.ts';
import { decisionDatesOf, familiesAtHand, questionOf } from '#server/jobs/training/plan.ts';
import { dayOf } from '#server/jobs/training/version.ts';
import { openWorkspace } from '#server/open.ts';
import { defineMeasure } from '../measure.ts';

const model = 'self-cure';
const deciles = 10;
/** Rows read into a training at most. */
const mostRows = 150_000;

interface Line {
  what: string;
  rows: number;
  scored: number;
  bias: number;
  worst: number;
  byDecile: string;
  correlation: number;
}

/** Trains on the rows a rung leaves, scores the last date and compares each tenth with the generator's truth. */
async function compare(context: Context, what: string, identified: Identified): Promise<Line> {
  const { engine, registry } = context;
  const question = questionOf(registry, model);
  const parameters = question.parameters.parse({});
  const { families } = await familiesAtHand(context, question);
  const { chosen, calendar } = await decisionDatesOf(context, question, parameters, undefined);
  const scope = { question, parameters, dates: chosen, identified };
  const whole = await engine.first<{ n: number }>(
    sql`SELECT CAST(count(*) AS BIGINT) AS n FROM (${question.candidates(
      engine.dialect,
      parameters,
      chosen.map(({ asOf }) => asOf),
    )}) c WHERE excluded IS NULL`,
  );
  const share = identified.restrict ? 1 : Math.min(1, mostRows / (whole?.n ?? 1));
  const set = await readTrainingSet(engine, scope, families, { share, seed: 1 });
  const learner = registry.learners.get('scorecard') as unknown as Learner;
  const { saved } = await trainModel({
    matrix: set.matrix,
    slices: set.slices,
    learners: [{ id: 'scorecard', open: () => learner, options: {} }],
    seed: 1,
    labelEnd: new Map(chosen.map(({ asOf, labelEnd }) => [dayOf(asOf), dayOf(labelEnd)])),
    baseline: question.baseline,
    onProgress: () => {},
    checkCancelled: () => {},
  });
  const last = calendar.dates.at(-1)!;
  const features = selectScoringSet(engine.dialect, question, parameters, last, families);
  const { rows, columns } = await engine.columns(
    sql`SELECT f.*, t.p_cure_30_no_contact AS truth FROM (${features}) f JOIN truth t ON t.account_id = f.account_id
      WHERE t.p_cure_30_no_contact IS NOT NULL ORDER BY f.account_id`,
  );
  const p = restoreModel(learner, saved).predict({
    rows,
    columns: [...columns].map(([name, column]) => ({ name, ...column })),
    groups: new Int32Array(rows),
    day: new Int32Array(rows),
  });
  const truth = columns.get('truth');
  if (truth?.kind !== 'numeric') throw new TypeError('the truth is a number');
  return { what, rows: set.matrix.rows, ...judge(p, truth.values) };
}

function judge(p: Float64Array, truth: Float64Array): Omit<Line, 'what' | 'rows'> {
  const order = Int32Array.from(p.keys()).sort((a, b) => p[a]! - p[b]!);
  const gaps = Array.from({ length: deciles }, (_, i) => {
    const part = order.subarray((i * p.length) / deciles, ((i + 1) * p.length) / deciles);
    return 100 * part.reduce((sum, row) => sum + (p[row]! - truth[row]!) / part.length, 0);
  });
  const mean = (values: Float64Array) => values.reduce((sum, value) => sum + value / values.length, 0);
  const [mp, mt] = [mean(p), mean(truth)];
  let [pt, pp, tt] = [0, 0, 0];
  for (let i = 0; i < p.length; i++) {
    pt += (p[i]! - mp) * (truth[i]! - mt);
    pp += (p[i]! - mp) ** 2;
    tt += (truth[i]! - mt) ** 2;
  }
  return {
    scored: p.length,
    bias: 100 * (mp - mt),
    worst: Math.max(...gaps.map(Math.abs)),
    byDecile: gaps.map((gap) => gap.toFixed(1)).join(' '),
    correlation: pt / Math.sqrt(pp * tt),
  };
}

/** The rungs one after the other, the better ones taken away: held out, weighted, left out without weights, as it was. */
async function rungs(context: Context): Promise<Line[]> {
  const { engine, registry } = context;
  const question = questionOf(registry, model);
  const parameters = question.parameters.parse({});
  const { chosen } = await decisionDatesOf(context, question, parameters, undefined);
  const look = () =>
    question.identify!((statement: Sql) => engine.rows(statement), engine.dialect, parameters, chosen);
  const lines: Line[] = [];
  const held = await look();
  if (held.identification === 'holdout') lines.push(await compare(context, 'held out', held));
  await engine.run(raw('CREATE TABLE kept_holdouts AS SELECT * FROM holdouts'));
  await engine.run(raw('DELETE FROM holdouts'));
  const weighted = await look();
  if (weighted.weights) {
    lines.push(await compare(context, 'weights for contact', weighted));
    const even = sql`SELECT w.account_id, w.as_of, 1e0 AS row_weight FROM (${weighted.weights}) w`;
    lines.push(await compare(context, 'contacted left out, no weights', { ...weighted, weights: even }));
  }
  const asItWas: Identified = { ladder: [], identification: 'current_policy', warnings: [] };
  lines.push(await compare(context, 'current policy', asItWas));
  return lines;
}

export default defineMeasure({
  title: 'Self-cure against the truth',
  about:
    'A scorecard trained on the simulated portfolio under each rung of identification, asked on the last date of accounts newly late, and compared with the chance without contact that the generator knows: mean error over all, the worst of ten tenths by score, and each tenth, in percentage points. The past policy called the worst first by a judgement that is not in the data, so weights leave some bias. About one account in twelve is scored: 6,200,000 accounts give 500,000.',
  accounts: 200_000,
  async run(bench) {
    const config = readConfig({
      workspace: bench.folder,
      threads: bench.threads,
      memoryLimit: bench.memoryLimit,
    });
    const { context, close } = await openWorkspace(config);
    try {
      const client = createClient(await callerOn(context));
      const job = await client.loads.sample({ body: { accounts: bench.accounts } });
      const ended = await context.jobs.finished(job.id);
      if (ended.state !== 'done') throw new Error(ended.error?.message);
      const sample = join(bench.folder, 'sample', readdirSync(join(bench.folder, 'sample'))[0] ?? '');
      const files = readdirSync(sample).filter(
        (name) => name.startsWith('truth') && name.endsWith('.parquet'),
      );
      const parts = files.map(
        (name) => `SELECT * FROM read_parquet('${join(sample, name).replaceAll("'", "''")}')`,
      );
      await context.engine.run(raw(`CREATE VIEW truth AS ${parts.join(' UNION ALL ')}`));
      const lines = await rungs(context);
      return {
        head: [
          'rung',
          'rows trained on',
          'scored',
          'mean error, pp',
          'worst tenth, pp',
          'tenths, pp',
          'correlation',
        ],
        rows: lines.map(({ what, rows, scored, bias, worst, byDecile, correlation }) => [
          what,
          rows,
          scored,
          Number(bias.toFixed(2)),
          Number(worst.toFixed(2)),
          byDecile,
          Number(correlation.toFixed(3)),
        ]),
      };
    } finally {
      await close();
    }
  },
});
