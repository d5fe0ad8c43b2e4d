import type { ModelVersion, RegisteredVersion, StateChange } from '#core/contract/models/models.ts';
import { DomainError } from '#core/errors/domain-error.ts';
import { sql } from '#core/sql/sql.ts';
import type { Session } from '../../engine/engine.ts';
import { dependentsOf } from './model-dependents.ts';
import { readVersion, readVersions } from './models.ts';

/** Who decides, why, and when; `today` is the workspace's day. */
export interface Decision {
  by: string;
  name: string;
  note: string;
  /** As the engine stores it. */
  at: string;
  today: string;
}

interface ChangeRow {
  version_id: string;
  state: StateChange['state'];
  changed_at: string;
  by_principal: string;
  name: string | null;
  note: string;
}

const registered = (
  version: ModelVersion,
  changes: readonly ChangeRow[],
  today: string,
): RegisteredVersion => ({
  ...version,
  expired: version.card.expiresOn < today,
  history: [
    { state: 'candidate', at: version.createdAt, by: version.by, name: null, note: '' },
    ...changes
      .filter(({ version_id }) => version_id === version.id)
      .map(({ state, changed_at, by_principal, name, note }) => ({
        state,
        at: changed_at,
        by: by_principal,
        name,
        note,
      })),
  ],
});

const readChanges = (session: Session): Promise<ChangeRow[]> =>
  session.rows<ChangeRow>(sql`SELECT * FROM model_states ORDER BY changed_at, version_id, state`);

/** Every version with its history, newest first. */
export async function readRegistered(session: Session, today: string): Promise<RegisteredVersion[]> {
  const changes = await readChanges(session);
  return (await readVersions(session)).map((version) => registered(version, changes, today));
}

/** @throws not_found */
export async function readRegisteredVersion(
  session: Session,
  id: string,
  today: string,
): Promise<RegisteredVersion> {
  return registered(await readVersion(session, id), await readChanges(session), today);
}

async function change(
  session: Session,
  versionId: string,
  state: ModelVersion['state'],
  { at, by }: Pick<Decision, 'at' | 'by'>,
  said: { name: string | null; note: string },
): Promise<void> {
  await session.run(sql`UPDATE model_versions SET state = ${state} WHERE version_id = ${versionId}`);
  await session.run(
    sql`INSERT INTO model_states VALUES (${versionId}, ${state}, CAST(${at} AS TIMESTAMP), ${by}, ${said.name}, ${said.note})`,
  );
}

async function setApproval(
  session: Session,
  id: string,
  name: string | null,
  note: string | null,
): Promise<void> {
  await session.run(
    sql`UPDATE model_versions SET approved_by = ${name}, approval_note = ${note} WHERE version_id = ${id}`,
  );
}

/** @throws leak_reason_missing, version_expired */
function requireGoodCard({ id, card }: ModelVersion, today: string): void {
  const unexplained = card.leakReasons.filter(({ reason }) => !reason?.trim()).map(({ column }) => column);
  if (unexplained.length > 0)
    throw new DomainError('leak_reason_missing', {
      versionId: id.slice(0, 10),
      columns: unexplained.join(', '),
    });
  if (card.expiresOn < today)
    throw new DomainError('version_expired', {
      versionId: id.slice(0, 10),
      expiresOn: card.expiresOn,
      today,
    });
}

const refuseState = ({ id, state }: ModelVersion) =>
  new DomainError('version_state', { versionId: id.slice(0, 10), state });

/**
 * Makes a version the champion of its model, by name; the champion before it becomes a challenger. Approving the
 * champion again changes the name and note.
 *
 * @throws not_found, version_retired, leak_reason_missing, version_expired
 */
export async function approveVersion(
  session: Session,
  id: string,
  decision: Decision,
): Promise<RegisteredVersion> {
  const version = await readVersion(session, id);
  if (version.state === 'retired') throw new DomainError('version_retired', { versionId: id });
  requireGoodCard(version, decision.today);
  const before = await session.rows<{ version_id: string }>(sql`SELECT version_id FROM model_versions
    WHERE model = ${version.model} AND state = 'champion' AND version_id <> ${id} ORDER BY version_id`);
  for (const { version_id } of before)
    await change(session, version_id, 'challenger', decision, { name: null, note: id.slice(0, 10) });
  await change(session, id, 'champion', decision, decision);
  await setApproval(session, id, decision.name, decision.note);
  await session.run(sql`INSERT OR REPLACE INTO models VALUES (${version.model}, ${id})`);
  return readRegisteredVersion(session, id, decision.today);
}

/**
 * Lets a version score beside the champion, by name.
 *
 * @throws not_found, version_state, leak_reason_missing, version_expired
 */
export async function challengeVersion(
  session: Session,
  id: string,
  decision: Decision,
): Promise<RegisteredVersion> {
  const version = await readVersion(session, id);
  if (version.state !== 'candidate') throw refuseState(version);
  requireGoodCard(version, decision.today);
  await change(session, id, 'challenger', decision, decision);
  await setApproval(session, id, decision.name, decision.note);
  return readRegisteredVersion(session, id, decision.today);
}

/**
 * Takes a version out of use; its scores are no longer read. The champion stays while live segments or running
 * experiments read its scores.
 *
 * @throws not_found, version_retired, version_in_use
 */
export async function retireVersion(
  session: Session,
  id: string,
  decision: Decision,
): Promise<RegisteredVersion> {
  const version = await readVersion(session, id);
  if (version.state === 'retired') throw new DomainError('version_retired', { versionId: id });
  if (version.state === 'champion') {
    const names = await dependentsOf(session, version.model, decision.today);
    if (names.length > 0)
      throw new DomainError('version_in_use', {
        versionId: id.slice(0, 10),
        model: version.model,
        names: names.join(', '),
      });
    await session.run(sql`UPDATE models SET champion = NULL WHERE model = ${version.model}`);
  }
  await change(session, id, 'retired', decision, decision);
  return readRegisteredVersion(session, id, decision.today);
}

/** Brings a retired version back as a candidate, whose approval is gone. @throws not_found, version_state */
export async function reinstateVersion(
  session: Session,
  id: string,
  decision: Decision,
): Promise<RegisteredVersion> {
  const version = await readVersion(session, id);
  if (version.state !== 'retired') throw refuseState(version);
  await change(session, id, 'candidate', decision, decision);
  await setApproval(session, id, null, null);
  return readRegisteredVersion(session, id, decision.today);
}

/**
 * Writes on the card why very strong columns are known in time. What is already written may be written anew.
 *
 * @throws not_found, leak_column_unknown
 */
export async function explainColumns(
  session: Session,
  id: string,
  reasons: Readonly<Record<string, string>>,
): Promise<void> {
  const row = await session.first<{ card: string }>(
    sql`SELECT card FROM model_versions WHERE version_id = ${id}`,
  );
  if (!row) throw new DomainError('not_found', { kind: 'model version', id });
  const card = JSON.parse(row.card) as Pick<ModelVersion['card'], 'leakReasons'>;
  const asked = (card.leakReasons ?? []).map(({ column }) => column);
  const unknown = Object.keys(reasons).find((column) => !asked.includes(column));
  if (unknown !== undefined)
    throw new DomainError('leak_column_unknown', {
      versionId: id.slice(0, 10),
      column: unknown,
      columns: asked.join(', ') || '–',
    });
  card.leakReasons = card.leakReasons.map((one) => ({ ...one, reason: reasons[one.column] ?? one.reason }));
  await session.run(sql`UPDATE model_versions SET card = ${JSON.stringify(card)} WHERE version_id = ${id}`);
}
