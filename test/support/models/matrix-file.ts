import { readFileSync, writeFileSync } from 'node:fs';
import type { Matrix, MatrixColumn } from '#models/matrix.ts';

/** What the file of a matrix holds, in the order of the file: columns, the target, folds, and marks of parts (1 where a row belongs). */
interface Manifest {
  rows: number;
  columns: { name: string; categories: readonly string[] | null }[];
  folds: number;
}

/** Writes a matrix for other programs: a manifest, and every column as doubles, one after the other; −1 and NaN are missing. */
export function writeMatrixFile(
  path: string,
  matrix: Matrix,
  folds: readonly Int32Array[] = [],
  parts: readonly Float64Array[] = [],
): void {
  const manifest: Manifest = {
    rows: matrix.rows,
    columns: matrix.columns.map((column) => ({
      name: column.name,
      categories: column.kind === 'categorical' ? column.categories : null,
    })),
    folds: folds.length,
  };
  const every = [
    ...matrix.columns.map((column) =>
      column.kind === 'numeric' ? column.values : Float64Array.from(column.codes),
    ),
    matrix.target!,
    ...folds.map((fold) => Float64Array.from(fold)),
    ...parts,
  ];
  const all = new Float64Array(every.length * matrix.rows);
  for (const [i, values] of every.entries()) all.set(values, i * matrix.rows);
  writeFileSync(`${path}.json`, JSON.stringify(manifest));
  writeFileSync(`${path}.bin`, all);
}

export function readMatrixFile(path: string): Matrix {
  const { rows, columns } = JSON.parse(readFileSync(`${path}.json`, 'utf8')) as Manifest;
  const { buffer } = readFileSync(`${path}.bin`);
  const values = (i: number) => new Float64Array(buffer, i * rows * 8, rows);
  return {
    rows,
    columns: columns.map(
      ({ name, categories }, i): MatrixColumn =>
        categories
          ? { name, kind: 'categorical', categories, codes: Int32Array.from(values(i)) }
          : { name, kind: 'numeric', values: values(i) },
    ),
    target: values(columns.length),
    groups: Int32Array.from({ length: rows }, (_, i) => i),
    day: new Int32Array(rows),
  };
}
