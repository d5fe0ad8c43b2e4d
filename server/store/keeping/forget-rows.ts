import type { ForgetLine } from '#core/contract/portfolio/keeping.ts';
import { DomainError } from '#core/errors/domain-error.ts';
import { ident, raw, sql } from '#core/sql/sql.ts';
import type { Session } from '../../engine/engine.ts';
import { eraseRows } from './erase.ts';
import { collectMarks, readMarks } from './marks.ts';
import { experimentsOf, keepOutcomes, modelsTrained } from './outcomes.ts';
import { leaveBatches } from './reservations.ts';
import { scrubTexts } from './scrub.ts';

/**
 * Work cut off would go on with what it holds of the person. A run that its receiver has halted holds nothing: it reads its rows
 * anew. Writing its row makes one that is let go on at this very moment conflict with the forgetting, which then looks again.
 *
 * @throws work_unfinished
 */
export async function refuseUnfinished(session: Session, jobId: string): Promise<void> {
  const halted = sql`r.state = 'writing' AND r.halted IS NOT NULL`;
  const open = await session.rows<{ kind: string }>(
    sql`SELECT DISTINCT j.kind FROM jobs j WHERE j.state IN ('running', 'cancelling', 'interrupted') AND j.job_id <> ${jobId}
      AND NOT EXISTS (SELECT 1 FROM export_runs r WHERE ${halted} AND (r.export_id = j.job_id OR r.export_id = (j.input ->> '$.exportId')))
      ORDER BY j.kind`,
  );
  await session.run(sql`UPDATE export_runs r SET halted = r.halted WHERE ${halted}`);
  if (open.length)
    throw new DomainError('work_unfinished', { kinds: open.map(({ kind }) => kind).join(', ') });
}

/** Notes every string of the person; staging that loads left behind goes, nobody being at work on it. */
export async function noteMarks(
  session: Session,
  id: string,
  customerId: string,
  token: string,
): Promise<void> {
  const left = await session.rows<{ table_name: string }>(
    raw(
      "SELECT table_name FROM information_schema.tables WHERE regexp_matches(table_name, '^staging_[0-9a-f]{32}_') ORDER BY table_name",
    ),
  );
  for (const { table_name } of left) await session.run(sql`DROP TABLE ${ident(table_name)}`);
  await collectMarks(session, id, customerId, token);
}

export interface Erased {
  lines: ForgetLine[];
  models: number;
  experiments: number;
}

/** Erases a person whose strings are noted from every table, in the caller's transaction, and tells what was done. */
export async function forgetRows(
  session: Session,
  given: { id: string; customerId: string; token: string },
): Promise<Erased> {
  const { id, customerId, token } = given;
  const erased = {
    lines: [] as ForgetLine[],
    models: await modelsTrained(session),
    experiments: await experimentsOf(session, customerId),
  };
  erased.lines.push(
    ...(await keepOutcomes(session, customerId, token)),
    ...(await leaveBatches(session, customerId)),
    ...(await eraseRows(session, { forgettingId: id, token })),
    ...(await scrubTexts(session, await readMarks(session, id))),
  );
  return erased;
}
