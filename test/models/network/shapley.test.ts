import { beforeAll, describe, expect, it } from 'vitest';
import type { Fitted } from '#models/learner.ts';
import neuralNetwork from '#models/learners/neural-network.ts';
import { seededRandom } from '#models/maths/random.ts';
import { takeRows } from '#models/matrix.ts';
import { forward, type Layer } from '#models/network/forward.ts';
import { proposeNetwork } from '#models/network/propose.ts';
import { type Group, shapley } from '#models/network/shapley.ts';
import { randomMatrix } from '../../support/models/random-matrix.ts';

const random = seededRandom(3);
const numbers = (n: number) => Float64Array.from({ length: n }, () => random() * 2 - 1);
const layers: Layer[] = [
  { inputs: 5, units: 6, weights: numbers(30), bias: numbers(6) },
  { inputs: 6, units: 1, weights: numbers(6), bias: numbers(1) },
];
/** The last column has two inputs. */
const groups: Group[] = ['a', 'b', 'c', 'd'].map((column, i) => ({
  column,
  first: i,
  width: i === 3 ? 2 : 1,
}));
const background = numbers(5 * 400);

/** Shapley values by their definition: every subset of the columns, every background row. */
function exact(row: Float64Array): number[] {
  const value = (subset: number): number => {
    const mixed = Float64Array.from(background);
    for (let k = 0; k < 400; k++)
      groups.forEach(({ first, width }, g) => {
        if (subset & (1 << g)) for (let i = first; i < first + width; i++) mixed[k * 5 + i] = row[i]!;
      });
    return forward(layers, mixed, 400).reduce((sum, output) => sum + output, 0) / 400;
  };
  const share = [1 / 4, 1 / 12, 1 / 12, 1 / 4];
  return groups.map((_, g) => {
    let sum = 0;
    for (let subset = 0; subset < 16; subset++) {
      if (subset & (1 << g)) continue;
      const size = groups.filter((_group, k) => subset & (1 << k)).length;
      sum += share[size]! * (value(subset | (1 << g)) - value(subset));
    }
    return sum;
  });
}

describe('Shapley values of a network', () => {
  it('come near their definition by sampling, and add up exactly', () => {
    const rows = numbers(15);
    const { base, values, columns } = shapley({ members: [layers], groups, background, seed: 4 }, rows, 3);
    expect(columns).toEqual(['a', 'b', 'c', 'd']);
    const outputs = forward(layers, rows, 3);
    for (let row = 0; row < 3; row++) {
      const own = [...values.subarray(row * 4, row * 4 + 4)];
      expect(base + own.reduce((sum, value) => sum + value, 0)).toBeCloseTo(outputs[row]!, 10);
      exact(rows.subarray(row * 5, row * 5 + 5)).forEach((value, g) => {
        expect(Math.abs(own[g]! - value)).toBeLessThan(0.03);
      });
    }
  });

  let fitted: Fitted;
  const matrix = randomMatrix(1500, 3);
  beforeAll(async () => {
    fitted = await neuralNetwork.fit({
      matrix,
      options: neuralNetwork.options.parse({ width: 16, maxEpochs: 12, members: 2 }),
      random: seededRandom(1),
      onProgress: () => {},
      checkCancelled: () => {},
    });
  });

  it('of a fitted one add up to the log odds, row by row, whatever rows stand beside', () => {
    const rows = Int32Array.of(7, 1200, 3);
    const { base, values, columns } = fitted.contributions!(takeRows(matrix, rows));
    fitted.predict(takeRows(matrix, rows)).forEach((p, i) => {
      const own = values.subarray(i * columns.length, (i + 1) * columns.length);
      expect(base + own.reduce((sum, value) => sum + value, 0)).toBeCloseTo(Math.log(p / (1 - p)), 8);
    });
    const alone = fitted.contributions!(takeRows(matrix, Int32Array.of(3)));
    expect([...alone.values]).toEqual([...values.subarray(2 * columns.length)]);
  });

  it('say more of the column that matters than of noise', () => {
    const every = Int32Array.from({ length: 100 }, (_, i) => i);
    const { values, columns } = fitted.contributions!(takeRows(matrix, every));
    const mean = (name: string) => {
      const at = columns.indexOf(name);
      return every.reduce((sum, i) => sum + Math.abs(values[i * columns.length + at]!), 0) / 100;
    };
    expect(mean('level')).toBeGreaterThan(5 * mean('noise'));
  });
});

it('proposes options its own schema takes, the same for the same numbers', () => {
  const draw = (seed: number) => {
    const uniform = seededRandom(seed);
    const around = neuralNetwork.options.parse({ patience: 9 });
    return Array.from({ length: 30 }, () => proposeNetwork(uniform, around));
  };
  expect(draw(1)).toEqual(draw(1));
  for (const options of draw(2)) expect(neuralNetwork.options.parse(options)).toEqual(options);
  expect(new Set(draw(3).map(({ width, depth }) => `${width} ${depth}`)).size).toBeGreaterThan(5);
  expect(draw(4).every(({ patience }) => patience === 9)).toBe(true);
});
