/** A cubic curve through points, as a function. */
export type Curve = (x: number) => number;

/**
 * The cubic spline through points, ascending in x, whose third derivative at each end is that of the cubic through the
 * four nearest points (Forsythe, Malcolm and Moler 1977, Computer Methods for Mathematical Computations, chapter 4).
 * Needs four points.
 */
export function cubicSpline(x: readonly number[], y: readonly number[]): Curve {
  const last = x.length - 1;
  const step = (i: number) => x[i + 1]! - x[i]!;
  const slope = (i: number) => (y[i + 1]! - y[i]!) / step(i);
  /** Third divided difference of the four points from i on. */
  const third = (i: number) => {
    const second = (k: number) => (slope(k + 1) - slope(k)) / (x[k + 2]! - x[k]!);
    return (second(i + 1) - second(i)) / (x[i + 3]! - x[i]!);
  };
  const diagonal = x.map((_, i) =>
    i === 0 ? -step(0) : i === last ? -step(last - 1) : 2 * (step(i - 1) + step(i)),
  );
  const right = x.map((_, i) => {
    if (i === 0) return third(0) * step(0) ** 2;
    if (i === last) return -third(last - 3) * step(last - 1) ** 2;
    return slope(i) - slope(i - 1);
  });
  for (let i = 1; i <= last; i++) {
    const factor = step(i - 1) / diagonal[i - 1]!;
    diagonal[i] = diagonal[i]! - factor * step(i - 1);
    right[i] = right[i]! - factor * right[i - 1]!;
  }
  const bend = new Array<number>(x.length).fill(0);
  bend[last] = right[last]! / diagonal[last]!;
  for (let i = last - 1; i >= 0; i--) bend[i] = (right[i]! - step(i) * bend[i + 1]!) / diagonal[i]!;
  return (at) => {
    let i = 0;
    while (i < last - 1 && at >= x[i + 1]!) i++;
    const away = at - x[i]!;
    const first = slope(i) - step(i) * (bend[i + 1]! + 2 * bend[i]!);
    return y[i]! + away * (first + away * (3 * bend[i]! + (away * (bend[i + 1]! - bend[i]!)) / step(i)));
  };
}
