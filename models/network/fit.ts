import type { LayersModel, Tensor, Tensor2D } from '@tensorflow/tfjs';
import type { Objective } from '../learner.ts';
import { shuffled } from '../maths/random.ts';
import type { Tensors } from './backend.ts';
import { forward, type Layer } from './forward.ts';
import { buildNetwork, readLayers } from './layers.ts';
import type { NetworkOptions } from './options.ts';

/** Rows ready for a network: inputs row-major, a target on the scale of the output, a weight each. */
export interface Sample {
  rows: number;
  width: number;
  inputs: Float64Array;
  target: Float64Array;
  weights: Float64Array;
}

export interface NetworkTask {
  sample: Sample;
  objective: Objective;
  options: NetworkOptions;
  /** Rows the weights are fitted on, and those that say when to stop. */
  train: Int32Array;
  validation: Int32Array;
  random: () => number;
  onEpoch: (epoch: number, validationLoss: number) => void;
  checkCancelled: () => void;
}

/** What a row costs at an output: log loss of log odds (of shares too), or half the squared error. */
const lossOf = (objective: Objective, output: number, target: number): number =>
  objective === 'logistic'
    ? Math.max(output, 0) - output * target + Math.log1p(Math.exp(-Math.abs(output)))
    : (output - target) ** 2 / 2;

const takeInputs = ({ inputs, width }: Sample, rows: Int32Array): Float64Array => {
  const taken = new Float64Array(rows.length * width);
  rows.forEach((row, i) => {
    taken.set(inputs.subarray(row * width, (row + 1) * width), i * width);
  });
  return taken;
};

/**
 * Fits one network by Adam over shuffled batches and keeps the weights of the epoch with the least validation loss;
 * the rate of learning is halved after each epoch without gain. All chance comes from `random`; every tensor made is
 * let go. The validation loss is that of the plain forward pass: of the very numbers that are kept.
 */
export function fitNetwork(tensors: Tensors, task: NetworkTask): Layer[] {
  const { sample, objective, options, train, validation, random, checkCancelled } = task;
  const hidden = Array.from({ length: options.depth }, (_, i) => Math.max(2, options.width >> i));
  const network = buildNetwork(tensors, { inputs: sample.width, hidden, dropout: options.dropout, random });
  const optimizer = tensors.train.adam(options.learningRate);
  const watched = takeInputs(sample, validation);
  const validationLoss = (layers: readonly Layer[]): number => {
    let loss = 0;
    let weight = 0;
    forward(layers, watched, validation.length).forEach((output, i) => {
      const row = validation[i]!;
      loss += sample.weights[row]! * lossOf(objective, output, sample.target[row]!);
      weight += sample.weights[row]!;
    });
    return loss / weight;
  };
  try {
    let best = readLayers(network);
    let least = Number.POSITIVE_INFINITY;
    let since = 0;
    for (let epoch = 1; epoch <= options.maxEpochs && since < options.patience; epoch++) {
      const order = shuffled(train.length, random);
      for (const rows of batchesOf(train, order, options.batchRows)) {
        checkCancelled();
        step(tensors, network, optimizer, task, rows);
      }
      const layers = readLayers(network);
      const loss = validationLoss(layers);
      if (loss < least - 1e-6) {
        [best, least, since] = [layers, loss, 0];
      } else {
        since++;
        (optimizer as unknown as { learningRate: number }).learningRate /= 2;
      }
      task.onEpoch(epoch, loss);
    }
    return best;
  } finally {
    network.dispose();
    optimizer.dispose();
  }
}

/** Batches of nearly equal size: none so small that its mean says nothing. */
function* batchesOf(train: Int32Array, order: Int32Array, size: number): Generator<Int32Array> {
  const count = Math.max(1, Math.round(order.length / size));
  for (let k = 0; k < count; k++) {
    const from = Math.floor((k * order.length) / count);
    const to = Math.floor(((k + 1) * order.length) / count);
    yield Int32Array.from(order.subarray(from, to), (place) => train[place]!);
  }
}

function step(
  tensors: Tensors,
  network: LayersModel,
  optimizer: ReturnType<Tensors['train']['adam']>,
  { sample, objective, options }: NetworkTask,
  rows: Int32Array,
): void {
  const { width } = sample;
  const inputs = new Float32Array(rows.length * width);
  const target = new Float32Array(rows.length);
  const weights = new Float32Array(rows.length);
  rows.forEach((row, i) => {
    inputs.set(sample.inputs.subarray(row * width, (row + 1) * width), i * width);
    target[i] = sample.target[row]!;
    weights[i] = sample.weights[row]!;
  });
  tensors.tidy(() => {
    const x = tensors.tensor2d(inputs, [rows.length, width]);
    const y = tensors.tensor2d(target, [rows.length, 1]);
    const w = tensors.tensor2d(weights, [rows.length, 1]);
    optimizer.minimize(() => {
      const z = network.apply(x, { training: true }) as Tensor2D;
      const losses =
        objective === 'logistic' ? logLosses(tensors, z, y) : tensors.square(tensors.sub(z, y)).div(2);
      const mean = tensors.div(tensors.sum(tensors.mul(losses, w)), rows.length);
      return tensors.add(mean, penaltyOf(tensors, network, options.penalty)).asScalar();
    });
  });
}

const logLosses = (tensors: Tensors, z: Tensor2D, y: Tensor2D): Tensor =>
  tensors.add(
    tensors.sub(tensors.relu(z), tensors.mul(z, y)),
    tensors.log1p(tensors.exp(tensors.neg(tensors.abs(z)))),
  );

function penaltyOf(tensors: Tensors, network: LayersModel, penalty: number): Tensor {
  if (penalty === 0) return tensors.scalar(0);
  const kernels = network.layers
    .filter((layer) => layer.getClassName() === 'EnsayoDense')
    .map((layer) => (layer as unknown as { weights: { read(): Tensor }[] }).weights[0]!.read());
  const sums = kernels.map((kernel) => tensors.sum(tensors.square(kernel)));
  return tensors.mul(tensors.addN(sums), penalty / 2);
}
