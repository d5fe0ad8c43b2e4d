import type { Taken } from '#core/contract/events.ts';
import type { Dialect } from '#core/sql/dialects/dialect.ts';
import { join, list, raw, sql } from '#core/sql/sql.ts';
import type { Context } from '../../context.ts';
import type { Session } from '../../engine/engine.ts';
import { anySuppressed, hashOf, suppressionKey } from '../keeping/suppression.ts';
import { countDay, type EventDay } from './days.ts';
import { writeEffects } from './effects.ts';
import {
  countsByBatch,
  type RefusedEvent,
  refusedInGroup,
  stageIncoming,
  tellWhom,
  type WaitingBatch,
} from './incoming.ts';
import { recallsOfEvents } from './recalls.ts';
import { findRepeats } from './repeats.ts';

export interface GroupGiven {
  dialect: Dialect;
  day: EventDay;
  ownClock: boolean;
  /** The workspace's own instant. */
  now: string;
  /** Instant of storing, as the engine stores it. */
  at: string;
}

export interface TakenGroup {
  answers: Taken[];
  recalls: number;
  /** Whether somebody complained or opted out. */
  harmed: boolean;
}

/** Refusals told in an answer; all of them are in the table. */
const toldRefusals = 100;

/**
 * Stores a group of batches in the session's transaction: each event once by its sender and name, what it says in the
 * portfolio, the messages it calls back, and what was refused and why. A batch of before, by its name and its bytes,
 * gets the answer of before and changes nothing.
 */
export async function takeGroup(
  context: Context,
  session: Session,
  batches: readonly WaitingBatch[],
  given: GroupGiven,
): Promise<TakenGroup> {
  const earlier = await earlierAnswers(session, batches);
  const fresh = batches.filter((_, i) => !earlier[i] && firstOfItsName(batches, i));
  await stageIncoming(session, fresh);
  await tellWhom(session);
  await findRepeats(session);
  const refused = fresh.map(({ refused: formless, before }) =>
    formless.map((one) => ({ ...one, position: one.position + before })),
  );
  for (const { batch, ...one } of await withoutForgotten(context, session, await refusedInGroup(session)))
    refused[batch]?.push(one);
  const counts = new Map((await countsByBatch(session)).map((one) => [one.batch, one]));
  const answers = fresh.map((_, i) => answerOf(counts.get(i), refused[i] ?? []));
  await storeEvents(session, given);
  const { rows, nextRow } = await writeEffects(session, given);
  const recalls = await recallsOfEvents(session, given);
  const harmed = rows.has('complaints') || rows.has('contact_permissions');
  await storeRefused(session, fresh, refused, given.at);
  await storeAnswers(session, fresh, answers, given.at);
  const accepted = answers.reduce((sum, one) => sum + one.accepted, 0);
  const rejected = answers.reduce((sum, one) => sum + one.rejectedTotal, 0);
  if (accepted + rejected > 0) await countDay(session, given.day, { nextRow, rejected, rows });
  for (const table of ['incoming', 'sent', 'named_accounts', 'named_people', 'told'])
    await session.run(raw(`DROP TABLE IF EXISTS ${table}`));
  const byName = new Map(fresh.map((batch, i) => [nameOf(batch), answers[i]]));
  return {
    answers: batches.map((batch, i) => (earlier[i] ?? byName.get(nameOf(batch))) as Taken),
    recalls,
    harmed,
  };
}

const nameOf = ({
  senderId,
  batchId,
  bodyHash,
}: Pick<WaitingBatch, 'senderId' | 'batchId' | 'bodyHash'>): string =>
  JSON.stringify([senderId, batchId, bodyHash]);
const firstOfItsName = (batches: readonly WaitingBatch[], at: number): boolean =>
  batches.findIndex((one) => nameOf(one) === nameOf(batches[at] as WaitingBatch)) === at;

function answerOf(
  counted: { accepted: number; duplicates: number } | undefined,
  refused: RefusedEvent[],
): Taken {
  refused.sort((a, b) => a.position - b.position);
  return {
    accepted: counted?.accepted ?? 0,
    duplicates: counted?.duplicates ?? 0,
    rejected: refused.slice(0, toldRefusals).map(({ kind, ...one }) => ({ ...one, type: kind })),
    rejectedTotal: refused.length,
  };
}

