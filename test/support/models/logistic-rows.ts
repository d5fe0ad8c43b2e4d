/** The rows of test/reference/model_metrics.py, made by the same linear congruential generator. */
export function logisticRows(n: number, seed: number): { columns: Float64Array[]; target: Float64Array } {
  let state = seed;
  const uniform = () => {
    state = Number((1664525n * BigInt(state) + 1013904223n) % 4294967296n);
    return state / 2 ** 32;
  };
  const columns = [new Float64Array(n), new Float64Array(n), new Float64Array(n)];
  const target = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    const [a, b, c, d] = [uniform(), uniform(), uniform(), uniform()];
    columns[0]![i] = a * 4 - 2;
    columns[1]![i] = b > 0.6 ? 1 : 0;
    columns[2]![i] = Math.floor(c * 5);
    const eta = -0.7 + 0.9 * columns[0]![i]! - 0.8 * columns[1]![i]! + 0.25 * columns[2]![i]!;
    target[i] = d < 1 / (1 + Math.exp(-eta)) ? 1 : 0;
  }
  return { columns, target };
}
