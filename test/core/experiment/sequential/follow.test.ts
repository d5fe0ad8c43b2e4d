import { describe, expect, it } from 'vitest';
import { type Followed, follow } from '#core/experiment/sequential/follow.ts';

const plan: Followed = {
  alpha: 0.05,
  sided: 2,
  spending: { kind: 'obrien_fleming' },
  planned: [0.25, 0.5, 0.75, 1],
  seen: [],
};
const uppers = (steps: ReturnType<typeof follow>) => steps.map((step) => step.upper);

describe('a trial as it goes', () => {
  it('is all planned before the first look', () => {
    const steps = follow(plan);
    expect(steps.map(({ state }) => state)).toEqual(['planned', 'planned', 'planned', 'planned']);
    expect(steps.map(({ final }) => final)).toEqual([false, false, false, true]);
  });

  it('never moves the bound of a look made', () => {
    const first = follow({ ...plan, seen: [{ information: 0.31, z: 1 }] });
    const second = follow({
      ...plan,
      seen: [
        { information: 0.31, z: 1 },
        { information: 0.48, z: 2 },
      ],
    });
    expect(second[0]?.upper).toBe(first[0]?.upper);
    expect(first.map(({ state }) => state)).toEqual(['done', 'planned', 'planned', 'planned']);
    // The look planned at a half was made just before it: it is still to come, unless the caller leaves it out.
    expect(second.map(({ information }) => information)).toEqual([0.31, 0.48, 0.5, 0.75, 1]);
  });

  it('leaves the alpha of a look missed to the next, and takes one added from what is left', () => {
    const missed = follow({ ...plan, planned: [0.75, 1], seen: [{ information: 0.25, z: 0 }] });
    expect(missed[1]?.spent).toBeCloseTo(follow(plan)[2]?.spent ?? 0, 12);
    expect(missed[1]?.upper ?? 9).toBeLessThan(follow(plan)[2]?.upper ?? 0);
    const added = follow({
      ...plan,
      seen: [
        { information: 0.25, z: 0 },
        { information: 0.4, z: 0 },
      ],
    });
    expect(added).toHaveLength(5);
    expect(added.at(-1)?.spent).toBeCloseTo(0.05, 12);
  });

  it('ends with more than was planned, or when told that no more will come', () => {
    const over = follow({
      ...plan,
      seen: [
        { information: 0.25, z: 0 },
        { information: 1.2, z: 1 },
        { information: 1.4, z: 9 },
      ],
    });
    expect(over.map(({ final }) => final)).toEqual([false, true]);
    const short = follow({
      ...plan,
      seen: [
        { information: 0.25, z: 0 },
        { information: 0.9, z: 2.1, final: true },
      ],
    });
    expect(short.at(-1)?.spent).toBeCloseTo(0.05, 12);
    expect(short.at(-1)?.crossed).toBe('upper');
  });

  it('says which bound was crossed', () => {
    const futility = { beta: 0.2, spending: plan.spending, drift: 3, binding: false };
    const at = (z: number) => follow({ ...plan, futility, seen: [{ information: 0.5, z }] })[0]?.crossed;
    expect([3.5, 1, 0, -3.5].map(at)).toEqual(['upper', 'none', 'futile', 'lower']);
    expect(uppers(follow({ ...plan, futility }))).toEqual(uppers(follow(plan)));
  });
});
