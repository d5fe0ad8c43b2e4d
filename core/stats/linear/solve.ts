export interface Solution {
  x: number[];
  /** Which columns took part: constant ones, and those that others already say, have coefficient 0. */
  used: boolean[];
}

/** Part of a column's variance that must be its own for it to take part. */
const least = 1e-9;

/**
 * Solves A x = b for a symmetric, positive semi-definite A by Cholesky, leaving out columns that have no variance of
 * their own (constant, or nearly a linear combination of those before).
 */
export function solveSymmetric(a: readonly (readonly number[])[], b: readonly number[]): Solution {
  const size = b.length;
  const used = new Array<boolean>(size).fill(false);
  const factor: number[][] = [];
  const kept: number[] = [];
  for (let j = 0; j < size; j++) {
    const row: number[] = [];
    kept.forEach((k, i) => {
      const before = row.reduce((sum, value, m) => sum + value * factor[i]![m]!, 0);
      row.push((a[j]![k]! - before) / factor[i]![i]!);
    });
    const own = a[j]![j]! - row.reduce((sum, value) => sum + value * value, 0);
    if (!(a[j]![j]! > 0) || !(own > least * a[j]![j]!)) continue;
    factor.push([...row, Math.sqrt(own)]);
    kept.push(j);
    used[j] = true;
  }
  const forward: number[] = [];
  kept.forEach((k, i) => {
    const before = forward.reduce((sum, value, m) => sum + value * factor[i]![m]!, 0);
    forward.push((b[k]! - before) / factor[i]![i]!);
  });
  const x = new Array<number>(size).fill(0);
  for (let i = kept.length - 1; i >= 0; i--) {
    let value = forward[i]!;
    for (let m = i + 1; m < kept.length; m++) value -= factor[m]![i]! * x[kept[m]!]!;
    x[kept[i]!] = value / factor[i]![i]!;
  }
  return { x, used };
}

/** The inverse of a symmetric, positive definite matrix; null where it has none. */
export function invertSymmetric(a: readonly (readonly number[])[]): number[][] | null {
  const columns = a.map((_, j) =>
    solveSymmetric(
      a,
      a.map((_, i) => (i === j ? 1 : 0)),
    ),
  );
  return columns.every(({ used }) => used.every(Boolean)) ? columns.map(({ x }) => x) : null;
}

/** x′ A y. */
export function between(
  x: readonly number[],
  a: readonly (readonly number[])[],
  y: readonly number[],
): number {
  let sum = 0;
  for (let i = 0; i < x.length; i++) {
    if (x[i] === 0) continue;
    let row = 0;
    for (let j = 0; j < y.length; j++) row += a[i]![j]! * y[j]!;
    sum += x[i]! * row;
  }
  return sum;
}
