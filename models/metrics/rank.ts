import { sampleOrder } from './order.ts';

/** Ranks from 1, equal values sharing their mean rank. */
function ranks(values: Float64Array): Float64Array {
  const order = sampleOrder(values);
  const found = new Float64Array(values.length);
  for (let first = 0; first < order.length; ) {
    let last = first;
    while (last < order.length && values[order[last]!] === values[order[first]!]) last++;
    for (let i = first; i < last; i++) found[order[i]!] = (first + 1 + last) / 2;
    first = last;
  }
  return found;
}

/** Spearman's correlation, by midranks; null where one side is constant. */
export function rankCorrelation(a: Float64Array, b: Float64Array): number | null {
  const [x, y] = [ranks(a), ranks(b)];
  const middle = (a.length + 1) / 2;
  let [xx, yy, xy] = [0, 0, 0];
  for (let i = 0; i < x.length; i++) {
    const [dx, dy] = [x[i]! - middle, y[i]! - middle];
    xx += dx * dx;
    yy += dy * dy;
    xy += dx * dy;
  }
  return xx > 0 && yy > 0 ? xy / Math.sqrt(xx * yy) : null;
}
