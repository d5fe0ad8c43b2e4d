import type { z } from 'zod';
import type { ModelVersion } from '#core/contract/models/models.ts';
import { type MonitoredVersion, monitoredVersion } from '#core/contract/models/monitoring.ts';
import { buildFeatures, type NamedFamily } from '#core/sql/features.ts';
import { raw, sql } from '#core/sql/sql.ts';
import { type Reference, reference } from '#models/monitoring/reference.ts';
import { watchesOf } from '#models/monitoring/watches.ts';
import type { Question } from '#models/question.ts';
import type { Context } from '../../context.ts';
import { dataVersion } from '../../store/data-version.ts';
import { named } from '../../store/models/model-titles.ts';
import { readSavedVersion } from '../../store/models/models.ts';
import { readCalendar } from '../../store/portfolio/calendar.ts';
import { readReport } from '../../store/portfolio/reports.ts';
import { workspaceToday } from '../../store/workspace.ts';
import { runInWorker } from '../../threads/workers.ts';
import { readFeatureRows } from '../explaining/rows.ts';
import { sampleShare } from '../reporting/sample-share.ts';
import { readTrainingSet } from '../training/matrix.ts';
import { decisionDatesOf, familyOf, questionOf, readParameters } from '../training/plan.ts';
import type { DateFound, MonitorTask } from './worker.ts';

/** A version as it is kept: with the reference, which outlives the data it was taken from. */
export const keptMonitoring = monitoredVersion.extend({ distribution: reference });
export type KeptMonitoring = z.output<typeof keptMonitoring>;

const workerFile = new URL('./worker.ts', import.meta.url);
/** Rows of the training, and of each scored date, whose columns are compared. */
const sampleRows = 20_000;
/** Dates of scores looked at, the latest. */
const shownDates = 6;

interface Watch {
  checkCancelled: () => void;
}

interface Scope {
  context: Context;
  version: ModelVersion;
  question: Question;
  parameters: unknown;
  families: NamedFamily[];
}

const ask = <Result extends Reference | DateFound>(task: MonitorTask, { checkCancelled }: Watch) =>
  runInWorker<MonitorTask, Result>(workerFile, task, { onProgress: () => {}, checkCancelled });

/** The reference kept when the version was first looked at, else taken now from the dates of its card. */
async function referenceFor(scope: Scope, watch: Watch): Promise<{ taken: Reference; exact: boolean }> {
  const { context, version, question, parameters, families } = scope;
  const { engine } = context;
  const kept = await readReport(engine, 'monitoring', version.id, keptMonitoring);
  if (kept) return { taken: kept.report.distribution, exact: kept.report.reference.exact };
  const { card } = version;
  const { chosen } = await decisionDatesOf(context, question, parameters, trainedOn(version));
  const set = { question, parameters, dates: chosen };
  const { share } = await sampleShare(engine, set, sampleRows);
  const { matrix } = await readTrainingSet(engine, set, families, { share, seed: card.learner.seed });
  const { model } = await readSavedVersion(engine, version.id);
  const taken = await ask<Reference>(
    { ask: 'reference', learnerId: version.learner, saved: model, matrix },
    watch,
  );
  return { taken, exact: card.data.dataVersion === (await dataVersion(engine)) };
}

const trainedOn = ({ card }: ModelVersion): string[] =>
  card.validation.trainedOn.length > 0 ? card.validation.trainedOn : card.population.asOf;

/** Dates this version scored, ascending, the latest few. */
async function scoredDates({ context, version }: Scope): Promise<{ asOf: string; rows: number }[]> {
  const rows = await context.engine.rows<{
    as_of: string;
    n: number;
  }>(sql`SELECT as_of, CAST(count(*) AS BIGINT) AS n
    FROM scores WHERE version_id = ${version.id} GROUP BY as_of ORDER BY as_of DESC LIMIT ${shownDates}`);
  return rows.map(({ as_of, n }) => ({ asOf: as_of, rows: n })).reverse();
}

/**
 * Scores of a date and, where its time has passed, what became of each account (NaN: not known). While it has not, only
 * endings that came early are known, and those are no sample of the rest. Of an identified question, only the rows that
 * can judge it are.
 */
