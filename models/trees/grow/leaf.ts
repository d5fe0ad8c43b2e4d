/** A leaf as a search needs it. */
export interface Leaf {
  begin: number;
  rows: number;
  slot: number;
  gradient: number;
  hessian: number;
  /** Bounds of its value, which splits on monotone columns above it set. */
  low: number;
  high: number;
}

/** The value of a leaf: the minimum of its second-order loss, kept between bounds. */
export const leafValue = (gradient: number, hessian: number, l2: number, low: number, high: number): number =>
  Math.max(low, Math.min(high, -gradient / (hessian + l2)));

/** Twice what a leaf takes off the loss. */
export function leafGain(gradient: number, hessian: number, l2: number, { low, high }: Leaf): number {
  const value = leafValue(gradient, hessian, l2, low, high);
  return -(2 * gradient * value + (hessian + l2) * value * value);
}
