import type { UpliftSection } from '#core/contract/models/uplift.ts';
import { DomainError } from '#core/errors/domain-error.ts';
import type { NamedFamily } from '#core/sql/features.ts';
import { raw, sql } from '#core/sql/sql.ts';
import type { DecisionDate } from '#models/question.ts';
import {
  amountShares,
  countDecisions,
  featureNames,
  selectDecisions,
} from '#models/uplift/data/decision-set.ts';
import { type Decisions, readDecisions } from '#models/uplift/data/strata.ts';
import { isUplift, type UpliftQuestion } from '#models/uplift/question.ts';
import type { DecisionCount } from '#models/uplift/report/card.ts';
import type { Context } from '../../context.ts';
import type { Engine } from '../../engine/engine.ts';
import { questionOf } from '../training/plan.ts';

/** @throws not_found, uplift_not_a_version */
export function upliftQuestionOf({ registry }: Context, model: string, versionId = ''): UpliftQuestion {
  const question = questionOf(registry, model);
  if (!isUplift(question)) throw new DomainError('uplift_not_a_version', { versionId, model });
  return question;
}

interface Scope {
  question: UpliftQuestion;
  parameters: unknown;
  families: readonly NamedFamily[];
}

export type CountRow = DecisionCount & { recorded: number; place: string | null };

export const readCounts = (
  engine: Engine,
  scope: Omit<Scope, 'families'>,
  dates: readonly DecisionDate[],
): Promise<CountRow[]> => engine.rows<CountRow>(countDecisions(engine.dialect, scope, dates));

export const readExcluded = (
  engine: Engine,
  { question, parameters }: Omit<Scope, 'families'>,
  dates: readonly DecisionDate[],
): Promise<{ excluded: string; n: number }[]> =>
  engine.rows(sql`SELECT excluded, CAST(count(*) AS BIGINT) AS n
FROM (${question.candidates(
    engine.dialect,
    parameters,
    dates.map(({ asOf }) => asOf),
  )}) c WHERE excluded IS NOT NULL GROUP BY excluded ORDER BY excluded`);

/** Past decisions as they are trained on, in shared memory. */
export async function readSet(
  engine: Engine,
  scope: Scope,
  dates: readonly DecisionDate[],
  sample: { share: number; seed: number },
): Promise<Decisions> {
  const { columns } = await engine.columns(selectDecisions(engine.dialect, scope, dates, sample));
  return readDecisions(
    columns,
    scope.question.arms.map(({ id }) => id),
    featureNames(scope.question, scope.families),
  );
}

export const readAmounts = (
  engine: Engine,
  scope: Omit<Scope, 'families'>,
  dates: readonly DecisionDate[],
): Promise<UpliftSection['amounts']> =>
  engine.rows(
    sql`SELECT * FROM (${amountShares(engine.dialect, scope, dates)}) a WHERE payers > 0 ORDER BY currency`,
  );

/** Mean cost of an attempt by currency of the account and channel, exact to the cent; what has no cost is left out. */
export const readCosts = (engine: Engine): Promise<UpliftSection['costs']> =>
  engine.rows(
    raw(`SELECT a.currency, c.channel AS arm, CAST(count(*) AS BIGINT) AS n,
  CAST(CAST(sum(c.cost) / count(*) AS DECIMAL(18,2)) AS VARCHAR) AS mean
FROM current_contacts c JOIN current_accounts a ON a.account_id = c.account_id
WHERE c.cost IS NOT NULL GROUP BY a.currency, c.channel ORDER BY a.currency, c.channel`),
  );
