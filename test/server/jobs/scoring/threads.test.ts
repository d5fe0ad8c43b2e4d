import { afterEach, describe, expect, it } from 'vitest';
import { ScoringThreads } from '#server/jobs/scoring/threads.ts';

const batch = () => ({
  rows: 1,
  columns: [{ name: 'x', kind: 'numeric' as const, validity: null, values: new Float64Array(1) }],
});

describe('threads that score', () => {
  let threads: ScoringThreads;
  afterEach(() => threads.close());

  it('say so when one of them ends, and take no more rows', async () => {
    threads = new ScoringThreads(2);
    const saved = { learner: '../../test/support/children/dying-learner', fitted: null, calibration: null };
    await threads.open(saved);
    const ended: Promise<unknown>[] = [];
    const scored = async () => {
      for (let i = 0; i < 20; i++) ended.push((await threads.predict(batch())).scores.catch(() => 'ended'));
    };
    await expect(scored()).rejects.toThrowError('the thread ended with code 3');
    expect(ended.length).toBeLessThan(20);
    expect(new Set(await Promise.all(ended))).toEqual(new Set(['ended']));
  }, 20_000);
});
