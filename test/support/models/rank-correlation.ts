const mean = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/** Ranks, equal values sharing the middle one. */
function ranks(values: Float64Array): Float64Array {
  const order = Int32Array.from(values.keys()).sort((a, b) => values[a]! - values[b]!);
  const rank = new Float64Array(values.length);
  for (let first = 0; first < order.length; ) {
    let last = first;
    while (last < order.length && values[order[last]!] === values[order[first]!]) last++;
    for (let i = first; i < last; i++) rank[order[i]!] = (first + last - 1) / 2;
    first = last;
  }
  return rank;
}

/** Spearman's correlation; NaN where one side does not vary. */
export function rankCorrelation(a: Float64Array, b: Float64Array): number {
  const [x, y] = [ranks(a), ranks(b)];
  const [mx, my] = [mean(x), mean(y)];
  const product = (p: Float64Array, q: Float64Array, mp: number, mq: number) =>
    p.reduce((sum, value, i) => sum + (value - mp) * (q[i]! - mq), 0);
  return product(x, y, mx, my) / Math.sqrt(product(x, x, mx, mx) * product(y, y, my, my));
}
