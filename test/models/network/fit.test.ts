import type { Tensor } from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import type { FitTask, Fitted } from '#models/learner.ts';
import neuralNetwork from '#models/learners/neural-network.ts';
import { seededRandom } from '#models/maths/random.ts';
import { type Matrix, takeRows } from '#models/matrix.ts';
import { backendCandidates, openBackend, type Tensors } from '#models/network/backend.ts';
import { encode, learnEncoding } from '#models/network/encoding.ts';
import { fitNetwork } from '#models/network/fit.ts';
import { forward } from '#models/network/forward.ts';
import { buildNetwork, readLayers } from '#models/network/layers.ts';
import type { NetworkOptions } from '#models/network/options.ts';
import { splitByGroup } from '#models/network/split.ts';
import { randomMatrix } from '../../support/models/random-matrix.ts';

const fitOn = (
  matrix: Matrix,
  options: Partial<NetworkOptions> = {},
  watch: Partial<FitTask<NetworkOptions>> = {},
): Promise<Fitted> =>
  neuralNetwork.fit({
    matrix,
    options: neuralNetwork.options.parse({ width: 16, maxEpochs: 12, ...options }),
    random: seededRandom(42),
    onProgress: () => {},
    checkCancelled: () => {},
    ...watch,
  }) as Promise<Fitted>;

const matrix = randomMatrix(1500, 3);
const correlation = (a: Float64Array, b: Float64Array): number => {
  const mean = (of: Float64Array) => of.reduce((sum, value) => sum + value, 0) / of.length;
  const [ma, mb] = [mean(a), mean(b)];
  const product = (x: Float64Array, mx: number, y: Float64Array, my: number) =>
    x.reduce((sum, value, i) => sum + (value - mx) * (y[i]! - my), 0);
  return product(a, ma, b, mb) / Math.sqrt(product(a, ma, a, ma) * product(b, mb, b, mb));
};

describe('the network as plain numbers', () => {
  let tensors: Tensors;
  beforeAll(async () => {
    ({ tensors } = await openBackend());
  });

  it('gives what the library gives, batch normalisation folded in', () => {
    const network = buildNetwork(tensors, {
      inputs: 6,
      hidden: [5, 3],
      dropout: 0.3,
      random: seededRandom(8),
    });
    const random = seededRandom(9);
    for (const layer of network.layers)
      layer.setWeights(
        layer.getWeights().map((weight) =>
          tensors.tensor(
            Float32Array.from({ length: weight.size }, () => 0.2 + random()),
            weight.shape,
          ),
        ),
      );
    const inputs = Float64Array.from({ length: 60 }, () => random() * 4 - 2);
    const expected = tensors.tidy(() =>
      (network.predict(tensors.tensor2d(Float32Array.from(inputs), [10, 6])) as Tensor).dataSync(),
    );
    forward(readLayers(network), inputs, 10).forEach((value, i) => {
      expect(value).toBeCloseTo(expected[i]!, 4);
    });
    network.dispose();
  });

  it('lets go of every tensor, cancelled or done', async () => {
    await fitOn(matrix, { maxEpochs: 1 });
    const before = tensors.memory().numTensors;
    await fitOn(matrix, { maxEpochs: 2, members: 2 });
    expect(tensors.memory().numTensors).toBe(before);
    let calls = 0;
    const cancelled = fitOn(
      matrix,
      {},
      {
        checkCancelled: () => {
          if (++calls > 9) throw new Error('stop');
        },
      },
    );
    await expect(cancelled).rejects.toThrow('stop');
    expect(tensors.memory().numTensors).toBe(before);
  });
});

it('fits alike on wasm and on plain JavaScript', async () => {
  const every = Int32Array.from({ length: matrix.rows }, (_, i) => i);
  const columns = learnEncoding(matrix.columns, every, 'rank');
  const inputs = encode(columns, matrix);
  const sample = {
    rows: matrix.rows,
    width: inputs.length / matrix.rows,
    inputs,
    target: matrix.target,
    weights: new Float64Array(matrix.rows).fill(1),
  };
  const outputs: Float64Array[] = [];
  for (const candidate of backendCandidates.filter(({ name }) => name !== 'tensorflow')) {
    const { tensors, backend } = await openBackend([candidate]);
    expect(tensors.getBackend()).toBe(backend);
    const layers = fitNetwork(tensors, {
      sample,
      objective: 'logistic',
      options: neuralNetwork.options.parse({ width: 8, maxEpochs: 2 }),
      train: every,
      validation: every,
      random: seededRandom(5),
      onEpoch: () => {},
      checkCancelled: () => {},
    });
    outputs.push(forward(layers, inputs, matrix.rows));
  }
  expect(outputs).toHaveLength(2);
  const apart = outputs[0]!.map((value, i) => Math.abs(value - outputs[1]![i]!));
  expect(Math.max(...apart)).toBeLessThan(1e-3);
});

