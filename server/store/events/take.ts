import type { Taken } from '#core/contract/delivery/events.ts';
import type { Dialect } from '#core/sql/dialects/dialect.ts';
import { raw, sql } from '#core/sql/sql.ts';
import type { Context } from '../../context.ts';
import type { Session } from '../../engine/engine.ts';
import { anySuppressed, hashOf, suppressionKey } from '../keeping/suppression.ts';
import { nameOf, readEarlier, storeAnswers } from './answers.ts';
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
 * gets the answer of before and changes nothing, unless events of it were refused for what may be known by now: those
 * are judged again, and the answer tells what the batch has come to in all.
 */
export async function takeGroup(
  context: Context,
  session: Session,
  batches: readonly WaitingBatch[],
  given: GroupGiven,
): Promise<TakenGroup> {
  const names = batches.map(nameOf);
  const earlier = await readEarlier(session, batches);
  const asked = new Map(batches.map((batch, i) => [names[i] as string, batch]));
  const fresh = [...asked].flatMap(([name, batch]) =>
    earlier.get(name)?.settled ? [] : [{ ...batch, name }],
  );
  await stageIncoming(session, fresh);
  await tellWhom(session);
  await findRepeats(session);
  const refused = fresh.map(({ refused: formless, before }) =>
    formless.map((one) => ({ ...one, position: one.position + before })),
  );
  for (const { batch, ...one } of await withoutForgotten(context, session, await refusedInGroup(session)))
    refused[batch]?.push(one);
  const counts = new Map((await countsByBatch(session)).map((one) => [one.batch, one]));
  const answered = fresh.map((batch, i) => {
    const answer = answerOf(counts.get(i), refused[i] ?? []);
    return { ...batch, answer, refused: refused[i] ?? [], before: earlier.get(batch.name) };
  });
  await storeEvents(session, given);
  const { rows, nextRow } = await writeEffects(session, given);
  const recalls = await recallsOfEvents(session, given);
  const harmed = rows.has('complaints') || rows.has('contact_permissions');
  const answers = await storeAnswers(session, answered, given.at);
  const accepted = answered.reduce((sum, { answer }) => sum + answer.accepted, 0);
  const rejected = answered.reduce((sum, { answer, before }) => sum + (before ? 0 : answer.rejectedTotal), 0);
  if (accepted + rejected > 0) await countDay(session, given.day, { nextRow, rejected, rows });
  for (const table of ['incoming', 'sent', 'named_accounts', 'named_people', 'named_parties', 'told'])
    await session.run(raw(`DROP TABLE IF EXISTS ${table}`));
  return {
    answers: names.map((name) => (answers.get(name) ?? earlier.get(name)?.answer) as Taken),
    recalls,
    harmed,
  };
}

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
