import { type Cell, toCsv } from './csv.ts';

export interface Column<Row> {
  key: string;
  title: string;
  /** What is sorted, filtered and downloaded. */
  value: (row: Row) => Cell;
  /** What is sorted instead, where the value is text that stands for a number. */
  sort?: (row: Row) => Cell;
  /** What is shown; default: the value. */
  show?: (row: Row) => string;
  /** The cells of a download, where one column shows several values. */
  cells?: readonly { title: string; value: (row: Row) => Cell }[];
  /** Never broken over lines: dates, codes. */
  whole?: boolean;
  /** Figures stand right. */
  end?: boolean;
}

export interface Order {
  key: string;
  down: boolean;
}

const plain = (text: string): string =>
  text
    .normalize('NFD')
    .replaceAll(/\p{Diacritic}/gu, '')
    .toLowerCase();

/** Rows whose shown text holds every word, accents and case aside. */
export function filterRows<Row>(
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  words: string,
): readonly Row[] {
  const wanted = plain(words).split(/\s+/).filter(Boolean);
  if (!wanted.length) return rows;
  return rows.filter((row) => {
    const text = plain(columns.map((column) => shown(column, row)).join(' '));
    return wanted.every((word) => text.includes(word));
  });
}

/** Stable; nothing goes last in both directions. */
export function sortRows<Row>(
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  order: Order | null,
): readonly Row[] {
  const column = columns.find(({ key }) => key === order?.key);
  if (!column || !order) return rows;
  return rows
    .map((row, i) => ({ row, i, value: (column.sort ?? column.value)(row) }))
    .sort((a, b) => compare(a.value, b.value, order.down) || a.i - b.i)
    .map(({ row }) => row);
}

function compare(a: Cell, b: Cell, down: boolean): number {
  const none = Number(a === null || a === undefined) - Number(b === null || b === undefined);
  if (none || a === null || a === undefined || b === null || b === undefined) return none;
  const up = typeof a === 'number' && typeof b === 'number' ? a - b : String(a).localeCompare(String(b));
  return down ? -up : up;
}

export function shown<Row>(column: Column<Row>, row: Row): string {
  if (column.show) return column.show(row);
  const value = column.value(row);
  return value === null || value === undefined ? '–' : String(value);
}

/** The rows as a file: every value as it is, not as it is shown. */
export function tableCsv<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): string {
  const cells = columns.flatMap((column) => column.cells ?? [column]);
  return toCsv(
    cells.map(({ title }) => title),
    rows.map((row) => cells.map(({ value }) => value(row))),
  );
}

/** A column that shows an interval, and downloads as its two ends. */
export function intervalColumn<Row>(
  title: string,
  ends: (row: Row) => { lower: number | null; upper: number | null } | undefined,
  show: (lower: number | null, upper: number | null) => string,
): Column<Row> {
  return {
    key: 'interval',
    title,
    value: (row) => ends(row)?.lower,
    show: (row) => show(ends(row)?.lower ?? null, ends(row)?.upper ?? null),
    cells: [
      { title: `${title} · 2.5 %`, value: (row) => ends(row)?.lower },
      { title: `${title} · 97.5 %`, value: (row) => ends(row)?.upper },
    ],
    end: true,
  };
}
