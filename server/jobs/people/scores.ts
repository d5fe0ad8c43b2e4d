import type { z } from 'zod';
import type { ModelCard } from '#core/contract/models/card.ts';
import type { ModelVersion } from '#core/contract/models/models.ts';
import type { PersonScore, scoreReason } from '#core/contract/portfolio/person-views.ts';
import { reasonSentence, scoreSentence } from '#core/people/reasons.ts';
import { sql } from '#core/sql/sql.ts';
import type { Text } from '#core/text/text.ts';
import { valuesOfRow } from '#models/explain/reasons.ts';
import { explainRow } from '#models/scorecard/reasons.ts';
import { savedScorecard } from '#models/scorecard/saved.ts';
import { restoreModel } from '#models/training/trained.ts';
import type { Context } from '../../context.ts';
import { named } from '../../store/models/model-titles.ts';
import { readVersion } from '../../store/models/models.ts';
import { explainAccounts } from '../explaining/explain.ts';
import { type AccountDate, readFeatureRows, selectAccounts } from '../explaining/rows.ts';
import { type Explainable, explainable } from '../explaining/version.ts';
import { learnerOf, questionOf } from '../training/plan.ts';

interface ScoreRow {
  version_id: string;
  account_id: string;
  as_of: string;
  score: number;
}

/** The newest score of each account by each version that is not retired. */
const newestScores = ({ engine }: Context, customerId: string): Promise<ScoreRow[]> =>
  engine.rows<ScoreRow>(sql`
    SELECT version_id, account_id, max(as_of) AS as_of, arg_max(score, as_of) AS score FROM scores
    WHERE account_id IN (SELECT account_id FROM current_accounts WHERE customer_id = ${customerId})
    GROUP BY version_id, account_id ORDER BY version_id, account_id`);

const closeTo = (a: number, b: number): boolean => Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(b));

function reasonsOf(
  card: ModelCard,
  explained: ReturnType<typeof explainRow>,
): z.output<typeof scoreReason>[] {
  const titleOf = (name: string): Text =>
    card.features.find((feature) => feature.name === name)?.title ?? { es: name, en: name };
  return explained.contributions.map((one) => ({
    ...one,
    title: titleOf(one.feature),
    sentence: reasonSentence(titleOf(one.feature), one),
  }));
}

type Told = Pick<PersonScore, 'reasons' | 'points' | 'averagePoints'> & { today: number };

/** The exact points of every characteristic of a scorecard, for each account in turn. */
async function tellPoints(
  context: Context,
  about: Explainable,
  accounts: readonly AccountDate[],
): Promise<Told[]> {
  const { engine, registry } = context;
  const { version, saved, families } = about;
  const card = savedScorecard.parse(saved.model.fitted);
  const matrix = await readFeatureRows(engine, families, selectAccounts(engine, families, accounts));
  const today = restoreModel(learnerOf(registry, version.learner), saved.model).predict(matrix);
  return Array.from(today, (probability, row) => {
    const explained = explainRow(card, valuesOfRow(matrix, row));
    return {
      reasons: reasonsOf(version.card, explained),
      points: explained.points,
      averagePoints: explained.average,
      today: probability,
    };
  });
}

/** What each column adds for any other learner that tells, in points against the people it learnt from. */
async function tellContributions(
  context: Context,
  about: Explainable,
  accounts: readonly AccountDate[],
): Promise<Told[]> {
  const explained = await explainAccounts(context, about, accounts);
  return explained.map(({ probability, reasons }) => ({
    reasons: reasons.map(({ contribution: _, points, ...reason }) => ({
      ...reason,
      bin: null,
      points,
      average: 0,
      difference: points,
    })),
    points: null,
    averagePoints: null,
    today: probability,
  }));
}

async function tell(
  context: Context,
  version: ModelVersion,
  accounts: readonly AccountDate[],
): Promise<Told[] | null> {
  const { kind = 'probability' } = questionOf(context.registry, version.model);
  if (kind !== 'probability') return null;
  const about = await explainable(context, version.id).catch(() => null);
  if (!about) return null;
  return version.learner === 'scorecard'
    ? tellPoints(context, about, accounts)
    : tellContributions(context, about, accounts);
}

/**
 * The scores of a person’s accounts and, where the learner tells, what every characteristic adds against the average of
 * the people it learnt from. `current` says whether the data of today still give the stored score.
 */
export async function explainScores(context: Context, customerId: string): Promise<PersonScore[]> {
  const rows = await newestScores(context, customerId);
  const scores: PersonScore[] = [];
  for (const versionId of new Set(rows.map((row) => row.version_id))) {
    const version = await readVersion(context.engine, versionId);
    if (version.state === 'retired') continue;
    const mine = rows.filter((row) => row.version_id === versionId);
    const title = named(context.registry, version.model, version.card.identification);
    const accounts = mine.map((row) => ({ accountId: row.account_id, customerId, asOf: row.as_of }));
    const told = await tell(context, version, accounts);
    mine.forEach((row, i) => {
      const { today, ...why } = told?.[i] ?? {
        reasons: null,
        points: null,
        averagePoints: null,
        today: null,
      };
      scores.push({
        accountId: row.account_id,
        model: version.model,
        title,
        versionId,
        asOf: row.as_of,
        score: row.score,
        sentence: scoreSentence(row.score),
        ...why,
        current: today === null ? null : closeTo(today, row.score),
      });
    });
  }
  return scores.toSorted((a, b) =>
    a.asOf < b.asOf ? 1 : a.asOf > b.asOf ? -1 : a.accountId < b.accountId ? -1 : 1,
  );
}
