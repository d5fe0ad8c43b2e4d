const smallest = 1e-15;

/** Mean of −ln of the probability given to what happened; probabilities are kept off 0 and 1 by 1e-15. */
export function logLoss(target: Float64Array, probabilities: Float64Array): number | null {
  if (target.length === 0) return null;
  let sum = 0;
  for (let i = 0; i < target.length; i++) {
    const p = Math.min(1 - smallest, Math.max(smallest, probabilities[i]!));
    sum -= target[i] ? Math.log(p) : Math.log1p(-p);
  }
  return sum / target.length;
}

/** Mean squared distance between probability and outcome. */
export function brier(target: Float64Array, probabilities: Float64Array): number | null {
  if (target.length === 0) return null;
  let sum = 0;
  for (let i = 0; i < target.length; i++) sum += (probabilities[i]! - target[i]!) ** 2;
  return sum / target.length;
}
