import { expect, it } from 'vitest';
import { assignPeople, plannedCounts } from '#core/experiment/assign.ts';
import { drawArms } from '#core/experiment/simulation/draw.ts';
import { type RehearsalTask, rehearse, rehearsedShares } from '#core/experiment/simulation/rehearse.ts';
import { seededRandom } from '#models/random.ts';

const arms = [
  { name: 'a', weight: 2 },
  { name: 'b', weight: 1 },
  { name: 'c', weight: 1 },
];

it('draws whole strata as the product assigns people', () => {
  const n = 4000;
  const ids = Array.from({ length: n }, (_, i) => `p${i}`);
  const strata = Int32Array.from({ length: n }, (_, i) => i % 5);
  const drawn = drawArms({ ids, strata, strataCount: 5 }, arms, 'salt');
  const assigned = new Map(
    assignPeople(
      ids.map((id, i) => ({ id, stratum: String(i % 5) })),
      { salt: 'salt', arms },
    ).map((one) => [one.id, one.arm]),
  );
  expect(ids.map((_, i) => arms[drawn.arms[i]!]!.name)).toEqual(ids.map((id) => assigned.get(id)));
  const counts = plannedCounts(n, { salt: 'salt', arms });
  expect(drawn.arms.filter((arm) => arm === 0).length).toBe(counts.get('a'));
});

const task = (given: Partial<RehearsalTask> = {}): RehearsalTask => {
  const random = seededRandom(7);
  const n = 1200;
  const score = Float64Array.from({ length: n }, () => random());
  const outcomes = Float64Array.from(score, (x) => (random() < 0.2 + 0.3 * x ? 1 : 0));
  return {
    ids: Array.from({ length: n }, (_, i) => `p${i}`),
    strata: Int32Array.from(score, (x) => Math.min(4, Math.floor(5 * x))),
    strataCount: 5,
    outcomes,
    score,
    arms: arms.slice(0, 2).map(({ name }) => ({ name, weight: 1 })),
    control: 'a',
    looks: [{ information: 1, critical: 1.96 }],
    binary: true,
    planted: 0.075,
    replications: 160,
    salt: 's',
    ...given,
  };
};

it('cries wolf as often as it may, and sees what is there as often as the formula says', () => {
  const { falseAlarms, power } = rehearsedShares(rehearse(task()));
  expect(falseAlarms.estimate).toBeLessThan(0.11);
  expect(falseAlarms.estimate).toBeGreaterThan(0.005);
  expect(power.lower).toBeLessThan(0.8);
  expect(power.upper).toBeGreaterThan(0.76);
});

it('cries wolf too often where one looks three times without paying for it', () => {
  const peeking = [0.2, 0.6, 1].map((information) => ({ information, critical: 1.96 }));
  const { falseAlarms } = rehearsedShares(rehearse(task({ looks: peeking })));
  expect(falseAlarms.estimate).toBeGreaterThan(0.07);
});

it('plants a fall, and an amount', () => {
  const fall = rehearse(task({ planted: -0.08, replications: 40 }));
  expect(fall.seen).toBeGreaterThan(20);
  const amounts = rehearse(task({ binary: false, planted: 0.08, replications: 40 }));
  expect(amounts.seen).toBeGreaterThan(20);
});
