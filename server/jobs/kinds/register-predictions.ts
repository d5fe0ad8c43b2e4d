import type { PushedFormat } from '#core/contract/models/external.ts';
import { join, literal, sql } from '#core/sql/sql.ts';
import { layPushed, removePushed } from '../external/pushed.ts';
import { registerElsewhere } from '../external/register.ts';
import { requireSame, rowsOfVersion } from '../external/rows.ts';
import { jobKind, type StepResult, type StepRun } from '../job.ts';
import { trainingSetOf } from '../training/again.ts';

export interface PredictionsInput {
  model: string;
  versionId: string;
  matrixHash: string;
  method: string;
  format: PushedFormat;
  /** Name of the body among the uploads. */
  file: string;
}

/** Raised when what is saved changes its meaning. */
const format = 1;

async function register(step: StepRun<PredictionsInput>): Promise<StepResult> {
  const { context, input, jobId } = step;
  const rows = await rowsOfVersion(context, input.versionId);
  requireSame(rows, input);
  const keys = await trainingSetOf(context, input.versionId, new Set(), { accounts: true });
  const asked = sql`SELECT row_account AS account_id, row_day AS as_of FROM (${keys}) m`;
  const tested = rows.version.card.validation.testedOn.map((date) => sql`CAST(${literal(date)} AS DATE)`);
  const laid = await layPushed(context, { ...input, jobId }, asked, {
    asOf: null,
    required: sql`a.as_of IN (${join(tested)})`,
  });
  step.checkCancelled();
  const { columns } = await context.engine.columns(
    sql`SELECT probability FROM ${laid} laid ORDER BY as_of, account_id`,
  );
  const column = columns.get('probability');
  const probabilities = column?.kind === 'numeric' ? column.values : new Float64Array();
  return registerElsewhere(step, rows, {
    saved: { learner: 'external', fitted: { format, method: input.method }, calibration: null },
    options: { method: input.method, matrixHash: rows.matrixHash },
    probabilities,
    limit: {
      es: `«${input.method}» se hizo afuera: que cada fila la predijo un modelo que no la había visto lo afirma quien la envió.`,
      en: `"${input.method}" was made elsewhere: that each row was predicted by a model that had not seen it is what whoever pushed it says.`,
    },
  });
}

/** Registers predictions made elsewhere as a version of the question, judged on the rows of a version that is here. */
export default jobKind<PredictionsInput>({
  steps: [
    { name: 'register', run: register },
    {
      name: 'tidy',
      run: async ({ context, jobId, input }) => {
        await removePushed(context, jobId, input.file);
        return { output: null };
      },
    },
  ],
  result: (outputs) => outputs.register,
  cleanUp: ({ context, jobId, input }) => removePushed(context, jobId, input.file),
  audit({ register: made }) {
    const { versionId, model } = made as { versionId: string; model: string };
    return { versionId, model };
  },
});
