import { DomainError } from '#core/errors/domain-error.ts';
import { answerCalls } from '../../threads/worker-side.ts';
import { columnNames } from '../column-names.ts';
import type { Converted, ConvertTask } from '../converted/convert.ts';
import { plainName } from '../converted/plain-name.ts';
import { RowFile } from '../converted/row-file.ts';
import { Document } from './document.ts';
import { Lines, longestRow } from './lines.ts';
import { type JsonRecord, readRecord } from './record.ts';
import { readText } from './text.ts';

const mostColumns = 2_000;
const shownLength = 80;

/** Rows of a JSON file as they are found, their columns in the order in which they are first seen. */
class JsonRows {
  readonly #task: ConvertTask;
  readonly #rows: RowFile;
  readonly #columns = new Map<string, number>();
  /** Whether each row stands on a line of its own: then one that cannot be read is rejected alone. */
  lines = true;

  constructor(task: ConvertTask, rows: RowFile) {
    this.#task = task;
    this.#rows = rows;
  }

  get columns(): string[] {
    return columnNames(this.#task.name, [...this.#columns.keys()]);
  }

  take = (text: string | null, line: number, start: string): void => {
    if (text === null || text.length > longestRow) {
      this.#rows.break(line, text ?? start, 'reject_too_long');
      return;
    }
    const record = this.#read(text, line);
    if (record === 'broken') this.#rows.break(line, text, 'reject_not_readable');
    else if (record === null) this.#rows.break(line, text, 'reject_not_an_object');
    else this.#rows.write(this.#asLine(record), line);
  };

  #read(text: string, line: number): JsonRecord | 'broken' | null {
    try {
      return readRecord(text, this.#task.options);
    } catch (error) {
      if (!(error instanceof SyntaxError || error instanceof RangeError)) throw error;
      if (this.lines) return 'broken';
      throw new DomainError('load_json_broken', {
        file: this.#task.name,
        line,
        excerpt: text.length > shownLength ? `${text.slice(0, shownLength)}…` : text,
      });
    }
  }

  #asLine(record: JsonRecord): string {
    let line = '{';
    for (const [key, value] of record) {
      const column = this.#column(key);
      if (value === null) continue;
      line += `${line === '{' ? '' : ','}"${plainName(column)}":${JSON.stringify(value)}`;
    }
    return `${line}}\n`;
  }

  #column(key: string): number {
    const known = this.#columns.get(key);
    if (known !== undefined) return known;
    const column = this.#columns.size;
    if (column === mostColumns)
      throw new DomainError('load_too_many_columns', {
        file: this.#task.name,
        limit: mostColumns,
        column: key.slice(0, shownLength),
      });
    this.#columns.set(key, column);
    return column;
  }
}

/** Whether a text holds one object a line: by its name, or since its first line is an object whole. */
function isLines(text: string, name: string): boolean {
  const begin = text.trimStart();
  if (begin.startsWith('[')) return false;
  if (/\.(ndjson|jsonl)(\.gz)?$/i.test(name)) return true;
  const end = begin.indexOf('\n');
  if (end < 0) return false;
  try {
    return JSON.parse(begin.slice(0, end)) !== null && /\S/.test(begin.slice(end));
  } catch {
    return false;
  }
}

answerCalls<ConvertTask, Converted>(async ({ task, onProgress, checkCancelled }) => {
  const file = new RowFile(task.folder);
  const rows = new JsonRows(task, file);
  let reader: Lines | Document | null = null;
  let head = '';
  const take = (piece: string) => {
    if (reader) {
      reader.push(piece);
      return;
    }
    head += piece;
    if (!/\S/.test(head)) return;
    rows.lines = isLines(head, task.name);
    reader = rows.lines ? new Lines(rows.take) : new Document(task.name, rows.take);
    reader.push(head);
    head = '';
  };
  try {
    const request = {
      path: task.path,
      name: task.name,
      encoding: task.options.encoding,
      onShare: (done: number) => {
        checkCancelled();
        onProgress({ done, note: '' });
      },
    };
    const facts = await readText(request, take);
    const found = reader as Lines | Document | null;
    if (!found) throw new DomainError('load_file_empty', { file: task.name });
    found.end();
    const { columns } = rows;
    if (columns.length === 0) throw new DomainError('load_json_no_rows', { file: task.name });
    return { facts, columns, types: columns.map(() => 'VARCHAR'), found: { lines: rows.lines } };
  } finally {
    file.close();
  }
});
