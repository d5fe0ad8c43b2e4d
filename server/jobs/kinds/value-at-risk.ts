import type { z } from 'zod';
import type { contract } from '#core/contract/index.ts';
import type { CurrencyRisk, RiskResult } from '#core/contract/models/risk.ts';
import { DomainError } from '#core/errors/domain-error.ts';
import { riskParameters } from '#core/risk/parameters.ts';
import { type ProductTerms, type ValueInput, valueRows } from '#core/risk/value-rows.ts';
import { type Sql, sql } from '#core/sql/sql.ts';
import type { Session } from '../../engine/engine.ts';
import { dataVersion } from '../../store/data-version.ts';
import { championOf, readSavedVersion, readVersion } from '../../store/models/models.ts';
import { insertRun } from '../../store/models/risk.ts';
import { lastSnapshot, scoreSources, wasScored } from '../../store/portfolio/facts.ts';
import { instant } from '../../store/workspace.ts';
import { jobKind, type StepResult, type StepRun } from '../job.ts';
import { questionOf, readParameters } from '../training/plan.ts';
import { avoidableValue } from '../valuing/avoidable.ts';
import { assessCurrency } from '../valuing/currency.ts';
import { lossesGivenDefault } from '../valuing/lgd.ts';

type Input = z.output<typeof contract.risk.run.body>;

export const riskModel = 'value-at-risk';

/** The version asked for, or the champion, and the date it is read on. @throws risk_other_model, risk_not_scored */
async function scoredVersion({ context, input }: StepRun<Input>) {
  const { engine } = context;
  const versionId = input.versionId ?? (await championOf(engine, riskModel));
  const version = await readVersion(engine, versionId);
  if (version.model !== riskModel)
    throw new DomainError('risk_other_model', { versionId, model: version.model });
  const last = await engine.first<{ as_of: string | null }>(
    sql`SELECT max(as_of) AS as_of FROM score_runs WHERE version_id = ${versionId}`,
  );
  const asOf = input.asOf ?? last?.as_of ?? (await lastSnapshot(engine));
  if (!(await wasScored(engine, versionId, asOf)))
    throw new DomainError('risk_not_scored', { asOf, model: riskModel });
  return { version, asOf };
}

/** Champions of the two parts of recovery, where both were run on the date. */
async function recoveryVersions(session: Session, asOf: string): Promise<ValueInput['recovery']> {
  const sources = await scoreSources(session, asOf);
  const of = (model: string) => sources.find((source) => source.model === model)?.versionId;
  const [any, amount] = [of('recovery'), of('recovery-amount')];
  return any && amount ? { any, amount } : null;
}

interface Counts {
  without_score: number;
  without_balance: number;
  raised: number;
}

/** Accounts that are left out or whose probability was moved. @throws risk_currency_missing */
async function countLeftOut(session: Session, input: ValueInput, rows: Sql): Promise<Counts> {
  const unpriced = await session.first<{ n: number }>(
    sql`SELECT CAST(count(*) AS BIGINT) AS n FROM current_accounts WHERE currency IS NULL`,
  );
  if (unpriced && unpriced.n > 0) throw new DomainError('risk_currency_missing', { accounts: unpriced.n });
  const balance = await session.first<{
    n: number;
  }>(sql`SELECT CAST(count(*) AS BIGINT) AS n FROM (${input.population}) p
    JOIN current_snapshots s ON s.account_id = p.account_id AND s.as_of = p.as_of WHERE p.excluded IS NULL AND s.balance IS NULL`);
  const counted = await session.first<
    Omit<Counts, 'without_balance'>
  >(sql`SELECT CAST(count(*) FILTER (WHERE NOT defaulted AND pd IS NULL) AS BIGINT) AS without_score,
    CAST(count(*) FILTER (WHERE raw_pd < ${input.parameters.pdFloor}) AS BIGINT) AS raised FROM (${rows}) v`);
  return { without_score: 0, raised: 0, ...counted, without_balance: balance?.n ?? 0 };
}

async function value(step: StepRun<Input>): Promise<StepResult> {
  const { context, input, jobId } = step;
  const { engine } = context;
  const parameters = readParameters(riskParameters, input.parameters, 'parameters');
  const { version, asOf } = await scoredVersion(step);
  const saved = await readSavedVersion(engine, version.id);
  const question = questionOf(context.registry, riskModel);
  const asked = readParameters(question.parameters, saved.parameters, 'question');
  const made = await dataVersion(engine);
  step.progress(0.02, asOf);
  const lgd = await lossesGivenDefault(engine, parameters);
  const terms = lgd.map(
    (one): ProductTerms => ({
      product: one.product,
      currency: one.currency,
      kind: one.kind,
      correlation: parameters.correlations[one.product] ?? null,
      lgd: one.lgd.estimate,
    }),
  );
  const recovery = await recoveryVersions(engine, asOf);
  const population = question.candidates(engine.dialect, asked, [asOf]);
  const given: ValueInput = { asOf, versionId: version.id, parameters, terms, recovery, population };
  const rows = valueRows(engine.dialect, given);
  const counts = await countLeftOut(engine, given, rows);
  const held = await engine.rows<{ currency: string }>(
    sql`SELECT DISTINCT currency FROM (${rows}) v WHERE defaulted OR pd IS NOT NULL ORDER BY currency`,
  );
  if (held.length === 0) throw new DomainError('risk_portfolio_empty', { accounts: 0 });
  const currencies: CurrencyRisk[] = [];
  for (const [i, { currency }] of held.entries()) {
    const onProgress = (done: number) => step.progress(0.05 + (0.9 * (i + done)) / held.length, currency);
    onProgress(0);
    const own = lgd.filter((one) => one.currency === currency);
    const { level, years, seed } = parameters;
    currencies.push(
      await assessCurrency(step, { rows, currency, lgd: own, asked: { level, years, seed } }, onProgress),
    );
    step.checkCancelled();
  }
  const used = new Set(
    currencies.flatMap(({ currency, rows: own }) => own.map(({ product }) => `${product}\n${currency}`)),
  );
  const result: RiskResult = {
    horizonDays: version.card.horizonDays,
    parameters,
    currencies,
    lgd: lgd.filter(({ product, currency }) => used.has(`${product}\n${currency}`)),
    withoutScore: counts.without_score,
    withoutBalance: counts.without_balance,
    raisedToFloor: counts.raised,
    lgdByAccount: recovery !== null,
    avoidable: await avoidableValue(engine, question, asked),
  };
  return {
    output: {
      runId: jobId,
      asOf,
      accounts: currencies.reduce((sum, { accounts }) => sum + accounts, 0),
      missing: [...new Set(currencies.flatMap(({ missing }) => missing))],
    },
    publish: (session) =>
      insertRun(
        session,
        {
          id: jobId,
          versionId: version.id,
          asOf,
          result,
          dataVersion: made,
          at: instant(context.now()),
          by: step.by,
        },
        rows,
      ),
  };
}

/** What every account is expected to lose on a date, and what the portfolio of each currency can lose in a year. */
export default jobKind<Input>({
  steps: [{ name: 'value', run: value }],
  result: ({ value: valued }) => valued,
  audit({ value: valued }) {
    const { runId, asOf, accounts } = valued as { runId: string; asOf: string; accounts: number };
    return { runId, asOf, accounts };
  },
});
