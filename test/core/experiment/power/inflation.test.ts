import { expect, it } from 'vitest';
import { looksInflation } from '#core/experiment/power/inflation.ts';
import { planFor } from '#core/experiment/sequential/operating.ts';

const evenly = (looks: number) => Array.from({ length: looks }, (_, i) => (i + 1) / looks);

it.each([
  ['obrien_fleming' as const, 0.05, 0.8, false, evenly(3)],
  ['obrien_fleming' as const, 0.01, 0.9, false, [0.2, 0.3, 0.8, 1]],
  ['pocock' as const, 0.025, 0.8, false, evenly(8)],
  ['obrien_fleming' as const, 0.025, 0.8, true, evenly(4)],
  ['pocock' as const, 0.05, 0.85, true, evenly(3)],
])(
  'looks by %s at %d, power %d, futility %s, are as dear as their bounds say',
  (spending, alpha, power, futility, information) => {
    const shape = { kind: spending };
    const exact = planFor(
      { alpha, sided: 2, shape, information },
      power,
      futility ? { spending: shape, binding: false } : undefined,
    );
    expect(
      looksInflation({ inference: 'group_sequential', alpha, power, spending, futility, information }),
    ).toBeCloseTo(exact.inflation, 2.7);
  },
);
