import type { Cell, SheetRow } from './sheet.ts';

export interface SheetHeader {
  line: number;
  /** The table's first column in the sheet, from 0. */
  first: number;
  columns: string[];
}

/** Share of the widest row's cells that a header has at least; what stands above it, as titles do, has fewer. */
const headerShare = 0.6;

/**
 * Finds the header among the first rows of a sheet: the first row nearly as wide as the widest whose cells are all
 * text, or else the first that wide.
 */
export function findHeader(rows: readonly SheetRow[]): SheetHeader | null {
  const widest = Math.max(0, ...rows.map((row) => row.cells.length));
  const wide = rows.filter((row) => row.cells.length >= Math.max(1, widest * headerShare));
  const row = wide.find(({ cells }) => cells.every(({ kind }) => kind === 'text')) ?? wide[0];
  const first = row?.cells[0]?.column;
  const last = row?.cells.at(-1)?.column;
  if (!row || first === undefined || last === undefined) return null;
  const names = new Map(row.cells.map((cell) => [cell.column, nameOf(cell)]));
  const columns = Array.from(
    { length: last - first + 1 },
    (_, i) => names.get(first + i) ?? `column_${i + 1}`,
  );
  return { line: row.line, first, columns };
}

const nameOf = ({ value }: Cell): string => value.replace(/\s+/g, ' ').trim();
