import type { Explanation } from '#core/contract/models/explaining.ts';
import { dataVersion } from '../../store/data-version.ts';
import { keepReport } from '../../store/portfolio/reports.ts';
import { explainInWorker } from '../explaining/explain.ts';
import { explainable } from '../explaining/version.ts';
import type { AllExplained } from '../explaining/worker.ts';
import { jobKind, type StepResult, type StepRun } from '../job.ts';
import { sampleShare } from '../reporting/sample-share.ts';
import { readTrainingSet } from '../training/matrix.ts';
import { decisionDatesOf, questionOf, readParameters } from '../training/plan.ts';

export interface ExplainInput {
  versionId: string;
}

/** Rows looked at; their customers are drawn by a hash, so that they are the same every time. */
const rowLimit = 1000;

async function explain(step: StepRun<ExplainInput>): Promise<StepResult> {
  const { context, input } = step;
  const { engine } = context;
  const about = await explainable(context, input.versionId);
  const { version, saved, families, columns } = about;
  const data = await dataVersion(engine);
  const question = questionOf(context.registry, version.model);
  const parameters = readParameters(question.parameters, saved.parameters, 'question');
  const { population, learner } = version.card;
  const { chosen } = await decisionDatesOf(context, question, parameters, population.asOf);
  const scope = { question, parameters, dates: chosen };
  const { share } = await sampleShare(engine, scope, rowLimit);
  const { matrix } = await readTrainingSet(engine, scope, families, { share, seed: learner.seed });
  step.checkCancelled();
  const found = await explainInWorker<AllExplained>(
    { ask: 'all', ...about.model, matrix },
    {
      onProgress: ({ done, note }) => step.progress(done, note),
      checkCancelled: () => step.checkCancelled(),
    },
  );
  const explanation: Explanation = {
    versionId: version.id,
    model: version.model,
    rows: matrix.rows,
    dates: population.asOf,
    base: found.base,
    columns: found.columns.map((column) => {
      const known = columns.get(column.name);
      return {
        ...column,
        family: known?.family ?? '',
        title: known?.title ?? { es: column.name, en: column.name },
      };
    }),
  };
  const madeAt = context.now().toISOString();
  return {
    output: { versionId: version.id, rows: matrix.rows, columns: found.columns.length },
    publish: (session) =>
      keepReport(
        session,
        { kind: 'explanation', subject: version.id, dataVersion: data, madeAt, by: step.by },
        explanation,
      ),
  };
}

/** Explains a version as a whole, on rows of the dates of its card. */
export default jobKind<ExplainInput>({
  steps: [{ name: 'explain', run: explain }],
  result: (outputs) => outputs.explain,
  audit: (outputs) => ({ ...(outputs.explain as { versionId: string; rows: number }) }),
});
