/** Rows up to which comparing is faster than counting. */
const few = 4096;

/** Row numbers by score ascending; equal scores by row number. Scores may be infinite but not NaN. */
export function sampleOrder(scores: Float64Array): Uint32Array {
  return scores.length <= few
    ? Uint32Array.from(scores.keys()).sort((a, b) => scores[a]! - scores[b]! || a - b)
    : countingOrder(scores);
}

/** Least significant digit first over the four 16-bit digits of each number: stable, and linear in the rows. */
function countingOrder(scores: Float64Array): Uint32Array {
  const n = scores.length;
  const keys = new BigUint64Array(n);
  const numbers = new Float64Array(keys.buffer);
  const words = new Uint16Array(keys.buffer);
  for (let i = 0; i < n; i++) {
    numbers[i] = scores[i]! + 0;
    const top = 4 * i + 3;
    if (words[top]! & 0x8000) for (let k = top - 3; k <= top; k++) words[k] = ~words[k]!;
    else words[top]! |= 0x8000;
  }
  let order = Uint32Array.from(scores.keys());
  let next = new Uint32Array(n);
  const ends = new Uint32Array(65_536);
  for (let digit = 0; digit < 4; digit++) {
    ends.fill(0);
    for (let i = 0; i < n; i++) ends[words[4 * i + digit]!]!++;
    for (let value = 1; value < ends.length; value++) ends[value]! += ends[value - 1]!;
    for (let i = n - 1; i >= 0; i--) {
      const row = order[i]!;
      next[--ends[words[4 * row + digit]!]!] = row;
    }
    [order, next] = [next, order];
  }
  return order;
}
