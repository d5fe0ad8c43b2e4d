import { contract } from '#core/contract/index.ts';
import { handle } from '../http/handle.ts';
import type { JobChange } from '../jobs/queue.ts';

const heartbeatMs = 15_000;

/** Server-Sent Events of job changes, with a comment now and then so that a dead connection is noticed. */
async function* eventStream(changes: AsyncGenerator<JobChange>, signal: AbortSignal): AsyncGenerator<string> {
  yield 'retry: 1000\n\n';
  let next = changes.next();
  while (!signal.aborted) {
    const beat = new Promise<'beat'>((resolve) => {
      const timer = setTimeout(() => resolve('beat'), heartbeatMs);
      next.finally(() => clearTimeout(timer)).catch(() => {});
    });
    const got = await Promise.race([next, beat]);
    if (got === 'beat') yield ': still here\n\n';
    else if (got.done) return;
    else {
      yield `id: ${got.value.seq}\nevent: job\ndata: ${JSON.stringify(got.value.job)}\n\n`;
      next = changes.next();
    }
  }
}

export const handlers = [
  handle(contract.jobs.list, async ({ context, input }) => ({
    jobs: await context.jobs.list(input.query.limit, input.query.offset),
  })),
  handle(contract.jobs.get, ({ context, input }) => context.jobs.get(input.params.jobId)),
  handle(contract.jobs.cancel, ({ context, input }) => context.jobs.cancel(input.params.jobId)),
  handle(contract.jobs.stream, async ({ context, exchange }) => {
    const last = Number(exchange.headers['last-event-id']);
    const after = Number.isInteger(last) && exchange.headers['last-event-id'] ? last : null;
    return {
      contentType: 'text/event-stream',
      body: eventStream(context.jobs.changes(after, exchange.signal), exchange.signal),
    };
  }),
];
