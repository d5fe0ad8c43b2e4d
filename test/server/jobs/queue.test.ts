import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Job } from '#core/contract/jobs.ts';
import { sql } from '#core/sql/sql.ts';
import { type JobKind, jobKind } from '#server/jobs/job.ts';
import { JobQueue } from '#server/jobs/queue.ts';
import { openTestWorkspace, type TestWorkspace } from '../../support/workspace.ts';

let workspace: TestWorkspace;
beforeEach(async () => {
  workspace = await openTestWorkspace();
  await workspace.context.engine.run(sql`CREATE TABLE marks (step VARCHAR)`);
});
afterEach(() => workspace.close());

const mark = (step: string) => ({
  name: step,
  run: async () => ({
    output: step,
    publish: async (session: { run(statement: ReturnType<typeof sql>): Promise<number> }) => {
      await session.run(sql`INSERT INTO marks VALUES (${step})`);
    },
  }),
});

const queueOf = async (kinds: Record<string, JobKind<never>>): Promise<JobQueue> => {
  const queue = new JobQueue(new Map(Object.entries(kinds)));
  await queue.start({ ...workspace.context, jobs: queue });
  return queue;
};

const marks = async (): Promise<string[]> =>
  (await workspace.context.engine.rows<{ step: string }>(sql`SELECT step FROM marks ORDER BY step`)).map(
    ({ step }) => step,
  );

const twoSteps = jobKind<unknown>({ steps: [mark('one'), mark('two')], result: (outputs) => outputs.two });

describe('a job', () => {
  it('runs its steps, publishes each, and gives its result', async () => {
    const queue = await queueOf({ twoSteps });
    const { id } = await queue.submit({ kind: 'twoSteps', input: {}, by: 'owner' });
    const ended = await queue.finished(id);
    expect(ended).toMatchObject({ state: 'done', result: 'two', error: null });
    expect(ended.steps.map(({ state }) => state)).toEqual(['done', 'done']);
    expect(await marks()).toEqual(['one', 'two']);
  });

  it('cut off after a published step goes on from the next one and repeats nothing', async () => {
    const queue = await queueOf({ twoSteps });
    const { id } = await queue.submit({ kind: 'twoSteps', input: {}, by: 'owner' });
    await queue.finished(id);
    const { engine } = workspace.context;
    await engine.run(sql`DELETE FROM marks WHERE step = 'two'`);
    await engine.run(sql`UPDATE jobs SET state = 'running', outputs = '{"one":"one"}', attempts = 1`);
    const later = new JobQueue(new Map([['twoSteps', twoSteps as JobKind<never>]]));
    const interrupted = await later.start({ ...workspace.context, jobs: later });
    expect(interrupted.map((job) => [job.id, job.state])).toEqual([[id, 'interrupted']]);
    expect(await later.finished(id)).toMatchObject({ state: 'done' });
    expect(await marks()).toEqual(['one', 'two']);
  });

  it('that fails publishes nothing of the failing step and says why', async () => {
    const failing = jobKind<unknown>({
      steps: [
        mark('one'),
        {
          name: 'two',
          run: async () => ({
            output: null,
            publish: async (session) => {
              await session.run(sql`INSERT INTO marks VALUES ('half')`);
              throw new Error('the disk said: No space left on device');
            },
          }),
        },
      ],
      result: () => null,
    });
    const queue = await queueOf({ failing });
    const { id } = await queue.submit({ kind: 'failing', input: {}, by: 'owner' });
    const ended = await queue.finished(id);
    expect(ended.state).toBe('failed');
    expect(ended.error).toMatchObject({ code: 'disk_full' });
    expect(await marks()).toEqual(['one']);
  });

  it('is cancelled between pieces of its work and cleans up', async () => {
    let cleaned = false;
    let started = () => {};
    const running = new Promise<void>((resolve) => {
      started = resolve;
    });
    const endless = jobKind<unknown>({
      steps: [
        {
          name: 'wait',
          run: async ({ checkCancelled, progress }) => {
            started();
            for (;;) {
              progress(null, 'waiting');
              await new Promise((resolve) => setTimeout(resolve, 5));
              checkCancelled();
            }
          },
        },
      ],
      result: () => null,
      cleanUp: async () => {
        cleaned = true;
      },
    });
    const queue = await queueOf({ endless });
    const { id } = await queue.submit({ kind: 'endless', input: {}, by: 'owner' });
    await running;
    await queue.cancel(id);
    expect((await queue.finished(id)).state).toBe('cancelled');
    expect(cleaned).toBe(true);
  });

  it('asked for twice with one key is one job', async () => {
    const queue = await queueOf({ twoSteps });
    const ask = () => queue.submit({ kind: 'twoSteps', input: {}, by: 'owner', idempotencyKey: 'k' });
    const [first, second] = [await ask(), await ask()];
    expect(second.id).toBe(first.id);
    await queue.finished(first.id);
    expect(await marks()).toEqual(['one', 'two']);
  });

  it('stopped the moment it has ended, what it calls for is there at the next start, once', async () => {
    const { engine } = workspace.context;
    const first = jobKind<unknown>({
      steps: [mark('one')],
      result: () => null,
      followUp: async () => [{ kind: 'second', input: {} }],
    });
    const second = jobKind<unknown>({ steps: [mark('two')], result: () => null });
    const kinds = new Map<string, JobKind<never>>(Object.entries({ first, second }));
    let dead = false;
    const dying = new Proxy(engine, {
      get: (target, name: keyof typeof engine) => {
        const found = target[name];
        if (typeof found !== 'function') return found;
        return async (...given: unknown[]) => {
          if (dead) throw new Error('the process is gone');
          const done = await (found as (...given: unknown[]) => Promise<unknown>).apply(target, given);
          dead ||= (await engine.first(sql`SELECT 1 AS one FROM jobs WHERE state = 'done'`)) !== undefined;
          return done;
        };
      },
    });
    const queue = new JobQueue(kinds);
    const log = { ...workspace.context.log, error: () => {} } as unknown as typeof workspace.context.log;
    await queue.start({ ...workspace.context, engine: dying, log, jobs: queue });
    await queue.submit({ kind: 'first', input: {}, by: 'owner' });
    await expect.poll(() => dead).toBe(true);
    await queue.stop();
    const later = new JobQueue(kinds);
    await later.start({ ...workspace.context, jobs: later });
    const [made, ...others] = (await later.list(10, 0)).filter(({ kind }) => kind === 'second');
    expect(others).toEqual([]);
    expect((await later.finished(made?.id ?? '')).state).toBe('done');
    expect(await marks()).toEqual(['one', 'two']);
  });

  it('of an unknown kind is refused by name', async () => {
    const queue = await queueOf({});
    await expect(queue.submit({ kind: 'nonsense', input: {}, by: 'owner' })).rejects.toThrow('"nonsense"');
  });
});

describe('the stream of changes', () => {
  it('told from an event on, misses none that came after', async () => {
    const queue = await queueOf({ twoSteps });
    const first = await queue.submit({ kind: 'twoSteps', input: {}, by: 'owner' });
    await queue.finished(first.id);
    const second = await queue.submit({ kind: 'twoSteps', input: {}, by: 'owner' });
    await queue.finished(second.id);
    const stop = new AbortController();
    const seen: Job[] = [];
    for await (const { job } of queue.changes(0, stop.signal)) {
      seen.push(job);
      if (seen.length === 2) break;
    }
    stop.abort();
    expect(seen.map(({ id, state }) => [id, state])).toEqual([
      [first.id, 'done'],
      [second.id, 'done'],
    ]);
  });
});
