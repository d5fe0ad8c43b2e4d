import { DomainError } from '#core/errors/domain-error.ts';
import { tables } from '#core/portfolio/tables.ts';
import type { Matrix, MatrixColumn } from '../matrix.ts';
import { takeRows } from '../matrix.ts';
import { auc } from '../metrics/auc.ts';
import { binCategories } from '../scorecard/bin-category.ts';
import { encodeRows } from '../scorecard/encode.ts';
import { scorecardOptions } from '../scorecard/options.ts';

/** AUC at which one column alone stops training or wants a written reason; and the part of the gain that does. */
export const leakLimits = { stop: 0.95, warn: 0.85, partOfGain: 0.6 } as const;
const sampleRows = 20_000;

const protectedColumns = new Set(
  tables.flatMap((table) =>
    Object.entries(table.columns)
      .filter(([, column]) => column.tag === 'protected')
      .map(([name]) => name),
  ),
);

/** @throws protected_feature when a protected attribute of a person is among the columns. */
export function refuseProtected(columns: readonly string[]): void {
  const found = columns.find((name) => protectedColumns.has(name));
  if (found) throw new DomainError('protected_feature', { column: found });
}

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

/**
 * How far each column alone separates the classes: AUC, the better of both directions, on at most 20,000 rows taken
 * at even steps. Null where it cannot be told.
 */
export function columnAucs(matrix: Matrix): Map<string, number | null> {
  const step = Math.max(1, Math.ceil(matrix.rows / sampleRows));
  const rows = Int32Array.from({ length: Math.ceil(matrix.rows / step) }, (_, i) => i * step);
  const sample = takeRows(matrix, rows);
  return new Map(
    sample.columns.map((column) => {
      const scores = aloneScores(column, sample.target!);
      const area = scores ? auc(sample.target!, scores).estimate : null;
      return [column.name, area === null ? null : Math.max(area, 1 - area)];
    }),
  );
}

/** @throws leak_feature when one column alone gets nearly all right. */
export function refuseLeaks(alone: ReadonlyMap<string, number | null>): void {
  for (const [column, area] of alone)
    if (area !== null && area > leakLimits.stop) throw new DomainError('leak_feature', { column, auc: area });
}

export interface PeriodRate {
  asOf: string;
  n: number;
  events: number;
}

/**
 * Stops where the rate of a date to be trained on moved by more than half against all dates before it together.
 *
 * @param periods every date up to the last one trained on, ascending
 * @throws target_drift
 */
export function refuseDrift(periods: readonly PeriodRate[], trained: ReadonlySet<string>): void {
  let n = 0;
  let events = 0;
  for (const period of periods) {
    const earlier = events / n;
    const rate = period.events / period.n;
    if (trained.has(period.asOf) && n > 0 && events > 0 && Math.abs(rate / earlier - 1) > 0.5)
      throw new DomainError('target_drift', { asOf: period.asOf, rate, earlier });
    n += period.n;
    events += period.events;
  }
}

export interface CodeShare {
  asOf: string;
  code: string;
  /** Share of accounts with the code on the date. */
  share: number;
}

const rareShare = 0.01;
const commonShare = 0.05;

/**
 * Stops where a status code goes from under 1 % to over 5 % of accounts from one date to the next: the way it is
 * recorded changed. The first date has nothing before it.
 *
 * @param shares of every date the training looks at, outcomes included; a code absent on a date has no entry
 * @throws leak_status_code
 */
export function refuseCodeJumps(shares: readonly CodeShare[]): void {
  const dates = [...new Set(shares.map(({ asOf }) => asOf))].sort();
  const at = new Map(shares.map(({ asOf, code, share }) => [`${asOf}\n${code}`, share]));
  for (const { asOf, code, share } of shares) {
    const earlier = dates[dates.indexOf(asOf) - 1];
    if (earlier === undefined) continue;
    const before = at.get(`${earlier}\n${code}`) ?? 0;
    if (before < rareShare && share > commonShare)
      throw new DomainError('leak_status_code', { asOf, code, share, before });
  }
}
