import { describe, expect, it } from 'vitest';
import {
  type Bin,
  binName,
  columnName,
  type Entry,
  emptyCells,
  ofTable,
  previousOf,
  type Report,
  rowCells,
  type Shift,
  shiftBins,
  spreadCells,
  tableName,
  watchedSeries,
} from '../../../web/src/features/quality/report/report.ts';
import { figures } from '../../../web/src/i18n/figures.ts';

const bin = (label: string, before: number, after: number): Bin => ({
  kind: 'code',
  label,
  from: null,
  to: null,
  before,
  after,
});
const shift: Shift = {
  table: 'accounts',
  column: 'status',
  between: 'loads',
  before: '1',
  after: '2',
  beforeRows: 100,
  afterRows: 200,
  psi: 0.1,
  expected: 0.01,
  limit: 0.05,
  level: 'moved',
  bins: [bin('a', 50, 60), bin('b', 1, 2), bin('c', 9, 78), bin('d', 40, 60)],
  sql: '',
};
const report: Report = {
  verdict: 'good',
  load: null,
  rows: 0,
  serious: 0,
  remarks: 0,
  checks: [],
  columns: [],
  absent: [
    { table: 'costs', column: null, allows: null },
    { table: 'accounts', column: 'rate', allows: null },
  ],
  shifts: [shift],
  series: [],
  months: [
    {
      table: 'snapshots',
      months: [
        { month: '2026-01-01', rows: 10, filled: { balance: 10, arrears: 5, status: 0 } },
        { month: '2026-03-01', rows: 20, filled: { balance: 20, arrears: 20, status: 0 } },
      ],
    },
  ],
};

describe('a report as people read it', () => {
  it('names tables, columns and bins in words, without quotes', () => {
    expect(tableName('snapshots', 'es')).toBe('Saldos y mora a una fecha');
    expect(columnName('snapshots', 'days_past_due', 'en')).toBe('Days past due');
    expect(binName({ ...bin('30-59', 0, 0), kind: 'bucket' }, 'es')).toBe('30–59 días de mora');
    expect(binName({ ...bin('0', 0, 0), kind: 'bucket' }, 'en')).toBe('up to date');
    expect(binName({ ...bin('', 0, 0), kind: 'range', from: 1000, to: 2500 }, 'en')).toBe('1,000 – 2,500');
    expect(binName({ ...bin('', 0, 0), kind: 'range', from: 2_345_678 }, 'en')).toBe('> 2.35M');
    expect(binName({ ...bin('', 0, 0), kind: 'range', to: 603.4 }, 'es')).toBe('≤ 603,4');
    expect(binName(bin('true', 0, 0), 'es')).toBe('sí');
    expect(binName({ ...bin('', 0, 0), kind: 'missing' }, 'es')).toBe('vacío');
  });

  it('shows shares of each side, those bins that hold or moved most, in their own order', () => {
    expect(shiftBins(shift, ({ label }) => label ?? '', 3)).toEqual([
      { label: 'a', before: 0.5, after: 0.3 },
      { label: 'c', before: 0.09, after: 0.39 },
      { label: 'd', before: 0.4, after: 0.3 },
    ]);
  });

  it('is narrowed to one table', () => {
    expect(ofTable(report, undefined)).toBe(report);
    expect(ofTable(report, 'accounts')).toMatchObject({ absent: [{ column: 'rate' }], months: [] });
    expect(ofTable(report, 'costs').shifts).toEqual([]);
  });

  it('draws rows of a month against the fullest, and empty values only where they change', () => {
    const f = figures('en');
    expect(rowCells(report, 'en', f).map(({ value, shown }) => [value, shown])).toEqual([
      [0.5, '10'],
      [1, '20'],
    ]);
    expect(emptyCells(report, 'en', f).map(({ label, value }) => [label, value])).toEqual([
      ['Arrears · Balances and days past due on a date', 0.5],
      ['Arrears · Balances and days past due on a date', 0],
    ]);
  });

  it('shows how a column that moved is spread each month, and the first coded one when none did', () => {
    const bins = [bin('a', 0, 0), bin('b', 0, 0), bin('c', 0, 0)];
    const series = (column: string) => ({
      table: 'snapshots',
      column,
      bins,
      months: [
        { month: '2026-01-01', counts: [10, 0, 0] },
        { month: '2026-02-01', counts: [9, 0, 1] },
      ],
      sql: '',
    });
    const both = { ...report, series: [series('status'), series('method')] };
    expect(watchedSeries(both).map(({ column }) => column)).toEqual(['status']);
    const moved: Shift = { ...shift, table: 'snapshots', column: 'method', between: 'months' };
    expect(watchedSeries({ ...both, shifts: [moved] }).map(({ column }) => column)).toEqual(['method']);
    const cells = spreadCells(series('status'), 'en', figures('en'));
    expect(cells.map(({ label, shown }) => [label, shown])).toEqual([
      ['a', '100.0%'],
      ['a', '90.0%'],
      ['c', '0.0%'],
      ['c', '10.0%'],
    ]);
  });

  it('is held against the one before it, of the same load', () => {
    const entry = (reportId: string, load: number | null): Entry => ({
      reportId,
      load,
      madeAt: '2026-01-01',
      by: 'owner',
      verdict: 'good',
      serious: 0,
      remarks: 0,
      rows: 1,
    });
    const history = [entry('d', null), entry('c', 2), entry('b', null), entry('a', 2)];
    expect(previousOf(history, null)?.reportId).toBe('b');
    expect(previousOf(history, 2)?.reportId).toBe('a');
    expect(previousOf(history, 3)).toBeUndefined();
  });
});
