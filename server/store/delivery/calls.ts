import type { z } from 'zod';
import type { contract } from '#core/contract/index.ts';
import { all, sql } from '#core/sql/sql.ts';
import type { Session } from '../../engine/engine.ts';

type Calls = z.output<typeof contract.exports.calls.response>;

/** Calls of a run, newest first, and how many ended how. */
export async function readCalls(
  session: Session,
  exportId: string,
  query: { answer?: string | undefined; limit: number; offset: number },
): Promise<Calls> {
  const chosen = all([
    sql`export_id = ${exportId}`,
    ...(query.answer ? [sql`answer = ${query.answer}`] : []),
  ]);
  const answers = await session.rows<Calls['answers'][number]>(
    sql`SELECT answer, CAST(count(*) AS BIGINT) AS calls, CAST(sum(row_count) AS BIGINT) AS "rows"
      FROM export_calls WHERE export_id = ${exportId} GROUP BY answer ORDER BY answer`,
  );
  const calls = await session.rows<Calls['calls'][number]>(
    sql`SELECT call_id AS "callId", attempt, row_count AS "rows", bytes, answer, reason, started_at AS "startedAt", ended_at AS "endedAt"
      FROM export_calls WHERE ${chosen} ORDER BY started_at DESC, call_id, attempt LIMIT ${query.limit} OFFSET ${query.offset}`,
  );
  const total = answers
    .filter(({ answer }) => !query.answer || answer === query.answer)
    .reduce((sum, one) => sum + one.calls, 0);
  return { total, answers, calls };
}
