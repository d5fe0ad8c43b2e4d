import type { MatrixColumn } from '../matrix.ts';
import { binOf } from './binning/bin-numeric.ts';
import type { Bins } from './binning/bins.ts';

/** For each row the number of its bin: missing is the one after the last, categories of no group the one after that. */
function spread(bins: Bins, column: MatrixColumn, values: readonly number[]): Float64Array {
  if (bins.kind === 'numeric') {
    if (column.kind !== 'numeric') throw new TypeError(`${bins.column} is no longer a number`);
    const rows = column.values;
    const out = new Float64Array(rows.length);
    const missing = values[bins.cuts.length + 1]!;
    for (let i = 0; i < rows.length; i++) {
      const value = rows[i]!;
      out[i] = !Number.isNaN(value) ? values[binOf(bins.cuts, value)]! : missing;
    }
    return out;
  }
  if (column.kind !== 'categorical') throw new TypeError(`${bins.column} is no longer a category`);
  const missing = values[bins.groups.length]!;
  const ofCode = column.categories.map((name) => {
    const group = bins.groups.findIndex((names) => names.includes(name));
    return values[group < 0 ? bins.groups.length + 1 : group]!;
  });
  const out = new Float64Array(column.codes.length);
  for (let i = 0; i < out.length; i++) {
    const code = column.codes[i]!;
    out[i] = code < 0 ? missing : ofCode[code]!;
  }
  return out;
}

/** The weight of evidence of every row, times `factor`. */
export const encodeRows = (bins: Bins, column: MatrixColumn, factor = 1): Float64Array =>
  spread(
    bins,
    column,
    bins.woe.map((woe) => factor * woe),
  );
