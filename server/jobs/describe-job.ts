import type { Job } from '#core/contract/jobs.ts';
import type { JobRecord } from '../store/jobs.ts';
import type { JobKind } from './job.ts';

type StepState = Job['steps'][number];

/** A job as the contract shows it: what is stored, and how far the steps under way are. */
export function describeJob(
  record: JobRecord,
  kind: JobKind | undefined,
  live: ReadonlyMap<string, StepState> | undefined,
): Job {
  const outputs = JSON.parse(record.outputs) as Record<string, unknown>;
  const steps = (kind?.steps ?? []).map(({ name }): StepState => {
    const running = live?.get(name);
    if (name in outputs)
      return { name, state: 'done', progress: 1, note: null, seconds: running?.seconds ?? null };
    return running ? { ...running } : { name, state: 'waiting', progress: null, note: null, seconds: null };
  });
  return {
    id: record.job_id,
    kind: record.kind,
    state: record.state,
    steps,
    input: JSON.parse(record.input) as unknown,
    result: record.state === 'done' ? (kind?.result(outputs) ?? null) : null,
    error: record.error ? (JSON.parse(record.error) as Job['error']) : null,
    createdAt: record.created_at,
    finishedAt: record.finished_at,
    by: record.by_principal,
  };
}