async function scoresOf({ context, version, question, parameters }: Scope, asOf: string) {
  const { engine } = context;
  const scored = sql`SELECT s.account_id, a.customer_id, s.as_of, s.score FROM scores s
  JOIN current_accounts a ON a.account_id = s.account_id
  WHERE s.version_id = ${version.id} AND s.as_of = CAST(${asOf} AS DATE)`;
  const ended = question
    .decisionDates(parameters, await readCalendar(engine))
    .find((date) => date.asOf === asOf && !date.censored);
  const { dialect } = engine;
  const judged = ended && question.judgedOn?.(version.card.identification, dialect, parameters, [ended]);
  const kept = judged ? sql`JOIN ${judged} j ON j.account_id = o.account_id AND j.as_of = o.as_of` : raw('');
  const found = await engine.columns(
    ended
      ? sql`WITH scored AS (${scored}),
        known AS (SELECT o.* FROM (${question.outcomes(dialect, parameters, raw('scored'), [ended])}) o ${kept})
        SELECT s.score, ${dialect.float(sql`k.target`)} AS target FROM scored s
        LEFT JOIN known k ON k.account_id = s.account_id AND k.as_of = s.as_of ORDER BY s.account_id`
      : sql`WITH scored AS (${scored}) SELECT score FROM scored ORDER BY account_id`,
  );
  const numbers = (name: string): Float64Array | null => {
    const column = found.columns.get(name);
    return column?.kind === 'numeric' ? column.values : null;
  };
  return {
    ended: ended !== undefined,
    scores: numbers('score') ?? new Float64Array(0),
    targets: numbers('target'),
  };
}

/** Features of some of the rows scored on a date, drawn by a hash. */
function featuresOf({ context, version, families }: Scope, asOf: string) {
  const { engine } = context;
  const { dialect } = engine;
  return readFeatureRows(
    engine,
    families,
    sql`WITH population AS (SELECT s.account_id, a.customer_id, s.as_of FROM scores s
  JOIN current_accounts a ON a.account_id = s.account_id
  WHERE s.version_id = ${version.id} AND s.as_of = CAST(${asOf} AS DATE)
  ORDER BY ${dialect.md5(sql`s.account_id`)}, s.account_id LIMIT ${sampleRows})
SELECT f.* FROM (${buildFeatures(dialect, raw('population'), families)}) f ORDER BY f.account_id`,
  );
}

async function withdrawnLoads({ context, version }: Scope): Promise<number> {
  const live = await context.engine.rows<{ load_id: number }>(
    sql`SELECT load_id FROM loads WHERE state = 'live' ORDER BY load_id`,
  );
  const held = new Set(live.map(({ load_id }) => load_id));
  return version.card.data.loads.filter((load) => !held.has(load)).length;
}

/** Everything watched of one approved version, and what it is compared with. */
export async function monitorVersion(
  context: Context,
  version: ModelVersion,
  watch: Watch & { onDate: (asOf: string) => void },
): Promise<KeptMonitoring> {
  const { engine, registry } = context;
  const question = questionOf(registry, version.model);
  const saved = await readSavedVersion(engine, version.id);
  const scope: Scope = {
    context,
    version,
    question,
    parameters: readParameters(question.parameters, saved.parameters, 'question'),
    families: saved.families.map((id) => familyOf(registry, id)),
  };
  const { taken, exact } = await referenceFor(scope, watch);
  const titles = new Map(version.card.features.map(({ name, title }) => [name, title]));
  const ofDate = new Set(
    scope.families.flatMap(({ family }) =>
      family.columns.filter((one) => one.ofDate).map(({ name }) => name),
    ),
  );
  const [all] = version.card.results;
  const cardAuc = all?.auc ?? { estimate: null, lower: null, upper: null };
  const dates: MonitoredVersion['dates'] = [];
  for (const { asOf, rows } of await scoredDates(scope)) {
    watch.checkCancelled();
    watch.onDate(asOf);
    const { ended, scores, targets } = await scoresOf(scope, asOf);
    const matrix = await featuresOf(scope, asOf);
    const found = await ask<DateFound>(
      { ask: 'date', reference: taken, scores, targets, matrix, card: cardAuc },
      watch,
    );
    dates.push({
      asOf,
      rows,
      ended,
      ...found,
      features: found.features
        .filter(({ name }) => !ofDate.has(name))
        .map((one) => ({
          ...one,
          title: titles.get(one.name) ?? { es: one.name, en: one.name },
        })),
    });
  }
  const { expiresOn } = version.card;
  const today = await workspaceToday(context);
  return {
    versionId: version.id,
    model: version.model,
    title: named(registry, version.model, version.card.identification),
    learner: version.learner,
    state: version.state === 'champion' ? 'champion' : 'challenger',
    ...watchesOf(dates, { expiresOn, today, withdrawn: await withdrawnLoads(scope) }),
    expiresOn,
    cardAuc,
    reference: { rows: taken.rows, dates: trainedOn(version), exact },
    dates,
    distribution: taken,
  };
}
