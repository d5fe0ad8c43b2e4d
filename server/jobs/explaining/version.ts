import type { ModelVersion } from '#core/contract/models/models.ts';
import { DomainError } from '#core/errors/domain-error.ts';
import type { FeatureColumn } from '#core/features/feature.ts';
import type { NamedFamily } from '#core/sql/features.ts';
import { restoreModel, type SavedModel } from '#models/training/trained.ts';
import type { Context } from '../../context.ts';
import { readSavedVersion, readVersion, type SavedVersion } from '../../store/models/models.ts';
import { familyOf, learnerOf, questionOf } from '../training/plan.ts';

/** A version with what explaining it needs. */
export interface Explainable {
  version: ModelVersion;
  saved: SavedVersion;
  /** Families it was offered, as they are today. */
  families: NamedFamily[];
  columns: ReadonlyMap<string, FeatureColumn & { family: string }>;
  model: { learnerId: string; saved: SavedModel };
}

/** @throws not_found, made_elsewhere, model_without_reasons, saved_model_unreadable */
export async function explainable(context: Context, versionId: string): Promise<Explainable> {
  const version = await readVersion(context.engine, versionId);
  const saved = await readSavedVersion(context.engine, versionId);
  const learner = learnerOf(context.registry, version.learner);
  const { kind = 'probability' } = questionOf(context.registry, version.model);
  if (kind !== 'probability' || !restoreModel(learner, saved.model).contributions)
    throw new DomainError('model_without_reasons', { learner: version.learner });
  const families = saved.families.map((id) => familyOf(context.registry, id));
  const columns = new Map(
    families.flatMap(({ id, family }) =>
      family.columns.map((column) => [column.name, { ...column, family: id }] as const),
    ),
  );
  return { version, saved, families, columns, model: { learnerId: version.learner, saved: saved.model } };
}
