import type { Schedule, ScheduledWork } from '#core/contract/delivery/schedules.ts';
import { DomainError } from '#core/errors/domain-error.ts';
import { sql } from '#core/sql/sql.ts';
import type { Session } from '../../engine/engine.ts';

interface Row {
  schedule_id: string;
  name: string;
  cron: string;
  time_zone: string;
  work: string;
  missed: Schedule['missed'];
  enabled: boolean;
  last_due: string | null;
  last_job: string | null;
  last_note: string | null;
  created_at: string;
  by_principal: string;
}

export type StoredSchedule = Omit<Schedule, 'next'>;

const asSchedule = (row: Row): StoredSchedule => ({
  id: row.schedule_id,
  name: row.name,
  cron: row.cron,
  timeZone: row.time_zone,
  work: JSON.parse(row.work) as ScheduledWork,
  missed: row.missed,
  enabled: row.enabled,
  lastDue: row.last_due,
  lastJob: row.last_job,
  lastNote: row.last_note === null ? null : (JSON.parse(row.last_note) as string | null),
  createdAt: row.created_at,
  by: row.by_principal,
});

export const readSchedules = async (session: Session): Promise<StoredSchedule[]> =>
  (await session.rows<Row>(sql`SELECT * FROM schedules ORDER BY name, schedule_id`)).map(asSchedule);

/** @throws not_found */
export async function readSchedule(session: Session, id: string): Promise<StoredSchedule> {
  const row = await session.first<Row>(sql`SELECT * FROM schedules WHERE schedule_id = ${id}`);
  if (!row) throw new DomainError('not_found', { kind: 'schedule', id });
  return asSchedule(row);
}

type Settings = Pick<Schedule, 'name' | 'cron' | 'timeZone' | 'work' | 'missed' | 'enabled'>;

export async function insertSchedule(
  session: Session,
  id: string,
  given: Settings,
  at: string,
  by: string,
): Promise<void> {
  await session.run(sql`INSERT INTO schedules VALUES (${id}, ${given.name}, ${given.cron}, ${given.timeZone}, ${JSON.stringify(given.work)},
    ${given.missed}, ${given.enabled}, ${at}, NULL, NULL, ${at}, ${by})`);
}

/** A schedule changed begins anew: times before the change are not missed ones. */
export async function updateSchedule(
  session: Session,
  id: string,
  given: Settings,
  at: string,
): Promise<void> {
  await session.run(sql`UPDATE schedules SET name = ${given.name}, cron = ${given.cron}, time_zone = ${given.timeZone},
    work = ${JSON.stringify(given.work)}, missed = ${given.missed}, enabled = ${given.enabled}, last_due = ${at} WHERE schedule_id = ${id}`);
}

export async function removeSchedule(session: Session, id: string): Promise<void> {
  await session.run(sql`DELETE FROM schedules WHERE schedule_id = ${id}`);
}

export async function noteDue(
  session: Session,
  id: string,
  done: { due: string; job: string | null; note: string | null },
): Promise<void> {
  await session.run(sql`UPDATE schedules SET last_due = ${done.due}, last_job = coalesce(${done.job}, last_job), last_note = ${JSON.stringify(done.note)}
    WHERE schedule_id = ${id}`);
}

/** Whether what a schedule began last is not over yet, or a run of the sync that it is for, whoever began that. */
export async function isUnderWay(session: Session, { lastJob, work }: StoredSchedule): Promise<boolean> {
  const live = sql`j.state IN ('queued', 'running', 'cancelling', 'interrupted')`;
  const syncId = work.kind === 'sync' ? work.syncId : null;
  const found = await session.first(sql`SELECT 1 AS one FROM jobs j WHERE ${live}
      AND (j.job_id = ${lastJob} OR (j.kind = 'sync' AND (j.input ->> '$.syncId') = ${syncId}))
    UNION ALL SELECT 1 FROM export_runs r WHERE r.sync_id = ${syncId} AND r.state = 'writing' LIMIT 1`);
  return found !== undefined;
}
