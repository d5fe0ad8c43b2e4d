import { textLots } from '#core/contact/messages.ts';
import type { Preview } from '#core/contract/delivery/exports.ts';
import type { Arm } from '#core/experiment/define.ts';
import { heldPeople } from '#core/holdout/entrants.ts';
import type { Dialect } from '#core/sql/dialects/dialect.ts';
import { sql } from '#core/sql/sql.ts';
import type { Session } from '../../engine/engine.ts';
import { hasLeft } from './exports.ts';

/**
 * A batch against the last messages of its experiment that left by a destination: people new, people gone, and of those in
 * both who has another arm, channel or text (by template, as the plan stands now). null where nothing has left before.
 */
export async function readDifference(
  session: Session,
  dialect: Dialect,
  given: { batchId: string; experimentId: string; destination: string; arms: readonly Arm[] },
): Promise<Preview['difference']> {
  const last = await session.first<{ export_id: string; started_at: string }>(
    sql`SELECT export_id, started_at FROM export_runs WHERE experiment_id = ${given.experimentId} AND destination = ${given.destination}
      AND carries = 'messages' AND batch_id <> ${given.batchId} AND state <> 'failed' ORDER BY started_at DESC, export_id DESC LIMIT 1`,
  );
  if (!last) return null;
  const drawn = (rows: 'o' | 'n') =>
    rows === 'o'
      ? sql`xo.arm = o.arm AND xo.touch = o.touch AND xo.place = coalesce(a.text_lot, 0) % xo.texts`
      : sql`xn.arm = n.arm AND xn.touch = n.touch AND xn.place = coalesce(a.text_lot, 0) % xn.texts`;
  const lots = textLots(dialect, given.arms);
  const found = await session.first<Omit<NonNullable<Preview['difference']>, 'exportId' | 'at'>>(sql`
    WITH o AS (SELECT x.assignment_id, x.customer_id, x.arm, x.touch, x.channel FROM export_rows x
      WHERE x.export_id = ${last.export_id} AND ${hasLeft(sql`x.state`)}),
    n AS (SELECT assignment_id, customer_id, arm, touch, channel FROM contact_checks WHERE batch_id = ${given.batchId})
    SELECT CAST(count(o.customer_id) AS BIGINT) AS people,
      CAST(count(CASE WHEN o.customer_id IS NULL THEN 1 END) AS BIGINT) AS fresh,
      CAST(count(CASE WHEN n.customer_id IS NULL THEN 1 END) AS BIGINT) AS gone,
      CAST(count(CASE WHEN o.arm <> n.arm THEN 1 END) AS BIGINT) AS arm,
      CAST(count(CASE WHEN o.channel <> n.channel THEN 1 END) AS BIGINT) AS channel,
      CAST(count(CASE WHEN xo.template <> xn.template THEN 1 END) AS BIGINT) AS template
    FROM o FULL JOIN n ON n.customer_id = o.customer_id
    LEFT JOIN assignments a ON a.experiment_id = ${given.experimentId} AND a.assignment_id = n.assignment_id
    LEFT JOIN ${lots} xo ON ${drawn('o')} LEFT JOIN ${lots} xn ON ${drawn('n')}`);
  return found ? { exportId: last.export_id, at: last.started_at, ...found } : null;
}

/** Messages of a batch by channel and the currency of the person's debt; of several currencies, the first by name. */
export const countByChannel = (
  session: Session,
  batchId: string,
): Promise<{ channel: string; currency: string | null; messages: number }[]> =>
  session.rows(sql`SELECT c.channel, k.currency, CAST(count(*) AS BIGINT) AS messages FROM contact_checks c
    LEFT JOIN (SELECT customer_id, min(currency) AS currency FROM current_accounts GROUP BY customer_id) k ON k.customer_id = c.customer_id
    WHERE c.batch_id = ${batchId} GROUP BY c.channel, k.currency ORDER BY c.channel, k.currency`);

/** People of a batch who are held out of discretionary contact. */
export async function countHeld(session: Session, batchId: string): Promise<number> {
  const found = await session.first<{ n: number }>(
    sql`SELECT CAST(count(*) AS BIGINT) AS n FROM contact_checks WHERE batch_id = ${batchId} AND customer_id IN (${heldPeople})`,
  );
  return found?.n ?? 0;
}
