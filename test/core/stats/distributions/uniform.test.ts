import { expect, it } from 'vitest';
import { uniformityTest } from '#core/stats/distributions/uniform.ts';

it('compares with the uniform distribution as scipy does', () => {
  const even = Array.from({ length: 50 }, (_, i) => (i + 0.5) / 50);
  expect(uniformityTest(even)!.pValue).toBeCloseTo(1, 6);
  const squares = even.map((x) => x * x);
  const { statistic, pValue } = uniformityTest(squares)!;
  expect(statistic).toBeCloseTo(0.2599, 12);
  expect(Math.abs(pValue / 0.0018139856386265585 - 1)).toBeLessThan(0.05);
  expect(uniformityTest([])).toBeNull();
});
