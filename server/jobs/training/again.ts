import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { DomainError } from '#core/errors/domain-error.ts';
import type { Sql } from '#core/sql/sql.ts';
import { type Extras, selectTrainingSet } from '#models/training-set.ts';
import type { Context } from '../../context.ts';
import { dataVersion } from '../../store/data-version.ts';
import { readSavedVersion, readVersion } from '../../store/models/models.ts';
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
  extras?: Extras,
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
    extras,
  );
}

/** The whole matrix as it leaves Ensayo: every feature, and the account of each row. */
export const matrixOf = (context: Context, versionId: string): Promise<Sql> =>
  trainingSetOf(context, versionId, undefined, { accounts: true });

/** What names a matrix: the statement that gives its rows, and the data it is asked of. */
export const matrixHashOf = ({ text, values }: Sql, dataVersion: string): string =>
  bytesToHex(sha256(utf8ToBytes(JSON.stringify({ text, values, dataVersion }))));
