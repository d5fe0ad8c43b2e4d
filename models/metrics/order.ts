/** Row numbers by score ascending; equal scores by row number. */
export function sampleOrder(scores: Float64Array): Uint32Array {
  return Uint32Array.from(scores.keys()).sort((a, b) => scores[a]! - scores[b]! || a - b);
}