async function earlierAnswers(
  session: Session,
  batches: readonly WaitingBatch[],
): Promise<(Taken | undefined)[]> {
  const rows = await session.rows<{
    senderId: string;
    batchId: string;
    bodyHash: string;
    accepted: number;
    duplicates: number;
    rejected: number;
    first: string;
  }>(sql`SELECT sender_id AS "senderId", batch_id AS "batchId", body_hash AS "bodyHash", accepted, duplicates, rejected, CAST(first_rejects AS VARCHAR) AS first
    FROM event_batches WHERE batch_id IN ${list(batches.map(({ batchId }) => batchId))} ORDER BY received_at`);
  const answers = new Map(
    rows.map(({ first, rejected, accepted, duplicates, ...of }) => [
      nameOf(of),
      { accepted, duplicates, rejected: JSON.parse(first) as Taken['rejected'], rejectedTotal: rejected },
    ]),
  );
  return batches.map((batch) => answers.get(nameOf(batch)));
}

type Refused = RefusedEvent & { batch: number };

/** Of a person who was forgotten nothing is written down, their identifier least of all. */
async function withoutForgotten(context: Context, session: Session, refused: Refused[]): Promise<Refused[]> {
  const about = refused.filter(
    ({ reason }) => reason === 'event_unknown_person' || reason === 'event_unknown_account',
  );
  if (about.length === 0 || !(await anySuppressed(session))) return refused;
  const key = await suppressionKey(context, session);
  const rows = await session.rows<{ value: string }>(sql`
    SELECT t.customer_id AS value FROM (SELECT DISTINCT customer_id FROM incoming WHERE customer_id IS NOT NULL) t
    JOIN suppressed s ON s.kind = 'customer' AND s.id_hash = ${hashOf(key, 'customer', raw('t.customer_id'))}
    UNION SELECT t.account_id FROM (SELECT DISTINCT account_id FROM incoming WHERE account_id IS NOT NULL) t
    JOIN suppressed s ON s.kind = 'account' AND s.id_hash = ${hashOf(key, 'account', raw('t.account_id'))} ORDER BY value`);
  const forgotten = new Set(rows.map(({ value }) => value));
  return refused.map((one) =>
    one.value !== null && forgotten.has(one.value)
      ? { ...one, id: null, value: null, reason: 'event_forgotten' }
      : one,
  );
}

const storeEvents = (session: Session, { day, at }: GroupGiven): Promise<number> =>
  session.run(sql`INSERT INTO events (seq, sender_id, event_id, id_hash, kind, happened_at, received_at, message_key, customer_id, account_id, channel,
      amount, due_on, reference, load_id)
    SELECT (SELECT coalesce(max(seq), 0) FROM events) + row_number() OVER (ORDER BY batch, position), sender_id, event_id, id_hash, kind, happened_at,
      CAST(${at} AS TIMESTAMP), message_key, customer_id, account_id, channel, amount, due_on, reference, ${day.loadId}
    FROM told WHERE reason IS NULL ORDER BY batch, position`);

async function storeRefused(
  session: Session,
  batches: readonly WaitingBatch[],
  refused: readonly (readonly RefusedEvent[])[],
  at: string,
): Promise<void> {
  for (const [i, { senderId, batchId }] of batches.entries()) {
    const some = refused[i] ?? [];
    if (some.length === 0) continue;
    const columns = {
      position: some.map(({ position }) => position),
      id: some.map(({ id }) => id),
      kind: some.map(({ kind }) => kind),
      field: some.map(({ field }) => field),
      value: some.map(({ value }) => value),
      reason: some.map(({ reason }) => reason),
    };
    await session.run(sql`INSERT INTO event_rejects (sender_id, batch_id, position, event_id, kind, field, value, reason, received_at)
      SELECT ${senderId}, ${batchId}, unnest(b.position), unnest(b.id), unnest(b.kind), unnest(b.field), unnest(b.value), unnest(b.reason), CAST(${at} AS TIMESTAMP)
      FROM (SELECT unnest([from_json(CAST(${JSON.stringify(columns)} AS JSON),
        '{"position":["BIGINT"],"id":["VARCHAR"],"kind":["VARCHAR"],"field":["VARCHAR"],"value":["VARCHAR"],"reason":["VARCHAR"]}')]) AS b) AS one`);
  }
}

async function storeAnswers(
  session: Session,
  batches: readonly WaitingBatch[],
  answers: readonly Taken[],
  at: string,
): Promise<void> {
  if (batches.length === 0) return;
  const rows = batches.map(({ senderId, batchId, bodyHash }, i) => {
    const { accepted, duplicates, rejected, rejectedTotal } = answers[i] as Taken;
    return sql`(${senderId}, ${batchId}, ${bodyHash}, ${accepted}, ${duplicates}, ${rejectedTotal}, ${JSON.stringify(rejected)}, CAST(${at} AS TIMESTAMP))`;
  });
  await session.run(sql`INSERT INTO event_batches VALUES ${join(rows)}`);
}