it('tells the backend, the epoch and the loss on people held back', async () => {
  const notes: string[] = [];
  const fitted = await fitOn(matrix, { maxEpochs: 1 }, { onProgress: ({ note }) => notes.push(note) });
  const { backend } = fitted.save() as { backend: string };
  expect(backend).toBe((await openBackend()).backend);
  expect(notes.at(-1)).toBe(backend);
  expect(notes.some((note) => /^\w+ · 1\/1 · 0\.\d{4}$/.test(note))).toBe(true);
});

it('says what is missing where nothing works', async () => {
  const absent = { name: 'tensorflow' as const, open: () => Promise.reject(new Error('no such package')) };
  await expect(openBackend([absent])).rejects.toThrowError(
    expect.objectContaining({
      code: 'no_tensor_backend',
      details: { reasons: 'tensorflow: no such package' },
    }),
  );
});

describe('what it is asked', () => {
  const truth = Float64Array.from(
    matrix.columns[0]!.kind === 'numeric' ? matrix.columns[0]!.values : [],
    (level) => (Number.isNaN(level) ? 0.5 : 1 / (1 + Math.exp(-2 * level))),
  );

  it('may be a share', async () => {
    const fitted = await fitOn({ ...matrix, target: truth }, { maxEpochs: 25 });
    const p = fitted.predict(matrix);
    expect(p.every((value) => value > 0 && value < 1)).toBe(true);
    expect(correlation(p, truth)).toBeGreaterThan(0.9);
  });

  it('may be an amount, whatever its size', async () => {
    const amounts = truth.map((share) => 2e6 + 5e5 * share);
    const fitted = await fitOn({ ...matrix, target: amounts }, { maxEpochs: 25 }, { objective: 'squared' });
    const predicted = fitted.predict(matrix);
    expect(correlation(predicted, amounts)).toBeGreaterThan(0.9);
    expect(
      Math.abs(predicted.reduce((sum, value, i) => sum + value - amounts[i]!, 0) / matrix.rows),
    ).toBeLessThan(3e4);
    const { base, values, columns } = fitted.contributions!(takeRows(matrix, Int32Array.of(0)));
    expect(columns).toEqual(matrix.columns.map(({ name }) => name));
    expect(base + values.reduce((sum, value) => sum + value, 0)).toBeCloseTo(predicted[0]!, 4);
  });

  it('is asked of rows with weight alone', async () => {
    const weights = Float64Array.from({ length: matrix.rows }, (_, i) => (i < 900 ? 2 : 0));
    const turned = matrix.target.map((value, i) => (i < 900 ? value : 1 - value));
    const [first, second] = await Promise.all([
      fitOn({ ...matrix, weights }, { maxEpochs: 2 }),
      fitOn({ ...matrix, target: turned, weights }, { maxEpochs: 2 }),
    ]);
    expect(first.save()).toEqual(second.save());
  });
});

describe('people held back', () => {
  it('are whole groups, the share asked for', () => {
    const { train, validation } = splitByGroup(matrix, 0.2, seededRandom(1));
    expect(train.length + validation.length).toBe(matrix.rows);
    expect(validation.length / matrix.rows).toBeCloseTo(0.2, 2);
    const held = new Set(Array.from(validation, (row) => matrix.groups[row]));
    expect(Array.from(train).some((row) => held.has(matrix.groups[row]))).toBe(false);
  });

  it('are nobody where there are too few or one group is all', () => {
    const few = takeRows(
      matrix,
      Int32Array.from({ length: 40 }, (_, i) => i),
    );
    expect(splitByGroup(few, 0.2, seededRandom(1)).validation).toHaveLength(40);
    const one = { ...matrix, groups: new Int32Array(matrix.rows) };
    expect(splitByGroup(one, 0.2, seededRandom(1)).validation).toHaveLength(matrix.rows);
  });
});
