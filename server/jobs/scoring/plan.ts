import type { ModelVersion } from '#core/contract/models/models.ts';
import { DomainError } from '#core/errors/domain-error.ts';
import type { Sql } from '#core/sql/sql.ts';
import { readSavedOnnx } from '#models/external/onnx-mapping.ts';
import { restoreModel, type SavedModel } from '#models/training/trained.ts';
import { selectScoringSet } from '#models/training-set.ts';
import type { Context } from '../../context.ts';
import type { Session } from '../../engine/engine.ts';
import { readSavedVersion, readVersion } from '../../store/models/models.ts';
import { lastSnapshot, snapshotDates } from '../../store/portfolio/facts.ts';
import { familiesAtHand, familyOf, learnerOf, questionOf, readParameters } from '../training/plan.ts';

/** The date asked for, or the last one with balances. @throws as_of_not_snapshot, no_snapshots */
export async function scoringDate(session: Session, asked: string | undefined): Promise<string> {
  const last = await lastSnapshot(session);
  if (!asked || asked === last) return last;
  const dates = await snapshotDates(session);
  if (!dates.includes(asked))
    throw new DomainError('as_of_not_snapshot', { asOf: asked, first: dates[0] ?? null, last });
  return asked;
}

/** A version that may score. @throws not_found, version_retired, model_not_approved */
export async function approvedVersion(session: Session, versionId: string): Promise<ModelVersion> {
  const version = await readVersion(session, versionId);
  if (version.state === 'retired') throw new DomainError('version_retired', { versionId });
  if (version.approvedBy === null)
    throw new DomainError('model_not_approved', { versionId, model: version.model });
  return version;
}

/** How a version scores: where the rows are, in threads, or not here. */
export type Way =
  | { kind: 'sql'; score: Sql; population: Sql }
  | { kind: 'threads'; saved: SavedModel; population: Sql }
  | { kind: 'pushed'; method: string };

/** Parameters up to which an expression is the faster way; beyond, threads are. */
const shortExpression = 500;

/**
 * How a version scores the people at risk on a date, and from which features.
 *
 * @throws model_column_missing when a feature it uses can no longer be computed, not_found, and what the learner says
 *   of its saved model
 */
export async function wayToScore(context: Context, version: ModelVersion, asOf: string): Promise<Way> {
  const { engine, registry } = context;
  const { model: saved, parameters: given, families: offered } = await readSavedVersion(engine, version.id);
  if (version.learner === 'external')
    return { kind: 'pushed', method: String((version.card.learner.options as { method?: unknown }).method) };
  const question = questionOf(registry, version.model);
  const parameters = readParameters(question.parameters, given, 'question');
  const model = version.learner === 'onnx' ? null : restoreModel(learnerOf(registry, version.learner), saved);
  const used = new Set(
    model
      ? (model.describe?.().used ?? version.card.features.map(({ name }) => name))
      : readSavedOnnx(saved.fitted).inputs.flatMap(({ columns }) => columns),
  );
  const { absent } = await familiesAtHand(context, question);
  const lost = absent
    .filter(({ id }) => offered.includes(id))
    .flatMap(({ family }) => family.columns)
    .find(({ name }) => used.has(name));
  if (lost) throw new DomainError('model_column_missing', { column: lost.name });
  const families = offered
    .map((id) => familyOf(registry, id))
    .filter(({ family }) => family.columns.some(({ name }) => used.has(name)));
  const population = selectScoringSet(engine.dialect, question, parameters, asOf, families);
  if (model?.toSql && (model.describe?.().complexity ?? 0) <= shortExpression)
    return { kind: 'sql', score: model.toSql(engine.dialect), population };
  return { kind: 'threads', saved, population };
}

/** Accounts at risk on a date by the question of a version: account_id, as_of. */
export async function atRisk(context: Context, version: ModelVersion, asOf: string): Promise<Sql> {
  const { engine, registry } = context;
  const question = questionOf(registry, version.model);
  const { parameters } = await readSavedVersion(engine, version.id);
  const read = readParameters(question.parameters, parameters, 'question');
  return selectScoringSet(engine.dialect, question, read, asOf, []);
}
