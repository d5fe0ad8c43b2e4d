import { describe, expect, it } from 'vitest';
import { DomainError } from '#core/errors/domain-error.ts';
import type { Progress } from '#models/learner.ts';
import { runInWorker } from '#server/threads/workers.ts';

const file = new URL('../../support/children/echo-worker.ts', import.meta.url);
const run = (task: unknown, checkCancelled: () => void = () => {}, onProgress = (_: Progress) => {}) =>
  runInWorker<unknown, number>(file, task, { onProgress, checkCancelled });
const shared = (...values: number[]) => {
  const numbers = new Float64Array(new SharedArrayBuffer(values.length * 8));
  numbers.set(values);
  return numbers;
};

describe('runInWorker', () => {
  it('gives the task shared memory, tells its progress and answers', async () => {
    const told: Progress[] = [];
    const sum = await run({ do: 'add', of: shared(1, 2, 4) }, undefined, (progress) => told.push(progress));
    expect(sum).toBe(7);
    expect(told).toEqual([{ done: 0.5, note: 'half' }]);
  });

  it('uses the warm worker again', async () => {
    await run({ do: 'add', of: shared(1) });
    const began = performance.now();
    for (let i = 0; i < 5; i++) expect(await run({ do: 'add', of: shared(i, i) })).toBe(2 * i);
    expect(performance.now() - began).toBeLessThan(1000);
  });

  it('two at once do not mix', async () => {
    const both = await Promise.all([1, 2].map((i) => run({ do: 'add', of: shared(i) })));
    expect(both).toEqual([1, 2]);
  });

  it('a refusal keeps its code and figures', async () => {
    const error: unknown = await run({ do: 'refuse' }).catch((problem: unknown) => problem);
    expect(error).toBeInstanceOf(DomainError);
    expect((error as DomainError).details).toEqual({ rows: 3, minimum: 50 });
  });

  it('an unforeseen failure comes with where it was', async () => {
    await expect(run({ do: 'break' })).rejects.toThrow(/unforeseen[\s\S]*echo-worker/);
  });

  it('a cancel reaches a task that never rests', async () => {
    let cancelled = false;
    const spinning = run({ do: 'spin' }, () => {
      if (cancelled) throw new DomainError('cancelled');
    });
    setTimeout(() => {
      cancelled = true;
    }, 150);
    const error: unknown = await spinning.catch((problem: unknown) => problem);
    expect((error as DomainError).code).toBe('cancelled');
    expect(await run({ do: 'add', of: shared(3) })).toBe(3);
  });

  it('a worker that ends is a failure, and the next call starts another', async () => {
    await expect(run({ do: 'exit' })).rejects.toThrow('code 7');
    expect(await run({ do: 'add', of: shared(5) })).toBe(5);
  });
});
