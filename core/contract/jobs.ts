import { z } from 'zod';
import { detailValues, isoInstant, paging } from './common.ts';
import { endpoint } from './endpoint.ts';

export const jobStates = [
  'queued',
  'running',
  'cancelling',
  'done',
  'failed',
  'cancelled',
  'interrupted',
] as const;

export const job = z.object({
  id: z.string(),
  kind: z.string(),
  state: z.enum(jobStates),
  steps: z.array(
    z.object({
      name: z.string(),
      state: z.enum(['waiting', 'running', 'done']),
      /** Share done, when known. */
      progress: z.number().min(0).max(1).nullable(),
      /** What it is doing, in the job's own terms: round 12 of 200, rows written. */
      note: z.string().nullable(),
      seconds: z.number().nullable(),
    }),
  ),
  input: z.unknown(),
  result: z.unknown().nullable(),
  error: z
    .object({ code: z.string(), message: z.string(), fix: z.string(), details: detailValues })
    .nullable(),
  createdAt: isoInstant,
  finishedAt: isoInstant.nullable(),
  by: z.string(),
});
export type Job = z.output<typeof job>;

const params = z.object({ jobId: z.string() });

export const jobs = {
  list: endpoint({
    id: 'jobs.list',
    method: 'GET',
    path: '/jobs',
    permission: 'job:read',
    query: paging,
    response: z.object({ jobs: z.array(job) }),
    summary: { es: 'Trabajos, los últimos primero', en: 'Jobs, newest first' },
    command: 'jobs',
  }),
  get: endpoint({
    id: 'jobs.get',
    method: 'GET',
    path: '/jobs/{jobId}',
    permission: 'job:read',
    params,
    response: job,
    summary: { es: 'Un trabajo', en: 'One job' },
    command: 'job show',
  }),
  cancel: endpoint({
    id: 'jobs.cancel',
    method: 'DELETE',
    path: '/jobs/{jobId}',
    permission: 'job:cancel',
    params,
    response: job,
    summary: { es: 'Cancela un trabajo', en: 'Cancels a job' },
    command: 'job cancel',
  }),
  stream: endpoint({
    id: 'jobs.stream',
    method: 'GET',
    path: '/events/stream',
    permission: 'job:read',
    response: z.string().describe('text/event-stream of job changes; resume with Last-Event-ID'),
    summary: { es: 'Avance de los trabajos, en vivo', en: 'Progress of jobs, live' },
    kind: 'stream',
  }),
};
