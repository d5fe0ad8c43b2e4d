import { createHash, type Hash } from 'node:crypto';
import { closeSync, fdatasyncSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';

export interface CutTask {
  /** Descriptor the bytes come from. */
  source: number;
  folder: string;
  /** `messages.csv`; where parts are cut they are `messages-0001.csv` and so on. */
  name: string;
  /** Where a part may end; without a limit nothing is looked at and all is one part. */
  rows?: number | undefined;
  bytes?: number | undefined;
  /** CSV: the first row is a header that every part begins with, and line ends within quotes end no row. */
  csv: boolean;
}

export interface CutPart {
  path: string;
  bytes: number;
  sha256: string;
  /** Rows but for the header; null where nothing was cut. */
  rows: number | null;
}

const lineEnd = 0x0a;
const quote = 0x22;

const writeAll = (file: number, bytes: Uint8Array): void => {
  for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at);
};

/** Takes bytes as they come and writes them to files, hashed on the way; `end` gives what was written. */
export class Cutter {
  readonly #task: Omit<CutTask, 'source'>;
  readonly #cuts: boolean;
  readonly #done: CutPart[] = [];
  #open: { file: number; path: string; hash: Hash; bytes: number; rows: number } | null = null;
  #header: Uint8Array | null = null;
  /** Bytes of a row whose end has not come yet. */
  #begun: Uint8Array[] = [];
  #begunBytes = 0;
  #quoted = false;

  constructor(task: Omit<CutTask, 'source'>) {
    this.#task = task;
    this.#cuts = task.rows !== undefined || task.bytes !== undefined;
  }

  push(piece: Uint8Array): void {
    if (!this.#cuts) {
      this.#write(piece);
      return;
    }
    // Rows that go to the same part are written together: from `from` on nothing of this piece is written yet.
    let from = 0;
    let row = 0;
    let quoted = this.#quoted;
    const { csv } = this.#task;
    for (let at = 0; at < piece.length; at++) {
      const byte = piece[at];
      if (byte === quote && csv) quoted = !quoted;
      else if (byte === lineEnd && !quoted) {
        from = this.#endRow(piece, from, row, at + 1);
        row = at + 1;
      }
    }
    this.#quoted = quoted;
    if (row > from) this.#write(piece.subarray(from, row));
    if (row < piece.length) {
      // A copy: the piece is read into again.
      this.#begun.push(Uint8Array.from(piece.subarray(row)));
      this.#begunBytes += piece.length - row;
    }
  }

  /** Counts the row that ends at `end`; gives from where on the piece is not written yet. */
  #endRow(piece: Uint8Array, from: number, row: number, end: number): number {
    const bytes = this.#begunBytes + end - row;
    if (this.#task.csv && this.#header === null) {
      this.#header = Buffer.concat([...this.#begun, piece.subarray(row, end)]);
      this.#begun = [];
      this.#begunBytes = 0;
      return end;
    }
    const part = this.#open;
    const waiting = row - from;
    const isFull =
      part !== null &&
      part.rows > 0 &&
      (part.rows >= (this.#task.rows ?? Number.POSITIVE_INFINITY) ||
        part.bytes + waiting + bytes > (this.#task.bytes ?? Number.POSITIVE_INFINITY));
    let start = from;
    if (isFull) {
      if (waiting) this.#write(piece.subarray(from, row));
      this.#close();
      start = row;
    }
    if (this.#begunBytes) {
      for (const begun of this.#begun) this.#write(begun);
      this.#begun = [];
      this.#begunBytes = 0;
    }
    this.#current().rows += 1;
    return start;
  }

  #current() {
    if (this.#open) return this.#open;
    const number = String(this.#done.length + 1).padStart(4, '0');
    const path = this.#cuts ? this.#task.name.replace(/(\.[^.]+)$/, `-${number}$1`) : this.#task.name;
    const file = openSync(join(this.#task.folder, path), 'w', 0o600);
    this.#open = { file, path, hash: createHash('sha256'), bytes: 0, rows: 0 };
    if (this.#header) this.#write(this.#header);
    return this.#open;
  }

  #write(bytes: Uint8Array): void {
    const part = this.#current();
    part.hash.update(bytes);
    writeAll(part.file, bytes);
    part.bytes += bytes.length;
  }

  #close(): void {
    const part = this.#current();
    this.#open = null;
    try {
      fdatasyncSync(part.file);
    } finally {
      closeSync(part.file);
    }
    const { path, bytes, hash, rows } = part;
    this.#done.push({ path, bytes, sha256: hash.digest('hex'), rows: this.#cuts ? rows : null });
  }

  /** Ends the last part; where nothing came there is one all the same. */
  end(): CutPart[] {
    for (const begun of this.#begun) this.#write(begun);
    if (this.#open || this.#done.length === 0) this.#close();
    return this.#done;
  }

  /** Lets go of the file, after a failure. */
  abandon(): void {
    if (this.#open) closeSync(this.#open.file);
    this.#open = null;
  }
}
