import { normalQuantile } from '../distributions/normal.ts';
import { cubicSpline } from './spline.ts';

const mostSteps = 50;

/**
 * Interval of a share read from the curve of the signed root of the deviance, as R's `binom.profile`: points are taken
 * outwards from the estimate on the logit scale until the deviance passes the level 1 − alpha / n, a cubic spline goes
 * through them over the share, and the ends are read linearly between three times as many points of it.
 *
 * @param x successes, above 0 and below n
 */
export function profileInterval(x: number, n: number, alpha: number): [number, number] {
  const share = x / n;
  const furthest = normalQuantile(1 - alpha / 2 / n);
  const stride = (furthest / 5) * Math.sqrt(1 / (n * share * (1 - share))) * Math.min(2 / Math.log(n), 1);
  const likelihood = (p: number) => x * Math.log(p) + (n - x) * Math.log1p(-p);
  const best = likelihood(share);
  const points: { p: number; z: number }[] = [];
  for (const side of [-1, 1])
    for (let step = 1, z = 0; step <= mostSteps && Math.abs(z) < furthest; step++) {
      const p = 1 / (1 + Math.exp(-(Math.log(share / (1 - share)) + side * step * stride)));
      z = side * Math.sqrt(Math.max(0, 2 * (best - likelihood(p))));
      points.push({ p, z });
    }
  points.sort((a, b) => a.p - b.p);
  const curve = cubicSpline(
    points.map(({ p }) => p),
    points.map(({ z }) => z),
  );
  const [low, high] = [points[0]!.p, points.at(-1)!.p];
  const many = 3 * points.length;
  const grid = Array.from({ length: many }, (_, i) => low + ((high - low) * i) / (many - 1));
  const read = (z: number): number => {
    const heights = grid.map(curve);
    const after = Math.max(
      1,
      heights.findIndex((height) => height >= z),
    );
    const [before, next] = [heights[after - 1]!, heights[after]!];
    return grid[after - 1]! + ((grid[after]! - grid[after - 1]!) * (z - before)) / (next - before);
  };
  return [read(normalQuantile(alpha / 2)), read(normalQuantile(1 - alpha / 2))];
}
