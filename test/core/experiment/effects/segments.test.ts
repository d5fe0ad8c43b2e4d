import { expect, it } from 'vitest';
import { readSegment } from '#core/experiment/segments/levels.ts';
import differenceInMeans from '#core/experiment/statistics/difference-in-means.ts';
import { seededRandom } from '#models/maths/random.ts';
import { normals } from '../../../support/evidence/population.ts';
import { momentsOf } from '../../../support/evidence/units.ts';

const options = differenceInMeans.options.parse({});

/** One trial by level: the arm's effect in each. */
function levels(effects: readonly number[], people: readonly number[], seed: number) {
  const normal = normals(seededRandom(seed));
  const arm = (n: number, mean: number) =>
    momentsOf(
      Array.from({ length: n }, () => [mean + normal()]),
      1,
      false,
    );
  return effects.map((effect, i) => ({
    level: `level ${i}`,
    effect: differenceInMeans.compute(arm(people[i]!, 0), arm(people[i]!, effect), options),
  }));
}

it('finds an interaction that is there, and seldom one that is not', () => {
  const share = (effects: readonly number[]) => {
    const found = Array.from({ length: 600 }, (_, seed) =>
      readSegment(levels(effects, [120, 200, 80, 150], seed)),
    );
    return found.filter(({ interaction }) => interaction.pValue! < 0.05).length / found.length;
  };
  expect(share([0.1, 0.1, 0.1, 0.1])).toBeLessThan(0.05 + 3 * 0.009);
  expect(share([0.1, 0.1, 0.1, 0.1])).toBeGreaterThan(0.05 - 3 * 0.009);
  expect(share([-0.3, 0.3, 0, 0.6])).toBeGreaterThan(0.9);
});

it('draws a small level further to the mean than a large one, and gives it no p-value', () => {
  const found = levels([0, 0.2, 0.4], [2000, 30, 2000], 5);
  const { shrunken, mean, tau } = readSegment(found);
  expect(tau).toBeGreaterThan(0);
  const moved = shrunken.map(
    ({ effect }, i) => (effect.estimate! - found[i]!.effect.estimate!) / (mean! - found[i]!.effect.estimate!),
  );
  expect(moved[1]).toBeGreaterThan(moved[0]!);
  expect(moved[1]).toBeGreaterThan(moved[2]!);
  for (const { effect } of shrunken) {
    expect(effect.pValue).toBeNull();
    expect(effect.lower!).toBeLessThan(effect.estimate!);
    expect(effect.conventions.interval).toBe('shrunken_paule_mandel');
  }
});

it('leaves a level without an effect as it is, and says why where nothing can be compared', () => {
  const some = levels([0, 0.2], [50, 50], 5);
  const empty = differenceInMeans.compute(momentsOf([], 1, false), momentsOf([[1]], 1, false), options);
  const { interaction, shrunken } = readSegment([...some, { level: 'nobody', effect: empty }]);
  expect(interaction.degreesOfFreedom).toBe(1);
  expect(shrunken[2]!.effect).toMatchObject({ estimate: null, reason: 'empty_arm' });
  expect(readSegment([{ level: 'nobody', effect: empty }])).toMatchObject({
    interaction: { pValue: null, reason: 'one_estimate' },
    mean: null,
  });
  const alone = readSegment([some[0]!]);
  expect(alone.interaction.reason).toBe('one_estimate');
  expect(alone.shrunken[0]!.effect.estimate).toBeCloseTo(some[0]!.effect.estimate!, 12);
});
