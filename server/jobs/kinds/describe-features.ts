import type { z } from 'zod';
import type { contract } from '#core/contract/index.ts';
import type { FeatureReport } from '#core/contract/models/feature-report.ts';
import { DomainError } from '#core/errors/domain-error.ts';
import type { ColumnFigures } from '#models/feature-report/describe.ts';
import type { DecisionDate } from '#models/question.ts';
import { dataVersion } from '../../store/data-version.ts';
import { keepReport } from '../../store/portfolio/reports.ts';
import { runInWorker } from '../../threads/workers.ts';
import { jobKind, type StepResult, type StepRun } from '../job.ts';
import type { DescribeTask } from '../reporting/describe-worker.ts';
import { sampleShare } from '../reporting/sample-share.ts';
import { readTrainingSet } from '../training/matrix.ts';
import { type Dates, decisionDatesOf, familiesAtHand, questionOf, readParameters } from '../training/plan.ts';
import { isoDay } from '../training/version.ts';

export type DescribeInput = z.output<typeof contract.features.make.body> & { model: string };

/** Rows a report reads at most; of a larger portfolio, whole customers are drawn. */
const rowLimit = 60_000;
const seed = 1;
const workerFile = new URL('../reporting/describe-worker.ts', import.meta.url);

/**
 * Dates with their whole horizon in the data: of the others only early endings are known, which say nothing of a rate.
 *
 * @throws outcome_not_observed naming the first date asked for without
 */
function wholeDates({ chosen, known, calendar }: Dates, asked: boolean, horizonDays: number): DecisionDate[] {
  const early = chosen.find(({ censored }) => censored);
  if (asked && early)
    throw new DomainError('outcome_not_observed', {
      asOf: early.asOf,
      last: calendar.dates.at(-1) ?? null,
      horizonDays,
    });
  const whole = chosen.filter(({ censored }) => !censored);
  return whole.length > 0 ? whole : known.filter(({ censored }) => !censored).slice(-1);
}

async function describe(step: StepRun<DescribeInput>): Promise<StepResult> {
  const { context, input } = step;
  const { engine } = context;
  const question = questionOf(context.registry, input.model);
  const parameters = readParameters(question.parameters, input.question, 'question');
  const { families, absent } = await familiesAtHand(context, question);
  const version = await dataVersion(engine);
  const dates = await decisionDatesOf(context, question, parameters, input.asOf);
  const chosen = wholeDates(dates, input.asOf !== undefined, question.horizonDays(parameters));
  step.progress(0.02, chosen.map(({ asOf }) => asOf).join(', '));
  const asOf = new Set(chosen.map((date) => date.asOf));
  const scope = { question, parameters, dates: chosen };
  const { known, share: sampled } = await sampleShare(engine, scope, rowLimit);
  if (known === 0)
    throw new DomainError('nobody_at_risk', { model: input.model, asOf: [...asOf].join(', ') });
  step.checkCancelled();
  const set = await readTrainingSet(engine, scope, families, { share: sampled, seed });
  step.checkCancelled();
  const figures = await runInWorker<DescribeTask, ColumnFigures[]>(
    workerFile,
    { matrix: set.matrix },
    {
      onProgress: ({ done, note }) => step.progress(0.4 + 0.6 * done, note),
      checkCancelled: () => step.checkCancelled(),
    },
  );
  const columns = new Map(
    families.flatMap(({ id, family }) =>
      family.columns.map((column) => [
        column.name,
        { family: id, ...column, known: column.known ?? family.known },
      ]),
    ),
  );
  const about = (name: string) => columns.get(name)!;
  const report: FeatureReport = {
    model: input.model,
    title: question.text.title,
    question: question.describe(parameters, dates.calendar),
    dates: [...asOf],
    rows: set.matrix.rows,
    customers: set.customers,
    rate: set.events / set.matrix.rows,
    sampled,
    features: figures.map(({ byDate, correlated, drift, ...rest }) => {
      const { family, title, known, ofDate = false } = about(rest.name);
      return {
        ...rest,
        family,
        title,
        known,
        drift: ofDate ? null : drift,
        byDate: byDate.map(({ day, shift, ...one }) => ({
          asOf: isoDay(day),
          ...one,
          shift: ofDate ? null : shift,
        })),
        correlated: correlated.map((one) => ({ ...one, title: about(one.name).title })),
      };
    }),
    absent: absent.map(({ id, family }) => ({ id, title: family.text.title, needs: [...family.needs] })),
  };
  const madeAt = context.now().toISOString();
  return {
    output: { model: input.model, rows: report.rows, features: report.features.length, dates: report.dates },
    publish: (session) =>
      keepReport(
        session,
        { kind: 'features', subject: input.model, dataVersion: version, madeAt, by: step.by },
        report,
      ),
  };
}

/** Describes every feature at the dates of a question; nothing is refused, so that what stops a training can be seen. */
export default jobKind<DescribeInput>({
  steps: [{ name: 'describe', run: describe }],
  result: (outputs) => outputs.describe,
  audit: (outputs) => {
    const { model, rows } = outputs.describe as { model: string; rows: number };
    return { model, rows };
  },
});
