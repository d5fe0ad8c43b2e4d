import { z } from 'zod';
import { type ModelCard, modelCard } from '#core/contract/models/card.ts';
import type { ModelVersion } from '#core/contract/models/models.ts';
import { DomainError } from '#core/errors/domain-error.ts';
import { sql } from '#core/sql/sql.ts';
import { warning } from '#models/explain/warnings.ts';
import { savedModel, unreadable } from '#models/training/trained.ts';
import type { Session } from '../../engine/engine.ts';

/** What scoring needs of a version, beside its card. */
export const savedVersion = z.object({
  model: savedModel,
  /** Parameters of the question it answers. */
  parameters: z.record(z.string(), z.unknown()),
  /** Feature families it was offered, in the order of their columns. */
  families: z.array(z.string()),
});
export type SavedVersion = z.output<typeof savedVersion>;

export interface VersionRecord {
  id: string;
  model: string;
  learner: string;
  card: ModelCard;
  saved: SavedVersion;
  featureSetId: string;
  dataVersion: string;
  createdAt: string;
  by: string;
}

interface VersionRow {
  version_id: string;
  model: string;
  learner: string;
  state: ModelVersion['state'];
  card: string;
  approved_by: string | null;
  approval_note: string | null;
  created_at: string;
  by_principal: string;
  /** People forgotten after it was trained. */
  erased_since: number;
}

const columns = sql`version_id, model, learner, state, card, approved_by, approval_note, created_at, by_principal,
  (SELECT CAST(count(*) AS BIGINT) FROM forgettings f WHERE f.erased_at > model_versions.created_at) AS erased_since`;

const withErased = (card: ModelCard, people: number): ModelCard =>
  people === 0
    ? card
    : { ...card, warnings: [...(card.warnings ?? []), warning('people_erased', { people })] };

const asVersion = (row: VersionRow): ModelVersion => ({
  id: row.version_id,
  model: row.model,
  learner: row.learner,
  state: row.state,
  approvedBy: row.approved_by,
  approvalNote: row.approval_note,
  createdAt: row.created_at,
  by: row.by_principal,
  card: withErased(modelCard.parse(JSON.parse(row.card)), row.erased_since),
});

/** Every version, newest first. */
export async function readVersions(session: Session): Promise<ModelVersion[]> {
  const rows = await session.rows<VersionRow>(
    sql`SELECT ${columns} FROM model_versions ORDER BY created_at DESC, version_id DESC`,
  );
  return rows.map(asVersion);
}

/** @throws not_found */
export async function readVersion(session: Session, id: string): Promise<ModelVersion> {
  const row = await session.first<VersionRow>(
    sql`SELECT ${columns} FROM model_versions WHERE version_id = ${id}`,
  );
  if (!row) throw new DomainError('not_found', { kind: 'model version', id });
  return asVersion(row);
}

/** @throws not_found, saved_model_unreadable */
export async function readSavedVersion(session: Session, id: string): Promise<SavedVersion> {
  const row = await session.first<{ fitted: string; learner: string }>(
    sql`SELECT fitted, learner FROM model_versions WHERE version_id = ${id}`,
  );
  if (!row) throw new DomainError('not_found', { kind: 'model version', id });
  try {
    return savedVersion.parse(JSON.parse(row.fitted));
  } catch (error) {
    throw unreadable(row.learner, error);
  }
}

/** @throws no_champion */
export async function championOf(session: Session, model: string): Promise<string> {
  const row = await session.first<{ champion: string | null }>(
    sql`SELECT champion FROM models WHERE model = ${model}`,
  );
  if (!row?.champion) throw new DomainError('no_champion', { model });
  return row.champion;
}

/** Stores a new version as a candidate; the same training again finds itself and leaves what is there. */
export async function insertVersion(session: Session, record: VersionRecord): Promise<void> {
  const families = JSON.stringify(record.saved.families);
  const offered = JSON.stringify(record.card.features.map(({ name }) => name));
  await session.run(
    sql`INSERT INTO feature_sets VALUES (${record.featureSetId}, ${families}, ${offered}) ON CONFLICT DO NOTHING`,
  );
  await session.run(sql`INSERT INTO model_versions (version_id, model, learner, state, card, fitted, feature_set_id, data_version, created_at, by_principal)
    VALUES (${record.id}, ${record.model}, ${record.learner}, 'candidate', ${JSON.stringify(record.card)},
      ${JSON.stringify(record.saved)}, ${record.featureSetId}, ${record.dataVersion}, ${record.createdAt.replace('Z', '')}, ${record.by})
    ON CONFLICT DO NOTHING`);
}

/** Versions of a model, other than one, tried on the same test dates of the same data. */
export async function countLooks(
  session: Session,
  look: { model: string; except: string; dataVersion: string; testedOn: readonly string[] },
): Promise<number> {
  const row = await session.first<{ n: number }>(sql`SELECT CAST(count(*) AS BIGINT) AS n FROM model_versions
    WHERE model = ${look.model} AND version_id <> ${look.except} AND data_version = ${look.dataVersion}
      AND CAST(card -> '$.validation.testedOn' AS VARCHAR) = ${JSON.stringify(look.testedOn)}`);
  return row?.n ?? 0;
}
