import { v7 as uuidv7 } from 'uuid';
import type { Sender } from '#core/contract/delivery/events.ts';
import { DomainError } from '#core/errors/domain-error.ts';
import { sql } from '#core/sql/sql.ts';
import type { Context } from '../../context.ts';
import type { Session } from '../../engine/engine.ts';
import { writeAudit } from '../audit.ts';
import { openSecret, sealSecret } from '../secrets.ts';
import { instant } from '../workspace.ts';

const secretBytes = 32;
/** How long the secret before a change is still accepted, so that the sender can change over without losing a batch. */
const overlapMs = 24 * 3_600_000;

interface SenderRow {
  sender_id: string;
  name: string;
  created_at: string;
  rotated_at: string | null;
  earlier_until: string | null;
  retired_at: string | null;
  by_principal: string;
  last_event_at: string | null;
  events: number;
  rejected: number;
}

const asSender = (row: SenderRow): Sender => ({
  id: row.sender_id,
  name: row.name,
  createdAt: row.created_at,
  rotatedAt: row.rotated_at,
  earlierUntil: row.earlier_until,
  retiredAt: row.retired_at,
  by: row.by_principal,
  lastEventAt: row.last_event_at,
  events: row.events,
  rejected: row.rejected,
});

/** Senders with what has come from each: those in use first, by name. */
export async function readSenders(session: Session): Promise<Sender[]> {
  const rows = await session.rows<SenderRow>(sql`
    SELECT s.sender_id, s.name, s.created_at, s.rotated_at, s.earlier_until, s.retired_at, s.by_principal,
      b.last_event_at, CAST(coalesce(b.accepted, 0) AS BIGINT) AS events, CAST(coalesce(b.rejected, 0) AS BIGINT) AS rejected
    FROM event_senders s LEFT JOIN (
      SELECT sender_id, sum(accepted) AS accepted, sum(rejected) AS rejected, max(received_at) AS last_event_at FROM event_batches GROUP BY sender_id
    ) b ON b.sender_id = s.sender_id ORDER BY s.retired_at IS NOT NULL, s.name, s.sender_id`);
  return rows.map(asSender);
}

/** @throws not_found */
export async function readSender(session: Session, id: string): Promise<Sender> {
  const found = (await readSenders(session)).find((one) => one.id === id);
  if (!found) throw new DomainError('not_found', { kind: 'sender', id });
  return found;
}

/** The sender in use of that name. @throws not_found */
export async function senderNamed(session: Session, name: string): Promise<Sender> {
  const found = (await readSenders(session)).find((one) => one.name === name && one.retiredAt === null);
  if (!found) throw new DomainError('not_found', { kind: 'sender', id: name });
  return found;
}

const newSecret = (context: Context): string =>
  `whsec_${Buffer.from(context.randomBytes(secretBytes)).toString('base64')}`;

/** A new sender and its secret, which is shown this once and kept sealed. @throws sender_taken */
export async function addSender(
  context: Context,
  name: string,
  by: string,
): Promise<{ sender: Sender; secret: string }> {
  const secret = newSecret(context);
  const [id, at] = [uuidv7(), instant(context.now())];
  return context.engine.transaction(async (session) => {
    const same = await session.first(
      sql`SELECT 1 AS one FROM event_senders WHERE name = ${name} AND retired_at IS NULL`,
    );
    if (same) throw new DomainError('sender_taken', { name });
    await session.run(sql`INSERT INTO event_senders (sender_id, name, secret, created_at, by_principal)
      VALUES (${id}, ${name}, ${sealSecret(context, secret)}, ${at}, ${by})`);
    await writeAudit(session, { at, by, action: 'sender.added', subject: id, details: { name } });
    return { sender: await readSender(session, id), secret };
  });
}

/** A new secret for a sender; the one before is accepted for a day more. @throws not_found, sender_retired */
export async function rotateSecret(
  context: Context,
  id: string,
  by: string,
): Promise<{ sender: Sender; secret: string }> {
  const secret = newSecret(context);
  const at = instant(context.now());
  const until = instant(new Date(context.now().getTime() + overlapMs));
  return context.engine.transaction(async (session) => {
    const { name, retiredAt } = await readSender(session, id);
    if (retiredAt !== null) throw new DomainError('sender_retired', { name });
    await session.run(sql`UPDATE event_senders SET earlier_secret = secret, earlier_until = ${until},
      secret = ${sealSecret(context, secret)}, rotated_at = ${at} WHERE sender_id = ${id}`);
    await writeAudit(session, { at, by, action: 'sender.rotated', subject: id, details: { name } });
    return { sender: await readSender(session, id), secret };
  });
}

/** From now on nothing that the sender signs is taken. @throws not_found */
export async function retireSender(context: Context, id: string, by: string): Promise<Sender> {
  const at = instant(context.now());
  return context.engine.transaction(async (session) => {
    const { name, retiredAt } = await readSender(session, id);
    if (retiredAt === null) {
      await session.run(
        sql`UPDATE event_senders SET retired_at = ${at}, earlier_secret = NULL, earlier_until = NULL WHERE sender_id = ${id}`,
      );
      await writeAudit(session, { at, by, action: 'sender.retired', subject: id, details: { name } });
    }
    return readSender(session, id);
  });
}

export interface Signer {
  senderId: string;
  secrets: string[];
}

/** The open secrets of the senders in use, of one by name or of all. Never kept, logged or answered. */
export async function readSigners(context: Context, name: string | undefined): Promise<Signer[]> {
  const rows = await context.engine.rows<{ sender_id: string; secret: string; earlier: string | null }>(sql`
    SELECT sender_id, secret, CASE WHEN earlier_until > ${instant(context.now())} THEN earlier_secret END AS earlier
    FROM event_senders WHERE retired_at IS NULL AND (${name ?? null} IS NULL OR name = ${name ?? null}) ORDER BY created_at DESC, sender_id`);
  return rows.map(({ sender_id, secret, earlier }) => ({
    senderId: sender_id,
    secrets: [secret, ...(earlier === null ? [] : [earlier])].map((sealed) => openSecret(context, sealed)),
  }));
}
