/**
 * Where a continuous function is 0 between two points at which its signs differ, to about 1e-13 (Brent 1973, chapter 4).
 *
 * @returns null where the signs are the same, or a value is not a number
 */
export function findRoot(
  value: (x: number) => number,
  low: number,
  high: number,
  tolerance = 1e-13,
): number | null {
  let [a, b] = [low, high];
  let [fa, fb] = [value(a), value(b)];
  if (Number.isNaN(fa) || Number.isNaN(fb)) return null;
  if (fa === 0) return a;
  if (fb === 0) return b;
  if (fa > 0 === fb > 0) return null;
  let [c, fc] = [a, fa];
  let step = b - a;
  let before = step;
  for (let i = 0; i < 200; i++) {
    if (fb > 0 === fc > 0) {
      [c, fc] = [a, fa];
      step = b - a;
      before = step;
    }
    if (Math.abs(fc) < Math.abs(fb)) {
      [a, b, c] = [b, c, b];
      [fa, fb, fc] = [fb, fc, fb];
    }
    const near = 2 * Number.EPSILON * Math.abs(b) + tolerance / 2;
    const half = (c - b) / 2;
    if (Math.abs(half) <= near || fb === 0) return b;
    const next = Math.abs(before) >= near && Math.abs(fa) > Math.abs(fb) ? interpolated() : null;
    before = next === null ? half : step;
    step = next ?? half;
    [a, fa] = [b, fb];
    b += Math.abs(step) > near ? step : Math.sign(half) * near;
    fb = value(b);

    function interpolated(): number | null {
      const s = fb / fa;
      const [q, r] = [fa / fc, fb / fc];
      let p = a === c ? 2 * half * s : s * (2 * half * q * (q - r) - (b - a) * (r - 1));
      let divisor = a === c ? 1 - s : (q - 1) * (r - 1) * (s - 1);
      if (p > 0) divisor = -divisor;
      p = Math.abs(p);
      const inside =
        2 * p < Math.min(3 * half * divisor - Math.abs(near * divisor), Math.abs(before * divisor));
      return inside ? p / divisor : null;
    }
  }
  return b;
}
