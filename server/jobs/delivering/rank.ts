import type { Batch } from '#core/contract/delivery/batches.ts';
import { owedInRun, type RankOrder, type RankRequest, rankedRows } from '#core/delivery/ranking.ts';
import { DomainError } from '#core/errors/domain-error.ts';
import { type Sql, sql } from '#core/sql/sql.ts';
import type { Context } from '../../context.ts';
import type { Session } from '../../engine/engine.ts';
import { readDesign } from '../../store/experiments/designs.ts';
import { instant } from '../../store/workspace.ts';

export interface Ranking {
  by: RankOrder;
  capacity: number | null;
}

export async function rankRequest(
  session: Session,
  exportId: string,
  batch: Batch,
  { by }: Ranking,
): Promise<RankRequest> {
  const asOf = batch.asOf ?? (await readDesign(session, batch.experimentId)).asOf;
  return { exportId, batchId: batch.id, asOf, by };
}

/** Amounts of several currencies cannot be put in one order. @throws ranking_currencies */
async function requireOneCurrency(context: Context, session: Session, request: RankRequest): Promise<void> {
  if (request.by !== 'amount') return;
  const found = await session.first<{ lowest: string | null; highest: string | null }>(
    sql`SELECT min(lowest) AS lowest, max(highest) AS highest FROM ${owedInRun(request, context.engine.dialect)} w`,
  );
  if (found && found.lowest !== found.highest)
    throw new DomainError('ranking_currencies', { currencies: `${found.lowest}, ${found.highest}` });
}

/**
 * Keeps back, with the reason `capacity`, whoever comes after the people that can still be called on the batch's day, those counted
 * that other runs to the destination have left or are leaving for.
 */
export async function cutByCapacity(
  context: Context,
  session: Session,
  request: RankRequest,
  given: { batch: Batch; destination: string; capacity: number | null },
): Promise<void> {
  await requireOneCurrency(context, session, request);
  if (given.capacity === null) return;
  const taken = await session.first<{ n: number }>(sql`SELECT CAST(count(*) AS BIGINT) AS n FROM export_rows x
    JOIN export_runs r ON r.export_id = x.export_id JOIN batches b ON b.batch_id = r.batch_id
    WHERE r.destination = ${given.destination} AND r.export_id <> ${request.exportId} AND (b.summary ->> '$.sendOn') = ${given.batch.sendOn}
      AND r.carries = 'messages' AND x.state IN ('pending', 'sending', 'acknowledged', 'written', 'uncertain')`);
  const left = Math.max(0, given.capacity - (taken?.n ?? 0));
  await session.run(sql`UPDATE export_rows SET state = 'withheld', reason = 'capacity', changed_at = ${instant(context.now())}
    WHERE export_id = ${request.exportId} AND seq IN (SELECT g.seq FROM ${rankedRows(context.engine.dialect, request)} g WHERE g.rank > ${left})`);
}

/** Messages of the rows that wait, with their rank and in that order. */
export const inRank = (context: Context, messages: Sql, request: RankRequest): Sql =>
  sql`SELECT m.*, g.rank FROM (${messages}) m JOIN ${rankedRows(context.engine.dialect, request)} g ON g.message_key = m.message_key ORDER BY g.rank`;

export const rankColumn = { name: 'rank', type: 'integer' } as const;
