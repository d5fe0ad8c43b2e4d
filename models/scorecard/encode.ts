import type { MatrixColumn } from '../matrix.ts';
import { binOf } from './bin-numeric.ts';
import type { Bins } from './bins.ts';

/** The bin of every row: missing is the one after the last, categories of no group the one after that. */
export function binRows(bins: Bins, column: MatrixColumn): Uint8Array {
  if (bins.kind === 'numeric') {
    if (column.kind !== 'numeric') throw new TypeError(`${bins.column} is no longer a number`);
    const missing = bins.cuts.length + 1;
    return Uint8Array.from(column.values, (value) =>
      Number.isNaN(value) ? missing : binOf(bins.cuts, value),
    );
  }
  if (column.kind !== 'categorical') throw new TypeError(`${bins.column} is no longer a category`);
  const missing = bins.groups.length;
  const place = column.categories.map((name) => {
    const group = bins.groups.findIndex((names) => names.includes(name));
    return group < 0 ? missing + 1 : group;
  });
  return Uint8Array.from(column.codes, (code) => (code < 0 ? missing : place[code]!));
}

/** The weight of evidence of every row. */
export function encodeRows(bins: Bins, column: MatrixColumn): Float64Array {
  const { woe } = bins;
  return Float64Array.from(binRows(bins, column), (bin) => woe[bin]!);
}
