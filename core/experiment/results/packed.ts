import { type PackedCells, unpackCells } from '../evidence/packed.ts';
import type { Metric } from '../metric.ts';
import type { Gathered, GatheredColumn, GatheredSegment } from './gathered.ts';

/** What was gathered as it passes from one thread to another: no functions, evidence as columns of numbers. */
export interface PackedGathered extends Omit<Gathered, 'cells' | 'columns' | 'segments'> {
  cells: PackedCells;
  columns: readonly Omit<GatheredColumn, 'metric'>[];
  segments: readonly (Omit<GatheredSegment, 'cells'> & { cells: PackedCells })[];
}

/** @param metrics the catalogue that columns were gathered by */
export const unpackGathered = (packed: PackedGathered, metrics: ReadonlyMap<string, Metric>): Gathered => ({
  ...packed,
  cells: unpackCells(packed.cells),
  columns: packed.columns.map((column) => {
    const metric = metrics.get(column.metricId);
    if (!metric) throw new Error(`no metric ${column.metricId}`);
    return { ...column, metric };
  }),
  segments: packed.segments.map((segment) => ({ ...segment, cells: unpackCells(segment.cells) })),
});
