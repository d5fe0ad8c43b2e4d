import type { Matrix, MatrixColumn } from '../matrix.ts';
import { takeRows } from '../matrix.ts';

const sampleRows = 4000;
const most = 6;
const least = 0.3;

/** Mid-ranks of a number; the mean target of a category. NaN where missing. */
function ranked(column: MatrixColumn, target: Float64Array): Float64Array {
  if (column.kind === 'categorical') {
    const sums = new Float64Array(column.categories.length);
    const counts = new Float64Array(column.categories.length);
    column.codes.forEach((code, i) => {
      if (code < 0) return;
      sums[code]! += target[i]!;
      counts[code]! += 1;
    });
    return Float64Array.from(column.codes, (code) => (code < 0 ? Number.NaN : sums[code]! / counts[code]!));
  }
  const { values } = column;
  const order = [...values.keys()]
    .filter((i) => !Number.isNaN(values[i]!))
    .sort((a, b) => values[a]! - values[b]! || a - b);
  const ranks = new Float64Array(values.length).fill(Number.NaN);
  for (let first = 0; first < order.length; ) {
    let last = first;
    while (last < order.length && values[order[last]!] === values[order[first]!]) last++;
    for (let k = first; k < last; k++) ranks[order[k]!] = (first + last - 1) / 2;
    first = last;
  }
  return ranks;
}

function correlation(a: Float64Array, b: Float64Array): number | null {
  let [n, sa, sb, saa, sbb, sab] = [0, 0, 0, 0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    const [x, y] = [a[i]!, b[i]!];
    if (Number.isNaN(x) || Number.isNaN(y)) continue;
    n++;
    sa += x;
    sb += y;
    saa += x * x;
    sbb += y * y;
    sab += x * y;
  }
  const spread = (n * saa - sa * sa) * (n * sbb - sb * sb);
  return n >= 30 && spread > 1e-9 ? (n * sab - sa * sb) / Math.sqrt(spread) : null;
}

/**
 * The columns each column goes along with most: rank correlation over rows where both are known (a category stands for
 * its mean target), on at most 4,000 rows taken at even steps; at least 0.3 either way, strongest first.
 */
export function correlatedColumns(matrix: Matrix): Map<string, { name: string; correlation: number }[]> {
  const step = Math.max(1, Math.ceil(matrix.rows / sampleRows));
  const rows = Int32Array.from({ length: Math.ceil(matrix.rows / step) }, (_, i) => i * step);
  const sample = takeRows(matrix, rows);
  const ranks = sample.columns.map((column) => ranked(column, sample.target!));
  const found = new Map<string, { name: string; correlation: number }[]>(
    sample.columns.map(({ name }) => [name, []]),
  );
  sample.columns.forEach(({ name }, i) => {
    for (let k = 0; k < i; k++) {
      const value = correlation(ranks[i]!, ranks[k]!);
      if (value === null || Math.abs(value) < least) continue;
      const other = sample.columns[k]!.name;
      found.get(name)!.push({ name: other, correlation: value });
      found.get(other)!.push({ name, correlation: value });
    }
  });
  for (const [name, others] of found)
    found.set(
      name,
      others
        .sort((a, b) => Math.abs(b.correlation) - Math.abs(a.correlation) || (a.name < b.name ? -1 : 1))
        .slice(0, most),
    );
  return found;
}
