import { closeSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';

/** Names of the files a source leaves in its scratch folder. */
export const rowsFile = (folder: string): string => join(folder, 'rows');
export const linesFile = (folder: string): string => join(folder, 'lines');
export const brokenFile = (folder: string): string => join(folder, 'broken');

/** A row whose form is broken: its number and line in the file, what it holds, and the code that says why. */
export interface BrokenRow {
  row: number;
  line: number;
  value: string;
  reason: string;
}

const pieceLength = 1 << 18;
const shownLength = 500;

/** Text written to a file in large pieces; for threads, where waiting for the disk holds up nobody. */
export class TextFile {
  readonly #file: number;
  #waiting = '';

  constructor(path: string) {
    this.#file = openSync(path, 'w');
  }

  write(text: string): void {
    this.#waiting += text;
    if (this.#waiting.length > pieceLength) this.#flush();
  }

  close(): void {
    try {
      this.#flush();
    } finally {
      closeSync(this.#file);
    }
  }

  #flush(): void {
    const bytes = Buffer.from(this.#waiting);
    for (let at = 0; at < bytes.length; ) at += writeSync(this.#file, bytes, at);
    this.#waiting = '';
  }
}

/** What a source makes of a file: readable rows as text, the line each stands on, and the broken ones. */
export class RowFile {
  readonly #rows: TextFile;
  readonly #lines: number;
  readonly #broken: TextFile;
  #places = new Float64Array(1 << 14);
  rows = 0;
  brokenRows = 0;

  constructor(folder: string) {
    this.#rows = new TextFile(rowsFile(folder));
    this.#lines = openSync(linesFile(folder), 'w');
    this.#broken = new TextFile(brokenFile(folder));
  }

  /** @param text the row as one line of the file, its end of line included */
  write(text: string, line: number): void {
    this.#rows.write(text);
    const at = (this.rows++ % (this.#places.length / 2)) * 2;
    this.#places[at] = this.rows + this.brokenRows;
    this.#places[at + 1] = line;
    if (at + 2 === this.#places.length) writeSync(this.#lines, new Uint8Array(this.#places.buffer));
  }

  break(line: number, value: string, reason: string): void {
    this.brokenRows++;
    const shown = value.length > shownLength ? `${value.slice(0, shownLength)}…` : value;
    const row: BrokenRow = {
      row: this.rows + this.brokenRows,
      line,
      value: shown.replaceAll(/\p{Surrogate}/gu, '\uFFFD').replaceAll('\0', '␀'),
      reason,
    };
    this.#broken.write(`${JSON.stringify(row)}\n`);
  }

  close(): void {
    const left = (this.rows % (this.#places.length / 2)) * 2;
    writeSync(this.#lines, new Uint8Array(this.#places.buffer, 0, left * 8));
    closeSync(this.#lines);
    this.#rows.close();
    this.#broken.close();
  }
}

/** One line of comma-separated text; null is nothing at all, and empty text is quoted. */
export const csvRow = (values: readonly (string | null)[]): string =>
  `${values.map((value) => (value === null ? '' : `"${value.replaceAll('"', '""')}"`)).join(',')}\n`;
