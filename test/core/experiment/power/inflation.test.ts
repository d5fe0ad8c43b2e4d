import { expect, it } from 'vitest';
import { looksInflation } from '#core/experiment/power/inflation.ts';
import { confidenceSequence } from '#core/experiment/sequential/confidence-sequence.ts';
import { planFor } from '#core/experiment/sequential/operating.ts';
import { normalQuantile } from '#core/stats/distributions/normal.ts';
import { seededRandom } from '#models/maths/random.ts';
import { normals, simulationError, zPath } from '../../../support/trials/z-paths.ts';

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

it.each([
  [0.05, 0.8, evenly(1)],
  [0.05, 0.8, evenly(4)],
  [0.025, 0.9, [0.3, 0.6, 1]],
])(
  'an always valid plan at %d with power %d and looks at %j has that power, by simulation',
  (alpha, power, information) => {
    const given = { inference: 'always_valid' as const, spending: 'pocock' as const, futility: false };
    const inflation = looksInflation({ ...given, alpha, power, information });
    expect(inflation).toBeGreaterThan(1.2);
    expect(inflation).toBeLessThan(2);
    const drift = Math.sqrt(inflation) * (normalQuantile(1 - alpha / 2) + normalQuantile(power));
    const people = 5000;
    const [normal, runs] = [normals(seededRandom(23)), 20_000];
    const bounds = information.map(
      (t) =>
        confidenceSequence({
          estimate: 0,
          standardError: 1,
          n: t * people,
          narrowestAt: people,
          alpha,
          sided: 'two',
        }).upper!,
    );
    let seen = 0;
    for (let run = 0; run < runs; run++) {
      const path = zPath(information, drift, normal);
      const first = path.findIndex((z, i) => Math.abs(z) >= bounds[i]!);
      if (first >= 0 && path[first]! > 0) seen++;
    }
    expect(Math.abs(seen / runs - power)).toBeLessThan(simulationError(power, runs) + 0.002);
  },
);
