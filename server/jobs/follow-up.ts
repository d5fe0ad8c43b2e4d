import type { Context } from '../context.ts';
import type { JobKind } from './job.ts';

/** Asks for what a job's end calls for. What could not be asked for is logged: the job itself has ended well. */
export async function followUp(
  context: Context,
  job: { id: string; by: string; kind: JobKind<unknown>; outputs: Record<string, unknown> },
): Promise<void> {
  const { id, by, kind, outputs } = job;
  try {
    for (const [i, next] of ((await kind.followUp?.({ context, outputs })) ?? []).entries())
      await context.jobs.submit({ ...next, by, idempotencyKey: `${id}:${next.kind}:${i}` });
  } catch (error) {
    context.log.error({ err: error, job: id }, 'what a job calls for could not be asked for');
  }
}
