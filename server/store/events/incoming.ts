import { join, raw, type Sql, sql } from '#core/sql/sql.ts';
import type { Session } from '../../engine/engine.ts';

/** A batch as its form was judged, to be stored whole or not at all. */
export interface WaitingBatch {
  senderId: string;
  /** The sender's own name of the batch: `webhook-id`, or the piece of a file. */
  batchId: string;
  bodyHash: string;
  events: number;
  /** JSON: a list for each of the columns below. */
  columns: string;
  refused: readonly RefusedEvent[];
  /** Put before each position, where a batch is a piece of a file. */
  before: number;
}

export interface RefusedEvent {
  position: number;
  id: string | null;
  kind: string | null;
  field: string | null;
  value: string | null;
  reason: string;
}

const shape = JSON.stringify({
  position: ['BIGINT'],
  id: ['VARCHAR'],
  kind: ['VARCHAR'],
  happenedAt: ['TIMESTAMP'],
  messageKey: ['VARCHAR'],
  customerId: ['VARCHAR'],
  accountId: ['VARCHAR'],
  channel: ['VARCHAR'],
  amount: ['DECIMAL(18,2)'],
  currency: ['VARCHAR'],
  dueOn: ['DATE'],
  reference: ['VARCHAR'],
  topic: ['VARCHAR'],
  method: ['VARCHAR'],
  reversed: ['BOOLEAN'],
});

const each = (name: string, as: string): Sql => raw(`unnest(b.listed."${name}") AS ${as}`);

/** Temporary tables of one group, on the connection of its transaction. */
export async function stageIncoming(session: Session, batches: readonly WaitingBatch[]): Promise<void> {
  await session.run(
    raw(`CREATE TEMPORARY TABLE incoming (batch INTEGER, sender_id VARCHAR, position BIGINT, event_id VARCHAR, kind VARCHAR, happened_at TIMESTAMP,
    message_key VARCHAR, customer_id VARCHAR, account_id VARCHAR, channel VARCHAR, amount DECIMAL(18,2), currency VARCHAR, due_on DATE,
    reference VARCHAR, topic VARCHAR, method VARCHAR, reversed BOOLEAN, id_hash UBIGINT)`),
  );
  const given = batches.flatMap(({ senderId, columns, events, before }, i) =>
    events > 0 ? [sql`(${i}, ${senderId}, ${before}, ${columns})`] : [],
  );
  if (given.length === 0) return;
  await session.run(sql`INSERT INTO incoming SELECT x.batch, x.sender_id, x.position + x.before, x.* EXCLUDE (batch, sender_id, before, position),
      hash(x.sender_id || ' ' || x.event_id || CASE WHEN x.reversed THEN ' reversed' ELSE '' END) FROM (
    SELECT b.batch, b.sender_id, b.before, ${each('position', 'position')}, ${each('id', 'event_id')}, ${each('kind', 'kind')}, ${each('happenedAt', 'happened_at')},
      ${each('messageKey', 'message_key')}, ${each('customerId', 'customer_id')}, ${each('accountId', 'account_id')},
      ${each('channel', 'channel')}, ${each('amount', 'amount')}, ${each('currency', 'currency')}, ${each('dueOn', 'due_on')},
      ${each('reference', 'reference')}, ${each('topic', 'topic')}, ${each('method', 'method')}, ${each('reversed', 'reversed')}
    FROM (SELECT v.batch, v.sender_id, v.before, from_json(CAST(v.columns AS JSON), ${shape}) AS listed
      FROM (VALUES ${join(given)}) AS v(batch, sender_id, before, columns)) AS b) AS x`);
}

/** Accounts, people and messages that the group names, as temporary tables. */
async function findNamed(session: Session): Promise<void> {
  await session.run(
    raw(`CREATE TEMPORARY TABLE sent AS
    SELECT r.message_key, r.export_id, r.seq, r.assignment_id, r.customer_id, r.arm, r.touch, r.channel, r.state FROM export_rows r
    SEMI JOIN incoming i ON i.message_key = r.message_key
    SEMI JOIN export_runs e ON e.export_id = r.export_id AND e.carries = 'messages' WHERE r.state <> 'excluded'
    QUALIFY row_number() OVER (PARTITION BY r.message_key ORDER BY r.state = 'pending', r.export_id DESC) = 1`),
  );
  await session.run(
    raw(`CREATE TEMPORARY TABLE named_accounts AS
    SELECT a.account_id, a.customer_id, a.currency FROM current_accounts a SEMI JOIN incoming i ON i.account_id = a.account_id`),
  );
  await session.run(
    raw(`CREATE TEMPORARY TABLE named_people AS
    SELECT c.customer_id FROM current_customers c SEMI JOIN incoming i ON i.customer_id = c.customer_id
    UNION SELECT a.customer_id FROM current_accounts a SEMI JOIN incoming i ON i.customer_id = a.customer_id`),
  );
}

