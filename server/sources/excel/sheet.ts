import type { Container } from './container.ts';
import { dateOf } from './dates.ts';
import { unescaped, type Workbook } from './workbook.ts';

/** One filled cell: what it holds as text, and what kind of thing that is. */
export interface Cell {
  /** From 0. */
  column: number;
  kind: 'text' | 'number' | 'date' | 'boolean' | 'error' | 'formula without result';
  value: string;
}

export interface SheetRow {
  /** Number of the row in the sheet, from 1. */
  line: number;
  cells: Cell[];
}

/** The letters Excel gives a column: 0 is A. */
export function columnLetters(column: number): string {
  const rest = column % 26;
  const letter = String.fromCharCode(65 + rest);
  return column < 26 ? letter : columnLetters((column - rest) / 26 - 1) + letter;
}

function columnOf(reference: string | undefined): number | null {
  const letters = /^\$?([A-Z]{1,3})/.exec(reference ?? '')?.[1];
  if (!letters) return null;
  return [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
}

/** Reads the rows of a sheet that hold anything, in their order, until `take` gives false. */
export async function readSheet(
  container: Container,
  part: string,
  book: Workbook,
  take: (row: SheetRow) => unknown,
  onShare?: (done: number) => void,
): Promise<void> {
  let row: SheetRow = { line: 0, cells: [] };
  let cell = { column: -1, type: 'n', style: 0 };
  let held: { value: string | null; formula: string | null } = { value: null, formula: null };
  let into: 'value' | 'formula' | null = null;
  let aside = 0;
  await container.read(
    part,
    {
      open(name, attributes) {
        if (name === 'row') row = { line: Number(attributes.r) || row.line + 1, cells: [] };
        else if (name === 'c') {
          const column = columnOf(attributes.r) ?? cell.column + 1;
          cell = { column, type: attributes.t ?? 'n', style: Number(attributes.s ?? 0) };
          held = { value: null, formula: null };
        } else if (name === 'v' || (name === 't' && aside === 0)) {
          held.value ??= '';
          into = 'value';
        } else if (name === 'f') {
          held.formula = '';
          into = 'formula';
        } else if (name === 'rPh') aside++;
      },
      text(text) {
        if (into) held[into] += text;
      },
      close(name) {
        into = null;
        if (name === 'rPh') aside--;
        else if (name === 'c') {
          const found = readCell(cell, held, book);
          if (found) row.cells.push(found);
        } else if (name === 'row') {
          cell.column = -1;
          if (row.cells.length) return take(row);
        } else if (name === 'sheetData') return false;
        return undefined;
      },
    },
    onShare,
  );
}

function readCell(
  { column, type, style }: { column: number; type: string; style: number },
  { value, formula }: { value: string | null; formula: string | null },
  book: Workbook,
): Cell | null {
  if (formula !== null && (value === null || (value === '' && type !== 'str')))
    return { column, kind: 'formula without result', value: formula };
  if (value === null) return null;
  if (type === 's') return text(column, book.texts[Number(value)] ?? '');
  if (type === 'str' || type === 'inlineStr') return text(column, unescaped(value));
  if (value === '') return null;
  if (type === 'e') return { column, kind: 'error', value };
  if (type === 'b') return { column, kind: 'boolean', value: value === '1' ? 'true' : 'false' };
  if (type === 'd') return { column, kind: 'date', value: value.replace(/T00:00:00(\.0+)?Z?$/, '') };
  const number = Number(value);
  const shape = book.shapes[style] ?? 'number';
  const date = shape === 'number' ? null : dateOf(number, shape, book.from1904);
  if (date !== null) return { column, kind: 'date', value: date };
  return { column, kind: 'number', value: Number.isFinite(number) ? String(number) : value };
}

const text = (column: number, value: string): Cell | null =>
  value.trim() === '' ? null : { column, kind: 'text', value };
