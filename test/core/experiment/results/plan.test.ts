import { expect, it } from 'vitest';
import { addDays } from '#core/contact/time/wall-clock.ts';
import { drawPeople } from '#core/experiment/assigning/draw.ts';
import { design as designSchema } from '#core/experiment/define.ts';
import { plannedLooks } from '#core/experiment/power/schedule.ts';
import { judgedPlan, lookDays } from '#core/experiment/results/plan.ts';
import { inferenceOf } from '#core/experiment/sequential/look-plan.ts';

const design = designSchema.parse({
  name: 'x',
  segmentId: 's',
  arms: [
    { name: 'a', weight: 2, touches: [] },
    { name: 'b', weight: 1, touches: [] },
    { name: 'c', weight: 1, touches: [] },
  ],
  control: 'a',
  plan: 'staggered_sequential',
  entryDays: 4,
  looks: 2,
});
const waves = (...people: number[]) => people.map((n, i) => ({ entersOn: `2026-12-0${i + 1}`, people: n }));

it('looks when its share of the planned people has completed the window', () => {
  const schedule = { planned: waves(100, 100, 100, 100), lastEntry: '2026-12-04' };
  expect(lookDays(design, schedule)).toEqual([
    { on: '2027-01-01', information: 0.5 },
    { on: '2027-01-03', information: 1 },
  ]);
  expect(lookDays({ ...design, looks: 1 }, schedule)).toEqual([{ on: '2027-01-03', information: 1 }]);
});

it('waits with the last look for waves that a pause has moved, and for late arrivals', () => {
  const schedule = { planned: waves(100, 100, 100, 100), lastEntry: '2026-12-20' };
  expect(lookDays(design, schedule).at(-1)).toEqual({ on: '2027-01-19', information: 1 });
});

it('looks once where everybody enters together, or a plan says so', () => {
  expect(inferenceOf({ ...design, entryDays: 1 })).toBe('fixed');
  expect(inferenceOf({ ...design, plan: 'safety_only' })).toBe('fixed');
  expect(inferenceOf(design)).toBe('group_sequential');
  const together = { planned: waves(400), lastEntry: '2026-12-01' };
  expect(lookDays({ ...design, entryDays: 1, looks: 5 }, together)).toEqual([
    { on: '2026-12-31', information: 1 },
  ]);
});

it('counts the people of a pair by the weights', () => {
  const schedule = { planned: waves(100, 100, 100, 100), lastEntry: '2026-12-04' };
  const { pairPeople, arms } = judgedPlan(design, schedule, 'higher');
  expect([pairPeople, arms]).toEqual([300, ['b', 'c']]);
});

it('has its looks on the days that the studio showed', () => {
  const units = Array.from({ length: 5003 }, (_, i) => ({ id: `p${i}`, stratum: String(i % 7) }));
  for (const [entryDays, looks] of [
    [21, 3],
    [10, 4],
    [4, 8],
    [1, 3],
  ] as const) {
    const asked = { ...design, entryDays, looks };
    const drawn = drawPeople(units, { salt: 's', arms: asked.arms, entryDays });
    const planned = Array.from({ length: entryDays }, (_, i) => ({
      entersOn: addDays('2026-12-01', i),
      people: drawn.filter(({ wave }) => wave === i + 1).length,
    }));
    const kept = lookDays(asked, { planned, lastEntry: planned.at(-1)!.entersOn });
    const shown = plannedLooks(asked, { eligible: 5003, arrivalsPerDay: 40, startsOn: '2026-12-01' });
    expect(kept.map(({ on }) => on)).toEqual(shown.map(({ on }) => on));
    kept.forEach(({ information }, i) => {
      expect(Math.abs(information - shown[i]!.information)).toBeLessThan(0.01);
    });
  }
});
