import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { v7 as uuidv7 } from 'uuid';
import type { Context } from '../context.ts';
import { type JobRecord, readJobByKey } from '../store/jobs.ts';
import { instant } from '../store/workspace.ts';
import type { JobKind } from './job.ts';

export interface Submission {
  kind: string;
  input: unknown;
  by: string;
  idempotencyKey?: string | undefined;
}

/** A job as it is stored while it waits. */
export function newJob({ now }: Context, { kind, input, by, idempotencyKey }: Submission): JobRecord {
  const text = JSON.stringify(input ?? {});
  return {
    job_id: uuidv7(),
    kind,
    input: text,
    input_hash: bytesToHex(sha256(new TextEncoder().encode(text))),
    idempotency_key: idempotencyKey ?? null,
    data_version: null,
    state: 'queued',
    attempts: 0,
    outputs: '{}',
    error: null,
    created_at: instant(now()),
    finished_at: null,
    by_principal: by,
  };
}

/**
 * What a job's end calls for, to be stored in the commit that ends it: a stop leaves both or neither. What could not be worked out
 * is logged: the job itself has ended well.
 */
export async function jobsAfter(
  context: Context,
  job: { id: string; by: string; kind: JobKind<unknown>; outputs: Record<string, unknown> },
): Promise<JobRecord[]> {
  const { id, by, kind, outputs } = job;
  const next: JobRecord[] = [];
  try {
    for (const [i, one] of ((await kind.followUp?.({ context, outputs })) ?? []).entries()) {
      const idempotencyKey = `${id}:${one.kind}:${i}`;
      if (!(await readJobByKey(context.engine, idempotencyKey)))
        next.push(newJob(context, { ...one, by, idempotencyKey }));
    }
  } catch (error) {
    context.log.error({ err: error, job: id }, 'what a job calls for could not be asked for');
  }
  return next;
}
