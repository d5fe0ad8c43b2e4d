import { isDeepStrictEqual } from 'node:util';
import type { Taken } from '#core/contract/delivery/events.ts';
import type { ErrorCode } from '#core/errors/domain-error.ts';
import { join, list, raw, type Sql, sql } from '#core/sql/sql.ts';
import type { Session } from '../../engine/engine.ts';
import type { RefusedEvent, WaitingBatch } from './incoming.ts';

/** Refusals that another day, or what is loaded meanwhile, may take back. */
const mayPass: readonly ErrorCode[] = [
  'event_from_future',
  'event_unknown_message',
  'event_unknown_account',
  'event_unknown_person',
  'event_other_person',
  'event_other_currency',
];

/** A batch by its sender's name of it and its bytes. */
export const nameOf = (batch: Pick<WaitingBatch, 'senderId' | 'batchId' | 'bodyHash'>): string =>
  JSON.stringify([batch.senderId, batch.batchId, batch.bodyHash]);

export interface EarlierAnswer {
  answer: Taken;
  /** Whether nothing of it would be judged otherwise now. */
  settled: boolean;
}

/** Columns of values as a relation, in one value: a statement of many thousands is long in the making. */
function relation(columns: Record<string, [type: string, values: readonly unknown[]]>): Sql {
  const names = Object.keys(columns);
  const shape = Object.fromEntries(names.map((name) => [name, [columns[name]?.[0]]]));
  const values = Object.fromEntries(names.map((name) => [name, columns[name]?.[1]]));
  return sql`(SELECT ${join(names.map((name) => raw(`unnest(b."${name}") AS "${name}"`)))}
    FROM (SELECT unnest([from_json(CAST(${JSON.stringify(values)} AS JSON), ${JSON.stringify(shape)})]) AS b) AS one)`;
}

const asText = <T>(batches: readonly T[], pick: (batch: T) => string | null): [string, (string | null)[]] => [
  'VARCHAR',
  batches.map(pick),
];
const asWhole = <T>(batches: readonly T[], pick: (batch: T) => number): [string, number[]] => [
  'BIGINT',
  batches.map(pick),
];

/** What was answered to batches before, by their names. */
export async function readEarlier(
  session: Session,
  batches: readonly WaitingBatch[],
): Promise<Map<string, EarlierAnswer>> {
  const rows = await session.rows<{
    senderId: string;
    batchId: string;
    bodyHash: string;
    accepted: number;
    duplicates: number;
    rejected: number;
    first: string;
  }>(sql`SELECT e.sender_id AS "senderId", e.batch_id AS "batchId", e.body_hash AS "bodyHash", e.accepted, e.duplicates, e.rejected, CAST(e.first_rejects AS VARCHAR) AS first
    FROM event_batches e SEMI JOIN ${relation({ batch_id: asText(batches, ({ batchId }) => batchId) })} b ON b.batch_id = e.batch_id ORDER BY e.received_at`);
  const open = new Set<string>();
  const some = rows.filter(({ rejected }) => rejected > 0);
  if (some.length > 0)
    for (const { name } of await session.rows<{
      name: string;
    }>(sql`SELECT DISTINCT r.sender_id || ' ' || r.batch_id AS name FROM event_rejects r
      SEMI JOIN ${relation({ batch_id: asText(some, ({ batchId }) => batchId) })} b ON b.batch_id = r.batch_id WHERE r.reason IN ${list(mayPass)} ORDER BY name`))
      open.add(name);
  return new Map(
    rows.map(({ first, rejected, accepted, duplicates, ...of }) => [
      nameOf(of),
      {
        answer: {
          accepted,
          duplicates,
          rejected: JSON.parse(first) as Taken['rejected'],
          rejectedTotal: rejected,
        },
        settled: rejected === 0 || !open.has(`${of.senderId} ${of.batchId}`),
      },
    ]),
  );
}

interface Answered extends Pick<WaitingBatch, 'senderId' | 'batchId' | 'bodyHash'> {
  name: string;
  /** What came of it now. */
  answer: Taken;
  refused: readonly RefusedEvent[];
  before: EarlierAnswer | undefined;
}

/** What a batch has come to in all: what was taken of it before counts as taken, and not as a repetition. */
const inAll = (now: Taken, before: Taken | undefined): Taken =>
  before === undefined
    ? now
    : {
        ...now,
        accepted: before.accepted + now.accepted,
        duplicates: Math.max(0, now.duplicates - before.accepted),
      };

/** Stores the answers to a group and what was refused, in place of those of before; gives the answers by name. */
export async function storeAnswers(
  session: Session,
  answered: readonly Answered[],
  at: string,
): Promise<Map<string, Taken>> {
  const whole = answered.map((batch) => ({ ...batch, answer: inAll(batch.answer, batch.before?.answer) }));
  const changed = whole.filter(({ answer, before }) => !isDeepStrictEqual(answer, before?.answer));
  for (const { senderId, batchId, bodyHash, before } of changed) {
    if (!before) continue;
    const same = sql`b.sender_id = ${senderId} AND b.batch_id = ${batchId} AND b.body_hash = ${bodyHash}`;
    await session.run(sql`DELETE FROM event_rejects WHERE sender_id = ${senderId} AND batch_id = ${batchId}
      AND received_at IN (SELECT b.received_at FROM event_batches b WHERE ${same})`);
    await session.run(sql`DELETE FROM event_batches b WHERE ${same}`);
  }
  await storeRefused(session, changed, at);
  if (changed.length > 0)
    await session.run(
      sql`INSERT INTO event_batches BY NAME SELECT x.* REPLACE (CAST(first_rejects AS JSON) AS first_rejects), CAST(${at} AS TIMESTAMP) AS received_at FROM ${relation(
        {
          sender_id: asText(changed, ({ senderId }) => senderId),
          batch_id: asText(changed, ({ batchId }) => batchId),
          body_hash: asText(changed, ({ bodyHash }) => bodyHash),
          accepted: asWhole(changed, ({ answer }) => answer.accepted),
          duplicates: asWhole(changed, ({ answer }) => answer.duplicates),
          rejected: asWhole(changed, ({ answer }) => answer.rejectedTotal),
          first_rejects: asText(changed, ({ answer }) => JSON.stringify(answer.rejected)),
        },
      )} x`,
    );
  return new Map(whole.map(({ name, answer }) => [name, answer]));
}

async function storeRefused(session: Session, batches: readonly Answered[], at: string): Promise<void> {
  const refused = batches.flatMap(({ senderId, batchId, refused: some }) =>
    some.map((one) => ({ ...one, senderId, batchId })),
  );
  if (refused.length === 0) return;
  await session.run(
    sql`INSERT INTO event_rejects BY NAME SELECT x.*, CAST(${at} AS TIMESTAMP) AS received_at FROM ${relation(
      {
        sender_id: asText(refused, ({ senderId }) => senderId),
        batch_id: asText(refused, ({ batchId }) => batchId),
        position: asWhole(refused, ({ position }) => position),
        event_id: asText(refused, ({ id }) => id),
        kind: asText(refused, ({ kind }) => kind),
        field: asText(refused, ({ field }) => field),
        value: asText(refused, ({ value }) => value),
        reason: asText(refused, ({ reason }) => reason),
      },
    )} x`,
  );
}
