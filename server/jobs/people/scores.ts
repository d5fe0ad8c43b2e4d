import type { z } from 'zod';
import type { ModelCard } from '#core/contract/models/card.ts';
import type { PersonScore, scoreReason } from '#core/contract/person-views.ts';
import { reasonSentence, scoreSentence } from '#core/people/reasons.ts';
import { buildFeatures } from '#core/sql/features.ts';
import { raw, sql } from '#core/sql/sql.ts';
import type { Text } from '#core/text/text.ts';
import { explainRow } from '#models/scorecard/reasons.ts';
import { savedScorecard } from '#models/scorecard/saved.ts';
import { applyCalibration } from '#models/training/calibrate.ts';
import type { Context } from '../../context.ts';
import { readSavedVersion, readVersion } from '../../store/models.ts';
import { familyOf, questionOf } from '../training/plan.ts';

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

type Features = Record<string, string | number | null>;

/** The features of some accounts on a date, worked out as when they were scored. */
async function featuresOf(
  context: Context,
  families: readonly string[],
  customerId: string,
  rows: readonly ScoreRow[],
): Promise<Map<string, Features>> {
  const { engine, registry } = context;
  const { dialect } = engine;
  const population = dialect.inline(
    [
      ['account_id', 'text'],
      ['customer_id', 'text'],
      ['as_of', 'date'],
    ],
    rows.map((row) => [row.account_id, customerId, row.as_of]),
  );
  const found = await engine.rows<Features>(
    sql`WITH population AS (SELECT * FROM ${population} v) ${buildFeatures(
      dialect,
      raw('population'),
      families.map((id) => familyOf(registry, id)),
    )} ORDER BY p.account_id`,
  );
  return new Map(found.map((row) => [`${row.account_id}`, row]));
}

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

/**
 * The scores of a person’s accounts and, where a scorecard made them, the exact points of every characteristic against
 * the average of the people it learnt from. `current` says whether the data of today still give the stored score.
 */
export async function explainScores(context: Context, customerId: string): Promise<PersonScore[]> {
  const rows = await newestScores(context, customerId);
  const scores: PersonScore[] = [];
  for (const versionId of new Set(rows.map((row) => row.version_id))) {
    const version = await readVersion(context.engine, versionId);
    if (version.state === 'retired') continue;
    const mine = rows.filter((row) => row.version_id === versionId);
    const { title } = questionOf(context.registry, version.model).text;
    const saved = version.learner === 'scorecard' ? await readSavedVersion(context.engine, versionId) : null;
    const card = saved && savedScorecard.safeParse(saved.model.fitted);
    const features =
      saved && card?.success ? await featuresOf(context, saved.families, customerId, mine) : null;
    for (const row of mine) {
      const values = features?.get(row.account_id);
      const explained = values && card?.success ? explainRow(card.data, values) : null;
      const line = saved?.model.calibration;
      const plain = explained && Float64Array.of(explained.probability);
      const today = plain && (line ? applyCalibration(line, plain) : plain)[0];
      scores.push({
        accountId: row.account_id,
        model: version.model,
        title,
        versionId,
        asOf: row.as_of,
        score: row.score,
        sentence: scoreSentence(row.score),
        reasons: explained && reasonsOf(version.card, explained),
        current: typeof today === 'number' ? closeTo(today, row.score) : null,
        points: explained?.points ?? null,
        averagePoints: explained?.average ?? null,
      });
    }
  }
  return scores.toSorted((a, b) =>
    a.asOf < b.asOf ? 1 : a.asOf > b.asOf ? -1 : a.accountId < b.accountId ? -1 : 1,
  );
}
