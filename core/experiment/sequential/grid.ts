export interface Grid {
  z: Float64Array;
  weights: Float64Array;
}

/**
 * Points and Simpson weights that integrate a function close to a standard normal density around `centre` over an
 * interval: 6r − 1 points, dense within 3 and ever wider to the sides, their midpoints between.
 *
 * Jennison C, Turnbull BW (2000), Group Sequential Methods, section 19.2.
 */
export function gridOver(r: number, centre: number, lower: number, upper: number): Grid {
  if (!(lower < upper)) return { z: new Float64Array(0), weights: new Float64Array(0) };
  const inner: number[] = [];
  for (let i = 1; i < 6 * r; i++) {
    const x = centre + offset(i, r);
    if (x > lower && x < upper) inner.push(x);
  }
  const far = 3 + 4 * Math.log(r);
  const first = Math.max(lower, Math.min(centre - far, upper - 1));
  const last = Math.min(upper, Math.max(centre + far, lower + 1));
  const nodes = [first, ...inner.filter((x) => x > first && x < last), last];
  const z = new Float64Array(2 * nodes.length - 1);
  const weights = new Float64Array(z.length);
  nodes.forEach((node, j) => {
    z[2 * j] = node;
    const next = nodes[j + 1];
    if (next === undefined) return;
    const width = next - node;
    z[2 * j + 1] = (node + next) / 2;
    weights[2 * j]! += width / 6;
    weights[2 * j + 1] = (4 * width) / 6;
    weights[2 * j + 2] = width / 6;
  });
  return { z, weights };
}

function offset(i: number, r: number): number {
  if (i < r) return -3 - 4 * Math.log(r / i);
  if (i <= 5 * r) return -3 + (3 * (i - r)) / (2 * r);
  return 3 + 4 * Math.log(r / (6 * r - i));
}

/**
 * The r with which the step to a look and the one after it are integrated to about 1e-7: at least four points to a
 * standard deviation of the smaller, on the scale of z.
 *
 * @param information of all looks, ascending, above 0
 */
export function resolutionAt(information: readonly number[], look: number): number {
  const spread = (i: number): number => {
    const [before, now] = [information[i - 1], information[i]];
    return before === undefined || now === undefined ? 1 : Math.sqrt((now - before) / now);
  };
  const narrowest = Math.min(spread(look), spread(look + 1));
  return Math.min(2000, Math.max(24, Math.ceil(3 / narrowest)));
}
