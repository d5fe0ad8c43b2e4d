import type { FitTask, Learner } from '../learner.ts';
import { openBackend } from '../network/backend.ts';
import { toBase64 } from '../network/bytes.ts';
import { encode, learnEncoding, widthOf } from '../network/encoding.ts';
import { fitNetwork, type Sample } from '../network/fit.ts';
import { networkModel } from '../network/model.ts';
import { type NetworkOptions, networkOptions } from '../network/options.ts';
import { proposeNetwork } from '../network/propose.ts';
import { networkFormat, readSaved } from '../network/saved.ts';
import { drawBackground, splitByGroup } from '../network/split.ts';

/** Where the target lies and how wide it is: the scale the network works on where the objective is squared. */
function scaleOf({ matrix, objective }: FitTask<unknown>): { shift: number; scale: number } {
  if (objective !== 'squared') return { shift: 0, scale: 1 };
  const { target, weights } = matrix;
  let [n, sum, squares] = [0, 0, 0];
  target!.forEach((value, i) => {
    const weight = weights?.[i] ?? 1;
    n += weight;
    sum += weight * value;
    squares += weight * value * value;
  });
  const shift = sum / n;
  return { shift, scale: Math.sqrt(Math.max(0, squares / n - shift * shift)) || 1 };
}

/** Weights with mean 1, so that the penalty means the same whatever their scale. */
function evenWeights(weights: Float64Array | undefined, rows: number): Float64Array {
  if (!weights) return new Float64Array(rows).fill(1);
  const mean = weights.reduce((sum, weight) => sum + weight, 0) / rows;
  return weights.map((weight) => weight / mean);
}

/**
 * A network of dense layers with batch normalisation and dropout (Ioffe and Szegedy 2015; Srivastava et al. 2014)
 * over one-hot categories and numbers by rank, fitted with TensorFlow.js and stopped on people held back.
 */
const neuralNetwork: Learner<NetworkOptions> = {
  text: {
    title: { es: 'Red neuronal', en: 'Neural network' },
    summary: {
      es: 'Capas densas con normalización y apagado al azar; se detiene sola con personas apartadas',
      en: 'Dense layers with batch norm and dropout; stops by itself on people held back',
    },
  },
  options: networkOptions,
  objectives: ['logistic', 'squared'],
  propose: proposeNetwork,
  async fit(task) {
    const { matrix, options, random, onProgress, checkCancelled } = task;
    const { target } = matrix;
    if (!target) throw new TypeError('a matrix to fit needs its target');
    checkCancelled();
    onProgress({ done: 0, note: '' });
    const { tensors, backend } = await openBackend();
    const objective = task.objective ?? 'logistic';
    const { train, validation } = splitByGroup(matrix, options.validationShare, random);
    const columns = learnEncoding(matrix.columns, train, options.scaling);
    const { shift, scale } = scaleOf(task);
    const sample: Sample = {
      rows: matrix.rows,
      width: columns.reduce((sum, column) => sum + widthOf(column), 0),
      inputs: encode(columns, matrix),
      target: target.map((value) => (value - shift) / scale),
      weights: evenWeights(matrix.weights, matrix.rows),
    };
    const members = Array.from({ length: options.members }, (_, member) =>
      fitNetwork(tensors, {
        sample,
        objective,
        options,
        train,
        validation,
        random,
        checkCancelled,
        onEpoch: (epoch, loss) =>
          onProgress({
            done: (member + epoch / options.maxEpochs) / options.members,
            note: `${backend} · ${epoch}/${options.maxEpochs} · ${loss.toFixed(4)}`,
          }),
      }),
    );
    onProgress({ done: 1, note: backend });
    return networkModel({
      format: networkFormat,
      backend,
      objective,
      columns,
      members: members.map((layers) =>
        layers.map(({ weights, bias, ...shape }) => ({
          ...shape,
          weights: toBase64(weights),
          bias: toBase64(bias),
        })),
      ),
      shift,
      scale,
      background: toBase64(drawBackground(sample.inputs, sample.width, train, random)),
      seed: Math.floor(random() * 2 ** 31),
    });
  },
  restore: (saved) => networkModel(readSaved(saved)),
};
export default neuralNetwork;
