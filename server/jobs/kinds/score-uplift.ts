import type { z } from 'zod';
import type { contract } from '#core/contract/index.ts';
import { DomainError } from '#core/errors/domain-error.ts';
import { raw, sql } from '#core/sql/sql.ts';
import type { MatrixColumn } from '#models/matrix.ts';
import { selectPeople } from '#models/uplift/data/decision-set.ts';
import { type Predicted, stratumOf } from '#models/uplift/predict.ts';
import { type SavedUplift, savedUplift } from '#models/uplift/saved.ts';
import type { AppendedRows, Session } from '../../engine/engine.ts';
import { dataVersion } from '../../store/data-version.ts';
import { type ChannelInputs, ofChannelRun, storeChoices } from '../../store/models/channel-scores.ts';
import { championOf, readSavedVersion, readVersion } from '../../store/models/models.ts';
import { lastSnapshot, snapshotDates } from '../../store/portfolio/facts.ts';
import { runInWorker } from '../../threads/workers.ts';
import { jobKind, type StepResult, type StepRun } from '../job.ts';
import { familiesAtHand, familyOf, readParameters } from '../training/plan.ts';
import { judgeEveryone } from '../uplift/allowed.ts';
import type { PredictCall } from '../uplift/predict-worker.ts';
import { upliftQuestionOf } from '../uplift/read.ts';

type Input = z.output<typeof contract.scores.create.body>;

const workerFile = new URL('../uplift/predict-worker.ts', import.meta.url);

/** The date asked for, or the last one with balances. @throws as_of_not_snapshot, no_snapshots */
async function scoringDate({ context, input }: StepRun<Input>): Promise<string> {
  const last = await lastSnapshot(context.engine);
  if (!input.asOf || input.asOf === last) return last;
  const dates = await snapshotDates(context.engine);
  if (!dates.includes(input.asOf))
    throw new DomainError('as_of_not_snapshot', { asOf: input.asOf, first: dates[0] ?? null, last });
  return input.asOf;
}

