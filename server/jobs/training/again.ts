import { DomainError } from '#core/errors/domain-error.ts';
import type { Sql } from '#core/sql/sql.ts';
import { selectTrainingSet } from '#models/training-set.ts';
import type { Context } from '../../context.ts';
import { dataVersion } from '../../store/data-version.ts';
import { readSavedVersion, readVersion } from '../../store/models.ts';
import { decisionDatesOf, familyOf, questionOf } from './plan.ts';
import { identify } from './population.ts';

/**
 * The rows a version was trained and tested on, as they were: same question, dates, families, draw of customers, rows
 * it was identified by and their weights.
 *
 * @param only families to give the features of; default: all it was offered
 * @throws not_found, data_changed when the portfolio is no longer the one it was trained on
 */
export async function trainingSetOf(
  context: Context,
  versionId: string,
  only?: ReadonlySet<string>,
): Promise<Sql> {
  const { engine, registry } = context;
  const { model, card } = await readVersion(engine, versionId);
  if (card.data.dataVersion !== (await dataVersion(engine)))
    throw new DomainError('data_changed', { name: versionId.slice(0, 12) });
  const { parameters, families } = await readSavedVersion(engine, versionId);
  const question = questionOf(registry, model);
  const { chosen } = await decisionDatesOf(context, question, parameters, card.population.asOf);
  const identified = await identify(engine, question, parameters, { chosen });
  return selectTrainingSet(
    engine.dialect,
    { question, parameters, dates: chosen, identified },
    families.filter((id) => only?.has(id) ?? true).map((id) => familyOf(registry, id)),
    { share: card.population.sampled, seed: card.learner.seed },
  );
}
