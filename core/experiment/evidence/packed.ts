import type { EvidenceCell } from './moments.ts';
import type { UnitTable } from './unit-table.ts';

/** A column of a result as typed arrays: numbers with NaN for null, or codes into categories with −1 for null. */
export type PackedColumn =
  | { kind: 'numeric'; values: Float64Array }
  | { kind: 'categorical'; codes: Int32Array; categories: readonly string[] };

/** Rows of `momentsSql` as columns: many cells in few objects, which pass to another thread without being copied. */
export interface PackedCells {
  rows: number;
  columns: ReadonlyMap<string, PackedColumn>;
  metrics: readonly { id: string; ratio: boolean }[];
  covariates: number;
}

/** The columns of `momentsSql` with what names them. */
export const packCells = (
  { metrics, covariates }: Pick<UnitTable, 'metrics' | 'covariates'>,
  { rows, columns }: Pick<PackedCells, 'rows' | 'columns'>,
): PackedCells => ({
  rows,
  columns,
  metrics: metrics.map(({ id, d }) => ({ id, ratio: d !== undefined })),
  covariates: covariates.length,
});

/** The same as `readMoments` gives of the same rows. */
export function unpackCells({ rows, columns, metrics, covariates }: PackedCells): EvidenceCell[] {
  const text = (name: string) => {
    const column = columns.get(name);
    return (row: number): string =>
      column?.kind === 'categorical' ? (column.categories[column.codes[row]!] ?? '') : '';
  };
  const number = (name: string) => {
    const column = columns.get(name);
    const values = column?.kind === 'numeric' ? column.values : new Float64Array(rows);
    return (row: number): number => (Number.isFinite(values[row]) ? values[row]! : 0);
  };
  const read = metrics.map(({ id, ratio }, i) => {
    const at = Array.from({ length: (ratio ? 2 : 1) + covariates }, (_, k) => k);
    return {
      id,
      ratio,
      n: number(`m${i}_n`),
      sums: at.map((k) => number(`m${i}_s${k}`)),
      products: at.flatMap((k) => at.slice(k).map((l) => number(`m${i}_p${k}_${l}`))),
    };
  });
  const [arm, stratum, cohort, units] = [text('arm'), text('stratum'), text('cohort'), number('units')];
  return Array.from({ length: rows }, (_, row) => ({
    arm: arm(row),
    stratum: stratum(row),
    cohort: cohort(row),
    units: units(row),
    metrics: Object.fromEntries(
      read.map(({ id, ratio, n, sums, products }) => [
        id,
        { n: n(row), sums: sums.map((of) => of(row)), products: products.map((of) => of(row)), ratio },
      ]),
    ),
  }));
}
