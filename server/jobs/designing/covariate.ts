import type { ModelCard } from '#core/contract/models/card.ts';
import { type CovariateSource, covariateNote } from '#core/experiment/notes.ts';
import { sql } from '#core/sql/sql.ts';
import type { Text } from '#core/text/text.ts';
import type { Context } from '../../context.ts';
import { versionTitles } from '../../store/models/model-titles.ts';
import type { DesignPeople } from './people.ts';

export interface Covariate {
  r2: number;
  note: Text;
}

/**
 * What the clearing score explains of whether people clear: as it did in the past, else as its model's card says.
 *
 * @param past squared correlation in the past; null: not known
 */
export async function clearingCovariate(
  context: Context,
  { score }: DesignPeople,
  past: number | null,
): Promise<Covariate> {
  const titles = score ? await versionTitles(context.engine, context.registry, [score.versionId]) : null;
  const told = (source: CovariateSource, r2: number) => ({
    r2,
    note: covariateNote(source, r2, (score && titles?.get(score.versionId)) ?? null),
  });
  if (!score) return told('none', 0);
  if (past !== null) return told('past_scores', past);
  const row = await context.engine.first<{ card: string }>(
    sql`SELECT card FROM model_versions WHERE version_id = ${score.versionId}`,
  );
  const explained = row ? explainedByCard(JSON.parse(row.card) as ModelCard) : null;
  return explained === null ? told('none', 0) : told('model_card', explained);
}

/** 1 − Brier score ÷ variance of the outcome, over the rows the model was tested on. */
function explainedByCard(card: ModelCard): number | null {
  const tested = card.results.find(({ population }) => population === 'all');
  if (!tested || tested.brier === null || tested.n === 0) return null;
  const rate = tested.events / tested.n;
  const variance = rate * (1 - rate);
  return variance === 0 ? null : Math.max(0, 1 - tested.brier / variance);
}
