import type { Changes, PersonExplanation } from '#core/contract/models/explaining.ts';
import { reasonSentence, scoreSentence } from '#core/people/reasons.ts';
import { buildFeatures, type NamedFamily } from '#core/sql/features.ts';
import { raw, sql } from '#core/sql/sql.ts';
import type { Matrix } from '#models/matrix.ts';
import type { Context } from '../../context.ts';
import { runInWorker } from '../../threads/workers.ts';
import { questionOf, readParameters } from '../training/plan.ts';
import { type AccountDate, accountOn, readFeatureRows, selectAccounts } from './rows.ts';
import { type Explainable, explainable } from './version.ts';
import type { ExplainResult, ExplainTask, RowsExplained } from './worker.ts';

const workerFile = new URL('./worker.ts', import.meta.url);
const quiet = { onProgress: () => {}, checkCancelled: () => {} };
/** Accounts whose values may be taken on when changes are searched. */
const observedRows = 4000;

export const explainInWorker = <Result extends ExplainResult>(
  task: ExplainTask,
  watch: Parameters<typeof runInWorker>[2] = quiet,
): Promise<Result> => runInWorker<ExplainTask, Result>(workerFile, task, watch);

const titleIn = ({ columns, version }: Explainable, name: string) =>
  columns.get(name)?.title ??
  version.card.features.find((feature) => feature.name === name)?.title ?? { es: name, en: name };

/** Why some accounts have the scores they have on their dates, in their order. */
export async function explainAccounts(
  context: Context,
  about: Explainable,
  accounts: readonly AccountDate[],
): Promise<Omit<PersonExplanation, 'score'>[]> {
  const { engine } = context;
  const statement = selectAccounts(engine, about.families, accounts);
  const matrix = await readFeatureRows(engine, about.families, statement);
  const { base, rows } = await explainInWorker<RowsExplained>({ ask: 'rows', ...about.model, matrix });
  return rows.map(({ probability, sum, reasons }, i) => ({
    versionId: about.version.id,
    accountId: accounts[i]!.accountId,
    asOf: accounts[i]!.asOf,
    probability,
    base,
    sum,
    corrected: about.saved.model.calibration !== null,
    sentence: scoreSentence(probability),
    reasons: reasons.map((reason) => {
      const title = titleIn(about, reason.feature);
      return {
        ...reason,
        title,
        sentence: reasonSentence(title, { value: reason.value, difference: reason.points }),
      };
    }),
  }));
}

/** @throws not_found, model_without_reasons */
export async function explainAccount(
  context: Context,
  versionId: string,
  asked: { accountId: string; asOf?: string | undefined },
): Promise<PersonExplanation> {
  const about = await explainable(context, versionId);
  const { score, ...account } = await accountOn(context, versionId, asked.accountId, asked.asOf);
  const [found] = await explainAccounts(context, about, [account]);
  return { ...found!, score };
}

/** Some of the accounts at risk on the date, drawn by a hash of their identifier: whose values may be taken on. */
async function observedOn(
  context: Context,
  about: Explainable,
  families: readonly NamedFamily[],
  asOf: string,
): Promise<Matrix> {
  const { engine, registry } = context;
  const { dialect } = engine;
  const question = questionOf(registry, about.version.model);
  const parameters = readParameters(question.parameters, about.saved.parameters, 'question');
  return readFeatureRows(
    engine,
    families,
    sql`WITH candidates AS (${question.candidates(dialect, parameters, [asOf])}),
population AS (SELECT account_id, customer_id, as_of FROM candidates WHERE excluded IS NULL
  ORDER BY ${dialect.md5(sql`account_id`)}, account_id LIMIT ${observedRows})
SELECT f.* FROM (${buildFeatures(dialect, raw('population'), families)}) f ORDER BY f.account_id`,
  );
}

/**
 * The smallest changes that would take an account's score across a cut-off. Columns of products, tenure, past months or
 * the person are never changed.
 *
 * @throws not_found, model_without_reasons
 */
export async function explainChanges(
  context: Context,
  versionId: string,
  asked: { accountId: string; asOf?: string | undefined; cutOff: number },
): Promise<Changes> {
  const { engine } = context;
  const about = await explainable(context, versionId);
  const account = await accountOn(context, versionId, asked.accountId, asked.asOf);
  const matrix = await readFeatureRows(
    engine,
    about.families,
    selectAccounts(engine, about.families, [account]),
  );
  const used = new Set(about.version.card.features.filter((one) => one.used).map(({ name }) => name));
  const changeable = [...about.columns.values()].filter(
    ({ name, changeable }) => changeable === true && used.has(name),
  );
  const moving = about.families.filter(({ id }) => changeable.some(({ family }) => family === id));
  const observed = await observedOn(context, about, moving, account.asOf);
  const found = await explainInWorker<Omit<Changes, 'columns'>>({
    ask: 'changes',
    ...about.model,
    matrix,
    observed,
    changeable: changeable.map(({ name }) => name),
    cutOff: asked.cutOff,
  });
  return { ...found, columns: changeable.map(({ name, title }) => ({ name, title })) };
}
