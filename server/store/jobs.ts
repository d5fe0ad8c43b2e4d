import type { Job } from '#core/contract/jobs.ts';
import { sql } from '#core/sql/sql.ts';
import type { Session } from '../engine/engine.ts';

export interface JobRecord {
  job_id: string;
  kind: string;
  input: string;
  input_hash: string;
  idempotency_key: string | null;
  data_version: string | null;
  state: Job['state'];
  attempts: number;
  outputs: string;
  error: string | null;
  created_at: string;
  finished_at: string | null;
  by_principal: string;
}

export async function insertJob(session: Session, job: JobRecord): Promise<void> {
  await session.run(sql`INSERT INTO jobs VALUES (${job.job_id}, ${job.kind}, ${job.input}, ${job.input_hash},
    ${job.idempotency_key}, ${job.data_version}, ${job.state}, ${job.attempts}, ${job.outputs}, ${job.error},
    ${job.created_at}, ${job.finished_at}, ${job.by_principal})`);
}

export const readJob = (session: Session, id: string): Promise<JobRecord | undefined> =>
  session.first<JobRecord>(sql`SELECT * FROM jobs WHERE job_id = ${id}`);

export const readJobByKey = (session: Session, key: string): Promise<JobRecord | undefined> =>
  session.first<JobRecord>(sql`SELECT * FROM jobs WHERE idempotency_key = ${key}`);

export const readJobs = (session: Session, limit: number, offset: number): Promise<JobRecord[]> =>
  session.rows<JobRecord>(
    sql`SELECT * FROM jobs ORDER BY created_at DESC, job_id DESC LIMIT ${limit} OFFSET ${offset}`,
  );

export const readJobsIn = (session: Session, state: Job['state']): Promise<JobRecord[]> =>
  session.rows<JobRecord>(sql`SELECT * FROM jobs WHERE state = ${state} ORDER BY created_at, job_id`);

export async function updateJob(
  session: Session,
  id: string,
  change: Pick<JobRecord, 'state'> & Partial<Pick<JobRecord, 'error' | 'finished_at' | 'attempts'>>,
): Promise<void> {
  await session.run(sql`UPDATE jobs SET state = ${change.state}, error = ${change.error ?? null},
    finished_at = ${change.finished_at ?? null}, attempts = coalesce(${change.attempts ?? null}, attempts)
    WHERE job_id = ${id}`);
}

export async function saveOutputs(session: Session, id: string, outputs: unknown): Promise<void> {
  await session.run(sql`UPDATE jobs SET outputs = ${JSON.stringify(outputs)} WHERE job_id = ${id}`);
}

export async function appendJobEvent(
  session: Session,
  seq: number,
  job: Job,
  happenedAt: string,
): Promise<void> {
  await session.run(
    sql`INSERT INTO job_events VALUES (${seq}, ${job.id}, ${JSON.stringify(job)}, ${happenedAt})`,
  );
}

export const lastJobEvent = async (session: Session): Promise<number> =>
  (await session.first<{ seq: number }>(sql`SELECT coalesce(max(seq), 0) AS seq FROM job_events`))?.seq ?? 0;

/** The latest state of every job that changed after an event. */
export const jobEventsAfter = (session: Session, seq: number): Promise<{ seq: number; body: string }[]> =>
  session.rows(sql`SELECT max(seq) AS seq, arg_max(body, seq) AS body FROM job_events WHERE seq > ${seq}
    GROUP BY job_id ORDER BY 1`);
