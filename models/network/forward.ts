/** A dense layer as numbers: row-major inputs × units, and a constant for each unit. */
export interface Layer {
  inputs: number;
  units: number;
  weights: Float64Array;
  bias: Float64Array;
}

/** Adds `share` of input `i`'s weights to the sums of a layer. */
export function addInput(layer: Layer, sums: Float64Array, i: number, share: number): void {
  const { units, weights } = layer;
  for (let j = 0, at = i * units; j < units; j++, at++) sums[j]! += share * weights[at]!;
}

/**
 * The output of a network from the sums of its first layer: rectified units, linear at the end. `scratch` holds one
 * array for the sums of each later layer.
 */
export function finish(
  layers: readonly Layer[],
  first: Float64Array,
  scratch: readonly Float64Array[],
): number {
  let before = first;
  for (let k = 1; k < layers.length; k++) {
    const layer = layers[k]!;
    const sums = scratch[k]!;
    sums.set(layer.bias);
    for (let i = 0; i < layer.inputs; i++) {
      const value = before[i]!;
      if (value > 0) addInput(layer, sums, i, value);
    }
    before = sums;
  }
  return before[0]!;
}

export const scratchOf = (layers: readonly Layer[]): Float64Array[] =>
  layers.map(({ units }) => new Float64Array(units));

/** The network's output for each row, every row by itself and in one order of sums: neighbours change nothing. */
export function forward(layers: readonly Layer[], inputs: Float64Array, rows: number): Float64Array {
  const outputs = new Float64Array(rows);
  const scratch = scratchOf(layers);
  const first = layers[0]!;
  const sums = scratch[0]!;
  for (let row = 0, at = 0; row < rows; row++) {
    sums.set(first.bias);
    for (let i = 0; i < first.inputs; i++, at++) {
      const value = inputs[at]!;
      if (value !== 0) addInput(first, sums, i, value);
    }
    outputs[row] = finish(layers, sums, scratch);
  }
  return outputs;
}
