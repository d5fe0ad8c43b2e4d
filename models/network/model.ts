import type { Contributions, Fitted } from '../learner.ts';
import type { Matrix } from '../matrix.ts';
import { encode, widthOf } from './encoding.ts';
import { forward, type Layer } from './forward.ts';
import { readNumbers, type SavedNetwork } from './saved.ts';
import { type Group, shapley } from './shapley.ts';

/** Log odds are kept within this, so that a probability is never 0 or 1. */
const limit = 30;

/**
 * A fitted network. It predicts by a plain forward pass in float64: no TensorFlow.js is needed, and a row's
 * prediction depends on nothing but the row.
 *
 * @throws saved_model_unreadable
 */
export function networkModel(saved: SavedNetwork): Fitted {
  const members: Layer[][] = saved.members.map((layers) =>
    layers.map(({ inputs, units, weights, bias }) => ({
      inputs,
      units,
      weights: readNumbers(weights, inputs * units),
      bias: readNumbers(bias, units),
    })),
  );
  const groups: Group[] = [];
  let width = 0;
  for (const encoding of saved.columns) {
    groups.push({ column: encoding.name, first: width, width: widthOf(encoding) });
    width += widthOf(encoding);
  }
  const background = readNumbers(saved.background, null);

  const outputs = (matrix: Matrix): Float64Array => {
    const inputs = encode(saved.columns, matrix);
    const sum = new Float64Array(matrix.rows);
    for (const layers of members)
      forward(layers, inputs, matrix.rows).forEach((output, i) => {
        sum[i]! += output;
      });
    return sum.map((total) => saved.shift + (saved.scale * total) / members.length);
  };
  const squared = saved.objective === 'squared';
  return {
    predict: (matrix) =>
      squared
        ? outputs(matrix)
        : outputs(matrix).map((value) => 1 / (1 + Math.exp(-Math.min(limit, Math.max(-limit, value))))),
    contributions(matrix): Contributions {
      const inputs = encode(saved.columns, matrix);
      const found = shapley({ members, groups, background, seed: saved.seed }, inputs, matrix.rows);
      return {
        base: saved.shift + saved.scale * found.base,
        columns: found.columns,
        values: found.values.map((value) => saved.scale * value),
      };
    },
    save: () => saved,
    describe: () => ({
      used: saved.columns.map(({ name }) => name),
      information: {},
      points: [],
      complexity: members.flat().reduce((sum, { weights, bias }) => sum + weights.length + bias.length, 0),
    }),
  };
}
