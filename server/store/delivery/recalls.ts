import { type Carried, leftStates } from '#core/delivery/answer.ts';
import type { Dialect } from '#core/sql/dialects/dialect.ts';
import { join, literal, raw, type Sql, sql } from '#core/sql/sql.ts';
import type { Session } from '../../engine/engine.ts';
import { hasLeft, insertRun } from './exports.ts';

const carries: Carried = 'recalls';

/** Destinations that hold messages to be called back. */
export const destinationsToCall = async (session: Session): Promise<string[]> => {
  const rows = await session.rows<{ destination: string }>(sql`SELECT DISTINCT e.destination FROM recalls c
    JOIN export_runs e ON e.export_id = c.export_id WHERE c.state = 'pending' ORDER BY e.destination`);
  return rows.map(({ destination }) => destination);
};

const under = [...leftStates, 'pending', 'sending'];

/** Recalls of messages that never left need nothing; what still waits to be sent is kept back there, and looked at again. */
export const dropUnneeded = (session: Session): Promise<number> =>
  session.run(sql`UPDATE recalls SET state = 'unneeded' WHERE state = 'pending' AND NOT EXISTS (
    SELECT 1 FROM export_rows x WHERE x.export_id = recalls.export_id AND x.customer_id = recalls.customer_id
      AND x.state IN (${join(under.map((state) => sql`${state}`))}))`);

export const markImpossible = (session: Session, destination: string): Promise<number> =>
  session.run(sql`UPDATE recalls SET state = 'impossible' WHERE state = 'pending'
    AND export_id IN (SELECT export_id FROM export_runs WHERE destination = ${destination})`);

/** What a recall says of a message: nothing of the person but the identifier they were sent under. */
export const recallColumns = [
  { name: 'customer_id', type: 'text' },
  { name: 'message_key', type: 'text' },
  { name: 'reason', type: 'text' },
  { name: 'channel', type: 'text' },
  { name: 'template', type: 'text' },
  { name: 'send_before', type: 'text' },
] as const;

/** Takes the recalls of one destination into a run of their own; gives how many rows it has. */
export async function freezeRecalls(
  session: Session,
  dialect: Dialect,
  run: { id: string; destination: string; startedAt: string; by: string },
): Promise<number> {
  const found: Sql = sql`SELECT c.recall_id, c.customer_id, c.reason, x.message_key, x.channel, x.arm, x.touch, x.assignment_id, k.send_before,
      CAST(row_number() OVER (ORDER BY x.message_key, c.recall_id) AS INTEGER) - 1 AS seq
    FROM recalls c JOIN export_runs e ON e.export_id = c.export_id
    JOIN export_rows x ON x.export_id = c.export_id AND x.customer_id = c.customer_id AND ${hasLeft(sql`x.state`)}
    LEFT JOIN contact_checks k ON k.batch_id = e.batch_id AND k.assignment_id = x.assignment_id
    WHERE c.state = 'pending' AND e.destination = ${run.destination}`;
  const template = raw('CAST(NULL AS VARCHAR)');
  const payload = dialect.jsonObject([
    ['customer_id', raw('f.customer_id')],
    ['message_key', raw('f.message_key')],
    ['reason', raw('f.reason')],
    ['channel', raw('f.channel')],
    ['template', template],
    ['send_before', dialect.isoText(raw('f.send_before'))],
  ]);
  await session.run(raw('DROP TABLE IF EXISTS called_back'));
  await session.run(sql`CREATE TEMPORARY TABLE called_back AS ${found}`);
  const rows = await session.first<{ n: number }>(
    raw('SELECT CAST(count(*) AS BIGINT) AS n FROM called_back'),
  );
  if (!rows?.n) return 0;
  await insertRun(session, { ...run, carries, options: {}, rows: rows.n, excluded: 0 });
  const key = dialect.md5(dialect.concat(raw("'recall:'"), raw('f.message_key')));
  await session.run(sql`INSERT INTO export_rows (export_id, message_key, assignment_id, customer_id, arm, touch, channel, state, rule, seq)
    SELECT ${run.id}, ${key}, f.assignment_id, f.customer_id, f.arm, f.touch, f.channel, 'pending', NULL, f.seq FROM called_back f`);
  await session.run(
    sql`INSERT INTO export_payloads SELECT ${run.id}, f.seq, f.customer_id, 'put', NULL, f.send_before, ${payload} FROM called_back f`,
  );
  await session.run(
    sql`UPDATE recalls SET state = 'sending', detail = NULL, run_id = ${literal(run.id)}, run_seq = f.seq
      FROM called_back f WHERE recalls.recall_id = f.recall_id`,
  );
  await session.run(raw('DROP TABLE called_back'));
  return rows.n;
}

/** Writes down how the recalls of a run stand: each as its row does, also when that is tried again. */
export async function settleRecalls(session: Session, runId: string, at: string): Promise<void> {
  const id = literal(runId);
  const taken = raw("x.state IN ('acknowledged', 'written')");
  await session.run(sql`UPDATE recalls SET outcome = x.state, detail = x.reason,
    sent_at = CASE WHEN ${taken} THEN coalesce(x.changed_at, CAST(${literal(at)} AS TIMESTAMP)) END,
    state = CASE WHEN ${taken} THEN 'sent' WHEN x.state = 'expired' THEN 'late' WHEN x.state IN ('pending', 'sending') THEN 'sending' ELSE 'failed' END
    FROM export_rows x WHERE recalls.run_id = ${id} AND x.export_id = ${id} AND x.seq = recalls.run_seq`);
}
