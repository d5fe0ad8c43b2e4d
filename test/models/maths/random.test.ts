import { describe, expect, it } from 'vitest';
import { seededRandom, shuffled } from '#models/maths/random.ts';

describe('seededRandom', () => {
  it('gives the same numbers for the same seed and others for another', () => {
    const draw = (seed: number) => Array.from({ length: 5 }, seededRandom(seed));
    expect(draw(7)).toEqual(draw(7));
    expect(draw(7)).not.toEqual(draw(8));
    expect(draw(1)).not.toEqual(draw(1 + 2 ** 32));
  });

  it('is spread evenly over [0, 1)', () => {
    const random = seededRandom(3);
    const tenths = new Array<number>(10).fill(0);
    for (let i = 0; i < 100_000; i++) tenths[Math.floor(random() * 10)]!++;
    const chi = tenths.reduce((sum, n) => sum + (n - 10_000) ** 2 / 10_000, 0);
    expect(chi).toBeLessThan(27.9);
  });
});

describe('shuffled', () => {
  it('holds every number once', () => {
    expect([...shuffled(100, seededRandom(1))].sort((a, b) => a - b)).toEqual([...Array(100).keys()]);
  });
});