/** Everybody to decide on the day after the date, with the effect of every channel on them and what the rules allow. */
async function score(step: StepRun<Input>): Promise<StepResult> {
  const { context, input } = step;
  const { engine } = context;
  const versionId = input.versionId ?? (await championOf(engine, input.model));
  const version = await readVersion(engine, versionId);
  if (version.state === 'retired') throw new DomainError('version_retired', { versionId });
  if (version.approvedBy === null)
    throw new DomainError('model_not_approved', { versionId, model: version.model });
  const asOf = await scoringDate(step);
  const question = upliftQuestionOf(context, version.model, versionId);
  const kept = await readSavedVersion(engine, versionId);
  const saved = savedUplift.parse(kept.model.fitted);
  if (saved.strata.every(({ arms }) => arms.every(({ effect }) => effect.kind === 'none')))
    throw new DomainError('uplift_no_effects', { versionId });
  const parameters = readParameters(question.parameters, kept.parameters, 'question');
  const { absent } = await familiesAtHand(context, question);
  const lost = absent.find(({ id }) => kept.families.includes(id))?.family.columns[0];
  if (lost) throw new DomainError('model_column_missing', { column: lost.name });
  const families = kept.families.map((id) => familyOf(context.registry, id));
  const set = await engine.columns(selectPeople(engine.dialect, { question, parameters, families }, asOf));
  if (set.rows === 0) throw new DomainError('nobody_at_risk', { model: version.model, asOf });
  step.checkCancelled();
  const textOf = (name: string): string[] => {
    const column = set.columns.get(name);
    return column?.kind === 'categorical'
      ? Array.from(column.codes, (code) => column.categories[code] ?? '')
      : Array.from({ length: set.rows }, () => '');
  };
  const stratum = Int32Array.from(textOf('row_place'), (place) => stratumOf(saved, place));
  const arms = question.arms.slice(1).map(({ id }) => id);
  const predicted = await runInWorker<PredictCall, Predicted>(
    workerFile,
    {
      learnerId: version.learner,
      saved,
      arms,
      matrix: {
        rows: set.rows,
        columns: saved.columns.map((name): MatrixColumn => ({ name, ...set.columns.get(name)! })),
        groups: Int32Array.from({ length: set.rows }, (_, i) => i),
        day: new Int32Array(set.rows),
      },
      stratum,
    },
    {
      onProgress: ({ done, note }) => step.progress(done, note),
      checkCancelled: () => step.checkCancelled(),
    },
  );
  const { amounts, costs } = version.card.uplift ?? { amounts: [], costs: [] };
  const inputs: ChannelInputs = {
    amounts: amounts.flatMap(({ currency, share }) => (share === null ? [] : [{ currency, share }])),
    costs: costs.map(({ currency, arm, mean }) => ({ currency, channel: arm, cost: Number(mean) })),
  };
  const run = { versionId, asOf };
  const data = await dataVersion(engine);
  const output = { versionId, model: version.model, asOf, rows: set.rows, decidedOn: '' };
  return {
    output,
    publish: async (session) => {
      await session.run(sql`DELETE FROM channel_scores WHERE ${ofChannelRun(run)}`);
      await session.run(sql`DELETE FROM channel_runs WHERE ${ofChannelRun(run)}`);
      await session.run(
        sql`CREATE OR REPLACE TEMP TABLE decided_all AS SELECT * FROM (${question.people(engine.dialect, parameters, asOf)}) p`,
      );
      await session.run(
        raw('CREATE OR REPLACE TEMP TABLE decided_people AS SELECT customer_id FROM decided_all'),
      );
      await session.run(
        sql`CREATE OR REPLACE TEMP TABLE decided_channels AS SELECT channel FROM ${engine.dialect.inline(
          [['channel', 'text']],
          arms.map((arm) => [arm]),
        )} c`,
      );
      await appendPredicted(session, textOf('row_customer'), saved, stratum, predicted);
      const next = new Date(Date.parse(asOf) + 86_400_000).toISOString().slice(0, 10);
      const { decidedOn, notJudged } = await judgeEveryone(context, session, next);
      output.decidedOn = decidedOn;
      const permitted = arms.map((arm) => `WHEN '${arm}' THEN d.permitted_${arm}`).join(' ');
      await session.run(sql`INSERT INTO channel_scores SELECT ${versionId}, d.customer_id, d.account_id, CAST(${asOf} AS DATE), p.channel, p.identification,
  p.none, p.effect, p.w1, p.w2, p.w3, p.w4, p.w5, d.currency, d.arrears, CASE p.channel ${raw(permitted)} END = 1,
  b.rule IS NULL, b.rule, NULL, false, 'unknown'
FROM decided_predicted p JOIN decided_all d ON d.customer_id = p.customer_id
LEFT JOIN decided_blocks b ON b.customer_id = p.customer_id AND b.channel = p.channel ORDER BY d.customer_id, p.channel`);
      await session.run(sql`INSERT INTO channel_runs VALUES (${versionId}, CAST(${asOf} AS DATE), CAST(${decidedOn} AS DATE), ${set.rows},
  ${JSON.stringify(inputs)}, ${JSON.stringify(notJudged)}, ${data}, ${context.now().toISOString().replace('Z', '')}, ${step.by})`);
      await storeChoices(session, run, inputs);
      for (const name of ['all', 'people', 'channels', 'predicted', 'blocks'])
        await session.run(raw(`DROP TABLE IF EXISTS decided_${name}`));
    },
  };
}

/** The predictions as the temporary table `decided_predicted`, one row for each person and channel. */
async function appendPredicted(
  session: Session,
  customers: readonly string[],
  saved: SavedUplift,
  stratum: Int32Array,
  { none, arms }: Predicted,
): Promise<void> {
  await session.run(
    raw(`CREATE OR REPLACE TEMP TABLE decided_predicted (customer_id VARCHAR, channel VARCHAR, identification VARCHAR, none DOUBLE, effect DOUBLE,
  w1 DOUBLE, w2 DOUBLE, w3 DOUBLE, w4 DOUBLE, w5 DOUBLE)`),
  );
  const identified = Array.from(stratum, (number) => saved.strata[number]!.identification);
  const batches = arms.map(
    ({ arm, effect, withoutFold }): AppendedRows => ({
      rows: customers.length,
      columns: [customers, customers.map(() => arm), identified, none, effect, ...withoutFold],
    }),
  );
  await session.append('decided_predicted', batches);
}

export default jobKind<Input>({
  steps: [{ name: 'score', run: score }],
  result: ({ score: scored }) => scored,
  audit: ({ score: scored }) => ({ ...(scored as { versionId: string; rows: number }) }),
});
