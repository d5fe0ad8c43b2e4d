import type { LayersModel, Tensor, Tensor2D } from '@tensorflow/tfjs';
import type { Tensors } from './backend.ts';
import type { Layer } from './forward.ts';

type Shape = (number | null)[];
/** What batch normalisation adds to a variance before its root. */
const epsilon = 1e-3;

/**
 * A product whose gradient turns the matrix first: the wasm backend multiplies a turned matrix five times slower.
 */
function product(tensors: Tensors, inputs: Tensor2D, kernel: Tensor2D): Tensor2D {
  const multiply = tensors.customGrad((...given) => {
    const [x, w, save] = given as unknown as [Tensor2D, Tensor2D, (kept: Tensor[]) => void];
    save([x, w]);
    return {
      value: tensors.matMul(x, w),
      gradFunc: (up: Tensor, saved: Tensor[]) => {
        const [a, b] = saved as [Tensor2D, Tensor2D];
        const slope = up as Tensor2D;
        return [
          tensors.matMul(slope, tensors.transpose(b)),
          tensors.matMul(tensors.transpose(a), slope),
        ] as Tensor[];
      },
    };
  });
  return multiply(inputs, kernel) as Tensor2D;
}

/** Layers of the library with what it lacks: that gradient, and dropout drawn from the run's own numbers. */
function layersOf(tensors: Tensors) {
  class Dense extends tensors.layers.Layer {
    static readonly className = 'EnsayoDense';
    readonly units: number;
    readonly seed: number;
    readonly biased: boolean;
    constructor(units: number, seed: number, biased: boolean) {
      super({});
      this.units = units;
      this.seed = seed;
      this.biased = biased;
    }
    override build(shape: Shape | Shape[]): void {
      const inputs = (shape as Shape).at(-1)!;
      const initializer = tensors.initializers.heNormal({ seed: this.seed });
      this.addWeight('kernel', [inputs, this.units], 'float32', initializer);
      if (this.biased) this.addWeight('bias', [this.units], 'float32', tensors.initializers.zeros());
      this.built = true;
    }
    override computeOutputShape(): Shape {
      return [null, this.units];
    }
    override call(inputs: Tensor | Tensor[]): Tensor {
      const [x] = Array.isArray(inputs) ? inputs : [inputs];
      const [kernel, bias] = this.weights.map((weight) => weight.read());
      return tensors.tidy(() => {
        const sums = product(tensors, x as Tensor2D, kernel as Tensor2D);
        return bias ? tensors.add(sums, bias) : sums;
      });
    }
  }
  class Dropout extends tensors.layers.Layer {
    static readonly className = 'EnsayoDropout';
    readonly rate: number;
    readonly random: () => number;
    constructor(rate: number, random: () => number) {
      super({});
      this.rate = rate;
      this.random = random;
    }
    override computeOutputShape(shape: Shape | Shape[]): Shape | Shape[] {
      return shape;
    }
    override call(inputs: Tensor | Tensor[], { training }: { training?: boolean }): Tensor {
      const x = (Array.isArray(inputs) ? inputs[0] : inputs)!;
      if (!training) return x.clone();
      const mask = new Float32Array(x.size);
      for (let i = 0; i < mask.length; i++) mask[i] = this.random() < this.rate ? 0 : 1 / (1 - this.rate);
      return tensors.tidy(() => tensors.mul(x, tensors.tensor(mask, x.shape)));
    }
  }
  return { Dense, Dropout };
}

export interface Build {
  inputs: number;
  /** Units of each hidden layer. */
  hidden: readonly number[];
  dropout: number;
  /** Uniform numbers that seed the layers and draw what is dropped. */
  random: () => number;
}

/**
 * Dense, batch normalisation, rectifier and dropout for each hidden layer, and one linear unit. What comes before a
 * normalisation has no constant: it would be taken out again.
 */
export function buildNetwork(tensors: Tensors, { inputs, hidden, dropout, random }: Build): LayersModel {
  const { Dense, Dropout } = layersOf(tensors);
  const seed = () => Math.floor(random() * 2 ** 31);
  const input = tensors.input({ shape: [inputs] });
  let last = input;
  const add = (layer: InstanceType<Tensors['layers']['Layer']>) => {
    last = layer.apply(last) as typeof last;
  };
  for (const units of hidden) {
    add(new Dense(units, seed(), false));
    add(tensors.layers.batchNormalization({ epsilon, momentum: 0.9 }));
    add(tensors.layers.reLU());
    if (dropout > 0) add(new Dropout(dropout, random));
  }
  add(new Dense(1, seed(), true));
  return tensors.model({ inputs: input, outputs: last });
}

/** The network as plain layers: batch normalisation, level once trained, is folded into the layer before it. */
export function readLayers(network: LayersModel): Layer[] {
  const layers: Layer[] = [];
  for (const layer of network.layers) {
    const read = layer.getWeights().map((weight) => Float64Array.from(weight.dataSync()));
    if (layer.getClassName() === 'EnsayoDense') {
      const weights = read[0]!;
      const units = layer.getWeights()[0]!.shape[1]!;
      const bias = read[1] ?? new Float64Array(units);
      layers.push({ inputs: weights.length / units, units, weights, bias });
    } else if (layer.getClassName() === 'BatchNormalization') {
      const [gamma, beta, mean, variance] = read as [Float64Array, Float64Array, Float64Array, Float64Array];
      const { units, weights, bias } = layers.at(-1)!;
      const scale = gamma.map((value, j) => value / Math.sqrt(variance[j]! + epsilon));
      for (let i = 0; i < weights.length; i++) weights[i]! *= scale[i % units]!;
      for (let j = 0; j < units; j++) bias[j] = (bias[j]! - mean[j]!) * scale[j]! + beta[j]!;
    }
  }
  return layers;
}
