import { DomainError } from '#core/errors/domain-error.ts';
import { answerCalls } from '../../threads/worker-side.ts';
import { columnNames } from '../column-names.ts';
import type { Converted, ConvertTask } from '../converted/convert.ts';
import { csvRow, RowFile } from '../converted/row-file.ts';
import { type FileFacts, readThrough } from '../read-through.ts';
import { formatOf, refuseOther } from '../sniff.ts';
import { Container } from './container.ts';
import { findHeader, type SheetHeader } from './header.ts';
import { type Cell, columnLetters, readSheet, type SheetRow } from './sheet.ts';
import { readWorkbook, type Workbook } from './workbook.ts';

const peekedRows = 50;

interface Chosen {
  name: string;
  part: string;
  header: SheetHeader;
}

/** Name of the stream in which Excel puts a workbook with a password, as an old container writes it. */
const locked = Buffer.from('EncryptedPackage', 'utf16le');

async function check(path: string, name: string): Promise<FileFacts> {
  let head: Buffer = Buffer.alloc(0);
  let isLocked = false;
  let tail: Buffer = Buffer.alloc(0);
  const facts = await readThrough(path, name, (piece) => {
    if (head.length < 512) head = Buffer.concat([head, piece.subarray(0, 512)]);
    isLocked ||= Buffer.concat([tail, piece]).includes(locked);
    tail = piece.subarray(-locked.length);
  });
  refuseOther(head, name, ['xlsx', 'xls']);
  if (formatOf(head) === 'xls')
    throw new DomainError(isLocked ? 'load_excel_locked' : 'load_excel_old', { file: name });
  if (formatOf(head) === null)
    throw new DomainError('load_other_format', {
      file: name,
      found_es: 'texto u otra cosa',
      found_en: 'text or something else',
    });
  return facts;
}

/** The sheet of that name, or else the first with a table in it: a header of two columns or more and a row. */
async function chooseSheet(
  container: Container,
  book: Workbook,
  { name, options }: ConvertTask,
): Promise<Chosen> {
  const wanted = options.sheet?.trim().toLowerCase();
  let narrow: Chosen | null = null;
  for (const sheet of book.sheets) {
    if (wanted !== undefined && sheet.name.trim().toLowerCase() !== wanted) continue;
    const rows: SheetRow[] = [];
    await readSheet(container, sheet.part, book, (row) => rows.push(row) < peekedRows);
    const header = findHeader(rows);
    if (!header) continue;
    const chosen = { ...sheet, header };
    if (wanted !== undefined || (header.columns.length > 1 && rows.length > 1)) return chosen;
    narrow ??= chosen;
  }
  if (narrow) return narrow;
  if (wanted === undefined) throw new DomainError('load_file_empty', { file: name });
  const known = book.sheets.map((sheet) => sheet.name).join(', ');
  throw new DomainError('load_excel_sheet', { file: name, sheet: options.sheet ?? '', known });
}

class SheetRows {
  readonly #task: ConvertTask;
  readonly #sheet: Chosen;
  readonly #rows: RowFile;

  constructor(task: ConvertTask, sheet: Chosen, rows: RowFile) {
    this.#task = task;
    this.#sheet = sheet;
    this.#rows = rows;
  }

  take = ({ line, cells }: SheetRow): void => {
    const { header } = this.#sheet;
    if (line <= header.line) return;
    const values = new Array<string | null>(header.columns.length).fill(null);
    for (const cell of cells) {
      const wrong = this.#judge(cell, line);
      if (wrong) {
        this.#rows.break(line, ...wrong);
        return;
      }
      values[cell.column - header.first] = this.#written(cell);
    }
    this.#rows.write(csvRow(values), line);
  };

  #judge({ column, kind, value }: Cell, line: number): [value: string, reason: string] | null {
    const { header, name } = this.#sheet;
    const place = `${columnLetters(column)}${line}`;
    const own = header.columns[column - header.first];
    if (own === undefined) return [`${place}: ${value}`, 'reject_too_many_columns'];
    if (kind === 'error') return [`${place} (${own}): ${value}`, 'reject_error_cell'];
    if (kind === 'formula without result')
      throw new DomainError('load_excel_formula', {
        file: this.#task.name,
        sheet: name,
        cell: place,
        formula: value,
      });
    return null;
  }

  /** Numbers take the decimal mark of the recipe, so that they and numbers kept as text are read alike. */
  #written({ kind, value }: Cell): string {
    return kind === 'number' && this.#task.options.decimal === ',' ? value.replace('.', ',') : value;
  }
}

answerCalls<ConvertTask, Converted>(async ({ task, onProgress, checkCancelled }) => {
  const facts = await check(task.path, task.name);
  const container = await Container.open(task.path, task.name, facts.bytes);
  try {
    const book = await readWorkbook(container, task.name);
    const sheet = await chooseSheet(container, book, task);
    const columns = columnNames(task.name, sheet.header.columns);
    const file = new RowFile(task.folder);
    try {
      const rows = new SheetRows(task, sheet, file);
      await readSheet(container, sheet.part, book, rows.take, (done) => {
        checkCancelled();
        onProgress({ done, note: '' });
      });
    } finally {
      file.close();
    }
    return { facts, columns, types: columns.map(() => 'VARCHAR'), found: { sheet: sheet.name } };
  } finally {
    container.close();
  }
});
