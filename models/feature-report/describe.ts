import type { FeatureBin, FeatureFigures } from '#core/contract/models/feature-report.ts';
import { wilson } from '#core/stats/wilson.ts';
import type { Matrix, MatrixColumn } from '../matrix.ts';
import { aucAlone } from './alone.ts';
import { binColumn } from './bins.ts';
import { correlatedColumns } from './correlation.ts';
import { informationOf } from './information.ts';
import { shiftOf } from './shift.ts';

/** What a column's figures are before it is given its names. */
export type ColumnFigures = Omit<FeatureFigures, 'family' | 'title' | 'known' | 'correlated' | 'byDate'> & {
  byDate: (Omit<FeatureFigures['byDate'][number], 'asOf'> & { day: number })[];
  correlated: { name: string; correlation: number }[];
};

interface Rows {
  target: Float64Array;
  /** Index of each row's date among `days`. */
  date: Int32Array;
  days: readonly number[];
  independent: number;
}

const share = (part: number, whole: number): number => (whole > 0 ? part / whole : 0);

/** Rows and target of each bin, over all dates and on each of them. */
function tally(place: Int32Array, size: number, { target, date, days }: Rows) {
  const n = new Array<number>(size).fill(0);
  const events = new Array<number>(size).fill(0);
  const byDate = days.map(() => new Array<number>(size).fill(0));
  for (let i = 0; i < place.length; i++) {
    const bin = place[i]!;
    n[bin]! += 1;
    events[bin]! += target[i]!;
    byDate[date[i]!]![bin]! += 1;
  }
  return { n, events, byDate };
}

const total = (counts: readonly number[]): number => counts.reduce((sum, n) => sum + n, 0);
const added = (rows: readonly (readonly number[])[], size: number): number[] =>
  Array.from({ length: size }, (_, bin) => total(rows.map((counts) => counts[bin]!)));

function describeColumn(column: MatrixColumn, rows: Rows): Omit<ColumnFigures, 'correlated'> {
  const binned = binColumn(column);
  const { place, bins } = binned;
  const { n, events, byDate } = tally(place, bins.length, rows);
  const all = total(n);
  const last = byDate.at(-1)!;
  const earlier = added(byDate.slice(0, -1), bins.length);
  const several = byDate.length > 1;
  const figures = bins.map(
    (bin, i): FeatureBin => ({
      ...bin,
      n: n[i]!,
      share: share(n[i]!, all),
      rate: wilson(events[i]!, n[i]!),
      before: several ? share(earlier[i]!, total(earlier)) : null,
      after: several ? share(last[i]!, total(last)) : null,
    }),
  );
  const missingBin = bins.length - 1;
  return {
    name: column.name,
    kind: column.kind,
    missingShare: share(n[missingBin]!, all),
    byDate: byDate.map((counts, i) => ({
      day: rows.days[i]!,
      n: total(counts),
      missingShare: share(counts[missingBin]!, total(counts)),
      shift: i === 0 ? null : shiftOf(added(byDate.slice(0, i), bins.length), counts),
    })),
    information: informationOf(
      events,
      n.map((count, i) => count - events[i]!),
      rows.independent,
    ),
    auc: aucAlone(column, binned, rows.target),
    drift: several ? shiftOf(earlier, last) : null,
    bins: figures.filter(({ n: held }) => held > 0),
  };
}

/**
 * Every column of a matrix on its own: how its values are spread and what happened in each bin, what is missing on
 * each date, how much it says about the target beside chance, how far it moved, and which columns say the same.
 *
 * @param matrix with its target (0 or 1, or a share); rows of one group count as one in what chance may do
 */
export function describeColumns(
  matrix: Matrix,
  onColumn: (done: number) => void = () => {},
): ColumnFigures[] {
  const target = matrix.target;
  if (!target) throw new TypeError('a matrix to describe needs its target');
  const days = [...new Set(matrix.day)].sort((a, b) => a - b);
  const at = new Map(days.map((day, i) => [day, i]));
  const rows: Rows = {
    target,
    days,
    date: matrix.day.map((day) => at.get(day)!),
    independent: matrix.rows > 0 ? new Set(matrix.groups).size / matrix.rows : 1,
  };
  const correlated = correlatedColumns(matrix);
  return matrix.columns.map((column, i) => {
    onColumn(i / matrix.columns.length);
    return {
      ...describeColumn(column, rows),
      correlated: correlated.get(column.name) ?? [],
    };
  });
}
