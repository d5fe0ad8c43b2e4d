import { describe, expect, it } from 'vitest';
import { type CohortSums, effectByCohort } from '#core/holdout/value.ts';
import { valueSentence } from '#core/holdout/words.ts';

const sums = (cohort: string, held: boolean, values: readonly number[]): CohortSums => ({
  cohort,
  held,
  n: values.length,
  total: values.reduce((sum, value) => sum + value, 0),
  squares: values.reduce((sum, value) => sum + value * value, 0),
});

/** A small generator of its own, so that the draw is the same everywhere. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    return state / 4_294_967_296;
  };
}

describe('what contact is worth', () => {
  it('is the difference of means in one cohort, contacted less held', () => {
    const found = effectByCohort([sums('a', true, [0, 1, 0, 0]), sums('a', false, [1, 1, 0, 1, 0, 1])]);
    expect(found.effect.estimate).toBeCloseTo(4 / 6 - 1 / 4, 12);
    expect(found).toMatchObject({ held: { n: 4, mean: 0.25 }, treated: { n: 6 }, leftOut: 0 });
    // s² = 0.25 and 4/15; t(0.975, 3) = 3.182446.
    const half = 3.182446305 * Math.sqrt(0.25 / 4 + 4 / 15 / 6);
    expect(found.effect.upper).toBeCloseTo(4 / 6 - 1 / 4 + half, 6);
  });

  it('compares inside cohorts: a month in which everybody pays does not count as contact', () => {
    const good = [sums('good', true, [1, 1, 1, 0]), sums('good', false, [1, 1, 1, 0, 1, 1, 1, 0])];
    const bad = [
      sums('bad', true, [0]),
      sums(
        'bad',
        false,
        Array.from({ length: 40 }, () => 0),
      ),
    ];
    const found = effectByCohort([...good, ...bad]);
    expect(found.effect.estimate).toBeCloseTo(0, 12);
    expect(found.treated.mean! - found.held.mean!).toBeLessThan(-0.4);
  });

  it('leaves out cohorts without a side and says why nothing can be told', () => {
    expect(effectByCohort([sums('a', false, [1, 0, 1])])).toMatchObject({
      effect: { estimate: null, reason: 'nobody_held' },
      leftOut: 3,
    });
    expect(effectByCohort([sums('a', false, [1, 0, 1]), sums('a', true, [1])]).effect.reason).toBe(
      'too_few_held',
    );
    const part = effectByCohort([sums('a', true, [1, 0]), sums('a', false, [1, 1]), sums('b', false, [0])]);
    expect(part.leftOut).toBe(1);
    expect(part.effect.estimate).toBeCloseTo(0.5, 12);
    expect(valueSentence(effectByCohort([]), 30).en).toMatch(/cannot be told yet/);
    const unclear = valueSentence({ ...part, effect: { estimate: 0.02, lower: -0.01, upper: 0.05 } }, 30);
    expect(unclear.en).toBe(
      'Contact cannot be told from none yet: of every 1,000 people, between 10 fewer and 50 more would clear within 30 days.',
    );
    expect(unclear.es).toMatch(/de cada 1\s000 personas .* entre 10 menos y 50 más\.$/);
    expect(valueSentence({ ...part, effect: { estimate: 0.03, lower: 0.01, upper: 0.05 } }, 30).en).toBe(
      'Of every 1,000 people, 30 more clear within 30 days because they are contacted (10 to 50).',
    );
  });

  it('covers the truth as often as it says, with few held in each cohort', () => {
    const next = random(11);
    let covered = 0;
    const runs = 800;
    for (let run = 0; run < runs; run++) {
      const drawn = Array.from({ length: 12 }, (_, month) => {
        const base = 0.2 + 0.04 * month;
        const values = (n: number, chance: number) =>
          Array.from({ length: n }, () => (next() < chance ? 1 : 0));
        return [sums(`${month}`, true, values(8, base)), sums(`${month}`, false, values(60, base + 0.1))];
      }).flat();
      const { effect } = effectByCohort(drawn);
      if (effect.lower! <= 0.1 && 0.1 <= effect.upper!) covered++;
    }
    expect(covered / runs).toBeGreaterThan(0.95 - 4 * Math.sqrt((0.95 * 0.05) / runs));
    expect(covered / runs).toBeLessThan(0.95 + 4 * Math.sqrt((0.95 * 0.05) / runs));
  });
});
