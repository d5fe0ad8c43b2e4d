/** Plain arithmetic on small vectors and matrices, for reckoning again what a library says. */
export const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** With n − 1. */
export function covariance(a: readonly number[], b: readonly number[]): number {
  const [left, right] = [mean(a), mean(b)];
  return a.reduce((sum, value, i) => sum + (value - left) * (b[i]! - right), 0) / (a.length - 1);
}

/** Solves a system by Gauss's elimination with the largest pivot; a column that others say already gets 0. */
export function solve(matrix: readonly (readonly number[])[], right: readonly number[]): number[] {
  const rows = matrix.map((row, i) => [...row, right[i]!]);
  const size = right.length;
  const scale = Math.max(...rows.flatMap((row) => row.map(Math.abs)));
  const pivots: (number | null)[] = [];
  let at = 0;
  for (let column = 0; column < size; column++) {
    const best = rows
      .slice(at)
      .reduce(
        (most, row, i) => (Math.abs(row[column]!) > Math.abs(rows[most]![column]!) ? at + i : most),
        at,
      );
    if (at >= size || Math.abs(rows[best]![column]!) < 1e-12 * scale) {
      pivots.push(null);
      continue;
    }
    [rows[at], rows[best]] = [rows[best]!, rows[at]!];
    const pivot = rows[at]!;
    rows.forEach((row, i) => {
      if (i === at) return;
      const factor = row[column]! / pivot[column]!;
      for (let j = column; j <= size; j++) row[j]! -= factor * pivot[j]!;
    });
    pivots.push(at++);
  }
  return pivots.map((row, column) => (row === null ? 0 : rows[row]![size]! / rows[row]![column]!));
}
