import { DomainError } from '#core/errors/domain-error.ts';
import type { Context } from '../../context.ts';
import { dataVersion } from '../../store/data-version.ts';
import { readSavedVersion, readVersion } from '../../store/models/models.ts';
import { matrixHashOf, matrixOf } from '../training/again.ts';
import { decisionDatesOf, familyOf, questionOf, readParameters } from '../training/plan.ts';
import { identify } from '../training/population.ts';

/**
 * The rows of a version as a model made elsewhere is judged on them, and what names them.
 *
 * @throws not_found, data_changed, external_question
 */
export async function rowsOfVersion(context: Context, versionId: string) {
  const { engine, registry } = context;
  const version = await readVersion(engine, versionId);
  const question = questionOf(registry, version.model);
  if ((question.kind ?? 'probability') !== 'probability')
    throw new DomainError('external_question', { model: version.model });
  const statement = await matrixOf(context, versionId);
  const data = await dataVersion(engine);
  const saved = await readSavedVersion(engine, versionId);
  return {
    version,
    saved,
    question,
    parameters: readParameters(question.parameters, saved.parameters, 'question'),
    families: saved.families.map((id) => familyOf(registry, id)),
    dataVersion: data,
    matrixHash: matrixHashOf(statement, data),
  };
}
export type RowsOfVersion = Awaited<ReturnType<typeof rowsOfVersion>>;

/** The dates of those rows and what identifies the question on them. */
export async function datesOfRows(context: Context, { question, parameters, version }: RowsOfVersion) {
  const dates = await decisionDatesOf(context, question, parameters, version.card.population.asOf);
  return { dates, identified: await identify(context.engine, question, parameters, dates) };
}

/** @throws matrix_changed, external_version_of */
export function requireSame(rows: RowsOfVersion, asked: { model: string; matrixHash?: string }): void {
  const versionId = rows.version.id.slice(0, 12);
  if (rows.version.model !== asked.model)
    throw new DomainError('external_version_of', {
      versionId,
      found: rows.version.model,
      model: asked.model,
    });
  if (asked.matrixHash !== undefined && asked.matrixHash !== rows.matrixHash)
    throw new DomainError('matrix_changed', {
      versionId,
      given: asked.matrixHash.slice(0, 12),
      known: rows.matrixHash.slice(0, 12),
    });
}
