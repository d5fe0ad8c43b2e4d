import { DomainError } from '#core/errors/domain-error.ts';
import { isBinary } from '../../evaluate.ts';
import type { Matrix, MatrixColumn } from '../../matrix.ts';
import { takeRows } from '../../matrix.ts';
import { auc } from '../../metrics/auc.ts';
import { binCategories } from '../../scorecard/binning/bin-category.ts';
import { encodeRows } from '../../scorecard/encode.ts';
import { scorecardOptions } from '../../scorecard/options.ts';

/** AUC above which one column alone stops training. */
export const stopAuc = 0.95;
const sampleRows = 20_000;

function aloneScores(column: MatrixColumn, target: Float64Array): Float64Array | null {
  if (column.kind === 'numeric')
    return column.values.map((value) => (Number.isNaN(value) ? Number.NEGATIVE_INFINITY : value));
  const options = scorecardOptions.parse({ maxBins: 20, cutThreshold: 0, smoothing: 1 });
  const bins = binCategories(
    column.name,
    { codes: column.codes, categories: column.categories, target },
    options,
  );
  return bins && encodeRows(bins, column);
}

/** Outcomes as two classes: of shares, whether above their mean. */
function classesOf(target: Float64Array): Float64Array {
  if (isBinary(target)) return target;
  const mean = target.reduce((sum, value) => sum + value, 0) / target.length;
  return target.map((value) => (value > mean ? 1 : 0));
}

/**
 * How far each column alone separates the classes: AUC, the better of both directions, on at most 20,000 of the rows
 * taken at even steps. Null where it cannot be told. Shares are parted at their mean.
 */
export function columnAucs(matrix: Matrix, rows?: Int32Array): Map<string, number | null> {
  const count = rows?.length ?? matrix.rows;
  const step = Math.max(1, Math.ceil(count / sampleRows));
  const taken = Int32Array.from({ length: Math.ceil(count / step) }, (_, i) => rows?.[i * step] ?? i * step);
  const sample = takeRows(matrix, taken);
  const target = classesOf(sample.target!);
  return new Map(
    sample.columns.map((column) => {
      const scores = aloneScores(column, target);
      const area = scores ? auc(target, scores).estimate : null;
      return [column.name, area === null ? null : Math.max(area, 1 - area)];
    }),
  );
}

/** @throws leak_feature when one column alone gets nearly all right. */
export function refuseLeaks(alone: ReadonlyMap<string, number | null>): void {
  for (const [column, area] of alone)
    if (area !== null && area > stopAuc) throw new DomainError('leak_feature', { column, auc: area });
}
