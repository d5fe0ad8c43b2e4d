import type { Output } from '#core/contract/endpoint.ts';
import type { contract } from '#core/contract/index.ts';
import { binWords, columnWords, tableWords } from '#core/portfolio/quality/words.ts';
import { tableNamed } from '#core/portfolio/tables.ts';
import { numberFormat } from '#core/text/number.ts';
import type { Locale } from '#core/text/text.ts';
import type { ShiftBin } from '../../../charts/models/shift.ts';
import type { MonthCell } from '../../../charts/months.ts';
import type { Figures } from '../../../i18n/figures.ts';

type Portfolio = typeof contract.portfolio;
export type Report = Output<Portfolio['quality']>;
export type Check = Report['checks'][number];
export type Shift = Report['shifts'][number];
export type Bin = Shift['bins'][number];
export type Entry = Output<Portfolio['qualityHistory']>['reports'][number];

/** A table and a column as people call them, without quotes. */
export const tableName = (table: string, locale: Locale): string =>
  tableNamed(table)?.about[locale] ?? tableWords(table)[locale];
export const columnName = (table: string, column: string, locale: Locale): string =>
  tableNamed(table)?.columns[column]?.about[locale] ?? columnWords(table, column)[locale];

/** A bin as people call it, short enough for a chart: up to date, late_1, 100 – 200. */
export function binName(bin: Bin, locale: Locale): string {
  const { kind, from, to } = bin;
  if (kind !== 'range') return binWords(bin)[locale].replaceAll(/[«»“”]/g, '');
  const write = (value: number) =>
    numberFormat(
      locale,
      Math.abs(value) < 1e5
        ? { maximumSignificantDigits: 4 }
        : { notation: 'compact', maximumSignificantDigits: 3 },
    )(value);
  if (from === null || to === null) return from === null ? `≤ ${write(to ?? 0)}` : `> ${write(from)}`;
  return `${write(from)} – ${write(to)}`;
}

/** Part of a report about one table; without one, all of it. */
export function ofTable(report: Report, table: string | undefined): Report {
  if (!table) return report;
  const keep = (one: { table: string }) => one.table === table;
  return {
    ...report,
    checks: report.checks.filter(keep),
    columns: report.columns.filter(keep),
    absent: report.absent.filter(keep),
    shifts: report.shifts.filter(keep),
    series: report.series.filter(keep),
    months: report.months.filter(keep),
  };
}

/** The report before the last one, of the same load or of everything; the newest come first. */
export const previousOf = (history: readonly Entry[], load: number | null): Entry | undefined =>
  history.filter((entry) => entry.load === load)[1];

/** The bins of a shift as shares, at most `most` of them: those that hold or moved most, in their own order. */
export function shiftBins(shift: Shift, name: (bin: Bin) => string, most = 10): ShiftBin[] {
  const shares = shift.bins.map((bin) => ({
    label: name(bin),
    before: bin.before / Math.max(1, shift.beforeRows),
    after: bin.after / Math.max(1, shift.afterRows),
  }));
  const weight = ({ before, after }: ShiftBin) => Math.max(before, after) + 2 * Math.abs(after - before);
  const kept = new Set([...shares].sort((a, b) => weight(b) - weight(a)).slice(0, most));
  return shares.filter((bin) => kept.has(bin));
}

/** Rows of each month, each table against its own largest month. */
export function rowCells(report: Report, locale: Locale, f: Figures): MonthCell[] {
  return report.months.flatMap(({ table, months }) => {
    const largest = Math.max(1, ...months.map(({ rows }) => rows));
    return months.map(({ month, rows }) => ({
      label: tableName(table, locale),
      month,
      value: rows / largest,
      shown: f.integer(rows),
    }));
  });
}

/** Share of empty values by month of the columns where it is not the same in all months, those that vary most first. */
export function emptyCells(report: Report, locale: Locale, f: Figures, most = 12): MonthCell[] {
  const lines = report.months.flatMap(({ table, months }) =>
    Object.keys(months[0]?.filled ?? {}).map((column) => {
      const shares = months.map(({ rows, filled }) => 1 - (filled[column] ?? 0) / Math.max(1, rows));
      return { table, column, months, shares, range: Math.max(...shares) - Math.min(...shares) };
    }),
  );
  return lines
    .filter(({ range }) => range > 0.005)
    .sort((a, b) => b.range - a.range)
    .slice(0, most)
    .flatMap(({ table, column, months, shares }) =>
      months.map(({ month }, i) => ({
        label: `${columnName(table, column, locale)} · ${tableName(table, locale)}`,
        month,
        value: shares[i] ?? 0,
        shown: f.percent(shares[i] ?? 0),
      })),
    );
}

/** Columns of codes or buckets whose spread is worth seeing month by month: those that moved, or else the first. */
export function watchedSeries(report: Report, most = 2): Report['series'] {
  const coded = report.series.filter(({ bins }) =>
    bins.some(({ kind }) => kind === 'code' || kind === 'bucket'),
  );
  const moved = coded.filter((one) =>
    report.shifts.some(
      (shift) =>
        shift.between === 'months' &&
        shift.level !== 'stable' &&
        shift.table === one.table &&
        shift.column === one.column,
    ),
  );
  return (moved.length ? moved : coded.slice(0, 1)).slice(0, most);
}

/** Share of each bin in each month; the colour by its root, so that a small share can be told from none. */
export const spreadCells = (series: Report['series'][number], locale: Locale, f: Figures): MonthCell[] =>
  series.bins.flatMap((bin, i) => {
    if (series.months.every(({ counts }) => !counts[i])) return [];
    return series.months.map(({ month, counts }) => {
      const share =
        (counts[i] ?? 0) /
        Math.max(
          1,
          counts.reduce((sum, n) => sum + n, 0),
        );
      return {
        label: binName({ ...bin, before: 0, after: 0 }, locale),
        month,
        value: Math.sqrt(share),
        shown: f.percent(share),
      };
    });
  });
