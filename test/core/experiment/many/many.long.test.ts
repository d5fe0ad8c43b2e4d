import { expect, it } from 'vitest';
import { dunnett, dunnettLimit } from '#core/experiment/many/dunnett.ts';
import { gateKept } from '#core/experiment/many/gate-keeping.ts';
import { normalTwoSided } from '#core/stats/distributions/normal.ts';
import { holm } from '#core/stats/multiplicity.ts';
import { seededRandom } from '#models/maths/random.ts';
import { normals, simulationError } from '../../../support/trials/z-paths.ts';

const runs = 10_000;

it('several arms against one control, and families in order, keep the family-wise error', () => {
  const normal = normals(seededRandom(51));
  const given = { control: 0.5, arms: [1, 2, 1], sided: 'two' } as const;
  const limit = dunnettLimit(0.05, given);
  const found = { single: 0, down: 0, holm: 0, gate: 0 };
  for (let run = 0; run < runs; run++) {
    const draw = () => {
      const control = Math.sqrt(given.control) * normal();
      return given.arms.map((arm) => (Math.sqrt(arm) * normal() - control) / Math.sqrt(arm + given.control));
    };
    const [z, other] = [draw(), draw()];
    const p = z.map(normalTwoSided);
    if (z.some((value) => Math.abs(value) > limit)) found.single++;
    if (run < 1000 && dunnett(z, given).some((value) => value <= 0.05)) found.down++;
    if (holm(p).some((value) => value <= 0.05)) found.holm++;
    if (
      gateKept([p, other.map(normalTwoSided)])
        .flat()
        .some((value) => value <= 0.05)
    )
      found.gate++;
  }
  const share = {
    ...found,
    single: found.single / runs,
    down: found.down / 1000,
    holm: found.holm / runs,
    gate: found.gate / runs,
  };
  console.table([{ ...share, promised: 0.05, error: simulationError(0.05, runs) }]);
  expect(Math.abs(share.single - 0.05)).toBeLessThan(simulationError(0.05, runs));
  expect(Math.abs(share.down - 0.05)).toBeLessThan(simulationError(0.05, 1000));
  expect(share.holm).toBeLessThan(0.05 + simulationError(0.05, runs));
  expect(share.gate).toBeLessThan(0.05 + simulationError(0.05, runs));
});
