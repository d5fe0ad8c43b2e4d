import { expect, it } from 'vitest';
import { isAsPromised } from '#core/experiment/simulation/sentence.ts';
import { wilson } from '#core/stats/wilson.ts';

const found = (alarms: number, seen: number, promised: number | null = 0.8) =>
  isAsPromised({
    falseAlarms: { found: wilson(alarms, 400), promised: 0.05 },
    power: { found: wilson(seen, 400), promised },
  });

it('is as promised unless the interval, with some room, leaves the promise out on the bad side', () => {
  expect([found(20, 320), found(0, 400), found(28, 300)]).toEqual([true, true, true]);
  expect([found(45, 320), found(20, 270), found(20, 0)]).toEqual([false, false, false]);
  expect(found(20, 0, null)).toBe(true);
});