/** Who else answers for accounts, of those the events name that were not found or do not hold the account. */
async function findParties(session: Session): Promise<void> {
  await session.run(
    raw(`CREATE TEMPORARY TABLE named_parties AS SELECT p.account_id, p.customer_id FROM current_account_parties p
    SEMI JOIN told t ON t.who = p.customer_id AND t.reason IN ('event_unknown_person', 'event_other_person')`),
  );
  await session.run(
    raw(
      'INSERT INTO named_people SELECT DISTINCT customer_id FROM named_parties p ANTI JOIN named_people n ON n.customer_id = p.customer_id',
    ),
  );
}

/** What was paid or promised is the account's, whoever told of it; all else is of the message's person, else the one named. */
const told = (parties: boolean): Sql =>
  raw(`CREATE OR REPLACE TEMPORARY TABLE told AS
  SELECT i.* REPLACE (coalesce(CASE WHEN i.kind IN ('paid', 'promised') THEN a.customer_id END, s.customer_id, i.customer_id, a.customer_id) AS customer_id,
      coalesce(i.channel, s.channel) AS channel),
    i.customer_id AS named_customer, coalesce(s.customer_id, i.customer_id) AS who, i.channel AS named_channel, s.export_id, s.assignment_id, s.arm, s.touch,
    CASE WHEN i.message_key IS NOT NULL AND s.message_key IS NULL THEN 'event_unknown_message'
      WHEN i.account_id IS NOT NULL AND a.account_id IS NULL THEN 'event_unknown_account'
      WHEN i.customer_id IS NOT NULL AND p.customer_id IS NULL THEN 'event_unknown_person'
      WHEN i.customer_id <> s.customer_id OR (a.customer_id <> coalesce(s.customer_id, i.customer_id)${parties ? ' AND q.customer_id IS NULL' : ''}) THEN 'event_other_person'
      WHEN i.currency <> a.currency THEN 'event_other_currency' END AS reason
  FROM incoming i LEFT JOIN sent s ON s.message_key = i.message_key
  LEFT JOIN named_accounts a ON a.account_id = i.account_id
  LEFT JOIN named_people p ON p.customer_id = i.customer_id
  ${parties ? 'LEFT JOIN named_parties q ON q.account_id = i.account_id AND q.customer_id = coalesce(s.customer_id, i.customer_id)' : ''}`);

/**
 * Whom each event is about, by the message, the account or the person it names, in the table `told`; with the reason
 * where that cannot be told. Whoever answers for an account may be named beside it as its holder may.
 */
export async function tellWhom(session: Session): Promise<void> {
  await findNamed(session);
  await session.run(told(false));
  const odd = await session.first(
    raw("SELECT 1 AS one FROM told WHERE reason IN ('event_unknown_person', 'event_other_person') LIMIT 1"),
  );
  if (!odd) return;
  await findParties(session);
  await session.run(told(true));
}

/** What of a refused event is shown beside its reason. */
const refusedField = `CASE reason WHEN 'event_unknown_message' THEN 'messageKey' WHEN 'event_unknown_account' THEN 'accountId'
  WHEN 'event_other_currency' THEN 'currency' WHEN 'event_conflict' THEN 'id' ELSE 'customerId' END`;
const refusedValue = `CASE reason WHEN 'event_unknown_message' THEN message_key WHEN 'event_unknown_account' THEN account_id
  WHEN 'event_other_currency' THEN currency WHEN 'event_conflict' THEN event_id ELSE coalesce(named_customer, who) END`;

/** Events that cannot be told whose they are, by batch and place in it. */
export const refusedInGroup = (session: Session): Promise<(RefusedEvent & { batch: number })[]> =>
  session.rows(
    raw(`SELECT batch, position, event_id AS id, kind, ${refusedField} AS field, ${refusedValue} AS value, reason
    FROM told WHERE reason IS NOT NULL AND reason <> 'repeat' ORDER BY batch, position`),
  );

export const countsByBatch = (
  session: Session,
): Promise<{ batch: number; accepted: number; duplicates: number }[]> =>
  session.rows(
    raw(`SELECT batch, CAST(count(*) FILTER (WHERE reason IS NULL) AS BIGINT) AS accepted,
      CAST(count(*) FILTER (WHERE reason = 'repeat') AS BIGINT) AS duplicates FROM told GROUP BY batch ORDER BY batch`),
  );
