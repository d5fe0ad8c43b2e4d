/** Symmetric positive semi-definite systems, row by row in one array of `size` × `size`. */

/** Lower Cholesky factor; a direction the matrix says nothing about gets a zero column and so no movement. */
function factor(matrix: Float64Array, size: number): Float64Array {
  const lower = new Float64Array(size * size);
  for (let j = 0; j < size; j++) {
    for (let i = j; i < size; i++) {
      let sum = matrix[i * size + j]!;
      for (let k = 0; k < j; k++) sum -= lower[i * size + k]! * lower[j * size + k]!;
      if (i === j) lower[j * size + j] = sum > 1e-12 * matrix[j * size + j]! ? Math.sqrt(sum) : 0;
      else lower[i * size + j] = lower[j * size + j]! > 0 ? sum / lower[j * size + j]! : 0;
    }
  }
  return lower;
}

function solveFactored(lower: Float64Array, right: Float64Array, size: number): Float64Array {
  const x = Float64Array.from(right);
  for (let i = 0; i < size; i++) {
    for (let k = 0; k < i; k++) x[i]! -= lower[i * size + k]! * x[k]!;
    x[i] = lower[i * size + i]! > 0 ? x[i]! / lower[i * size + i]! : 0;
  }
  for (let i = size - 1; i >= 0; i--) {
    for (let k = i + 1; k < size; k++) x[i]! -= lower[k * size + i]! * x[k]!;
    x[i] = lower[i * size + i]! > 0 ? x[i]! / lower[i * size + i]! : 0;
  }
  return x;
}

export const solve = (matrix: Float64Array, right: Float64Array, size: number): Float64Array =>
  solveFactored(factor(matrix, size), right, size);

export function invert(matrix: Float64Array, size: number): Float64Array {
  const lower = factor(matrix, size);
  const inverse = new Float64Array(size * size);
  for (let j = 0; j < size; j++) {
    const unit = new Float64Array(size);
    unit[j] = 1;
    inverse.set(solveFactored(lower, unit, size), j * size);
  }
  return inverse;
}

const sweeps = 2000;

/**
 * The x that minimises ½ x'Mx − r'x with x[j] ≥ 0 for every j marked in `bounded`, by coordinate descent from
 * `start`. Exact zeros stay exact.
 */
export function solveBounded(
  matrix: Float64Array,
  right: Float64Array,
  bounded: readonly boolean[],
  start: Float64Array,
): Float64Array {
  const size = right.length;
  const x = Float64Array.from(start);
  for (let sweep = 0; sweep < sweeps; sweep++) {
    let moved = 0;
    for (let j = 0; j < size; j++) {
      const own = matrix[j * size + j]!;
      if (!(own > 0)) continue;
      let rest = right[j]!;
      for (let k = 0; k < size; k++) if (k !== j) rest -= matrix[j * size + k]! * x[k]!;
      const value = bounded[j] ? Math.max(0, rest / own) : rest / own;
      moved = Math.max(moved, Math.abs(value - x[j]!));
      x[j] = value;
    }
    if (moved < 1e-12) break;
  }
  return x;
}
