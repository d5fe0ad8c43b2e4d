/** Points and weights on [−1, 1] that integrate polynomials up to degree 2n − 1 exactly. */
export function gaussLegendre(n: number): { x: number[]; weight: number[] } {
  const x: number[] = [];
  const weight: number[] = [];
  for (let i = 0; i < n; i++) {
    let root = Math.cos((Math.PI * (i + 0.75)) / (n + 0.5));
    let slope = 1;
    for (let round = 0; round < 50; round++) {
      let [now, before] = [1, 0];
      for (let k = 1; k <= n; k++) [now, before] = [((2 * k - 1) * root * now - (k - 1) * before) / k, now];
      slope = (n * (root * now - before)) / (root * root - 1);
      const step = now / slope;
      root -= step;
      if (Math.abs(step) < 1e-16) break;
    }
    x.push(root);
    weight.push(2 / ((1 - root * root) * slope * slope));
  }
  return { x, weight };
}

const rule = gaussLegendre(16);

/** Points and weights over the panels between ascending breaks, sixteen points a panel. */
export function panels(breaks: readonly number[]): { x: number; weight: number }[] {
  return breaks.slice(1).flatMap((right, i) => {
    const left = breaks[i] ?? right;
    const half = (right - left) / 2;
    return rule.x.map((x, j) => ({ x: left + half * (1 + x), weight: half * (rule.weight[j] ?? 0) }));
  });
}
