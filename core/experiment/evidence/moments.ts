import { sumOf } from '../../stats/careful-sum.ts';
import type { Counts, Moments, Strata } from '../statistic.ts';
import type { UnitTable } from './unit-table.ts';

/** Evidence of every metric in one arm, stratum and cohort. */
export interface EvidenceCell<E = Moments> {
  arm: string;
  stratum: string;
  cohort: string;
  /** Units there, with or without an outcome. */
  units: number;
  /** By id of metric. */
  metrics: Readonly<Record<string, E>>;
}

export type EvidenceRow = Record<string, unknown>;

const numberIn = (row: EvidenceRow, name: string): number => Number(row[name] ?? 0);

/** One metric out of a row; `columns` counts outcome, denominator and covariates. */
export function readOne(row: EvidenceRow, index: number, columns: number, ratio: boolean): Moments {
  const at = Array.from({ length: columns }, (_, i) => i);
  return {
    n: numberIn(row, `m${index}_n`),
    sums: at.map((i) => numberIn(row, `m${index}_s${i}`)),
    products: at.flatMap((i) => at.slice(i).map((k) => numberIn(row, `m${index}_p${i}_${k}`))),
    ratio,
  };
}

/** Rows of `momentsSql` as evidence. */
export const readMoments = (table: UnitTable, rows: readonly EvidenceRow[]): EvidenceCell[] =>
  rows.map((row) => ({
    arm: String(row.arm),
    stratum: String(row.stratum),
    cohort: String(row.cohort),
    units: numberIn(row, 'units'),
    metrics: Object.fromEntries(
      table.metrics.map(({ id, d }, i) => {
        const ratio = d !== undefined;
        return [id, readOne(row, i, (ratio ? 2 : 1) + table.covariates.length, ratio)];
      }),
    ),
  }));

/** Evidence of the parts together. No parts: nobody, with one column. */
export function mergeMoments(parts: readonly Moments[]): Moments {
  const first = parts[0] ?? { n: 0, sums: [0], products: [0], ratio: false };
  return {
    n: parts.reduce((total, part) => total + part.n, 0),
    sums: first.sums.map((_, i) => sumOf(parts.map((part) => part.sums[i]!))),
    products: first.products.map((_, i) => sumOf(parts.map((part) => part.products[i]!))),
    ratio: first.ratio,
  };
}

/** What is wanted of the cells; a part left out is all of it. */
export interface CellFilter {
  arm?: string;
  stratum?: string;
  cohorts?: ReadonlySet<string>;
}

/** Evidence of a metric over the cells of an arm, a stratum or some cohorts. */
export const momentsOf = (
  cells: readonly EvidenceCell[],
  metric: string,
  wanted: CellFilter = {},
): Moments => {
  const kept = cells.filter(
    ({ arm, stratum, cohort }) =>
      (wanted.arm === undefined || wanted.arm === arm) &&
      (wanted.stratum === undefined || wanted.stratum === stratum) &&
      (wanted.cohorts === undefined || wanted.cohorts.has(cohort)),
  );
  const shape = (kept.length ? kept : cells).flatMap(({ metrics }) => metrics[metric] ?? []);
  return kept.length || !shape.length ? mergeMoments(shape) : emptyLike(shape[0]!);
};

const emptyLike = ({ sums, products, ratio }: Moments): Moments => ({
  n: 0,
  sums: sums.map(() => 0),
  products: products.map(() => 0),
  ratio,
});

/** Evidence of each stratum and cohort of two arms, in the same order; a part with nobody in one arm stands with n 0. */
export function strataOf(
  cells: readonly EvidenceCell[],
  metric: string,
  arms: readonly [control: string, arm: string],
): [control: Strata, arm: Strata] {
  const parts = new Map<string, EvidenceCell[]>();
  for (const cell of cells) {
    if (!arms.includes(cell.arm)) continue;
    const name = JSON.stringify([cell.cohort, cell.stratum]);
    parts.set(name, [...(parts.get(name) ?? []), cell]);
  }
  const names = [...parts.keys()].sort();
  const of = (arm: string) =>
    names.map((stratum) => ({ stratum, moments: momentsOf(parts.get(stratum)!, metric, { arm }) }));
  return [of(arms[0]), of(arms[1])];
}

/**
 * The counts of an outcome that is 0 or 1.
 *
 * @throws RangeError when its values were others, as then the sum of squares differs from the sum
 */
export function countsOf({ n, sums, products }: Moments): Counts {
  const events = sums[0] ?? 0;
  if (events !== products[0] || !Number.isInteger(events))
    throw new RangeError(`not an outcome of 0 and 1: sum ${events}, of squares ${products[0]}`);
  return { n, events };
}
