import type { Readable } from 'node:stream';
import { TextDecoder } from 'node:util';
import { SaxesParser, type SaxesTagPlain } from 'saxes';
import { type Entry, openPromise, type ZipFile } from 'yauzl';
import { DomainError } from '#core/errors/domain-error.ts';
import { checkUnzipped } from '../unzipped.ts';

export type Tag = SaxesTagPlain;
/** What is done with a part as it is read; names come without their prefix. Each may give false to read no further. */
export interface PartReader {
  open?(name: string, attributes: Readonly<Record<string, string>>): unknown;
  text?(text: string): void;
  close?(name: string): unknown;
}

const localName = (name: string): string => name.slice(name.indexOf(':') + 1);

/** The zip an Excel workbook is: its parts are XML, read piece by piece, and never trusted in their size. */
export class Container {
  readonly #zip: ZipFile;
  readonly #entries: Map<string, Entry>;
  readonly #file: string;
  readonly #zippedBytes: number;
  #unzipped = 0;

  private constructor(zip: ZipFile, entries: Map<string, Entry>, file: string, zippedBytes: number) {
    this.#zip = zip;
    this.#entries = entries;
    this.#file = file;
    this.#zippedBytes = zippedBytes;
  }

  /** @throws load_truncated when it is no whole zip; load_bomb when its parts say they unzip to far too much */
  static async open(path: string, file: string, zippedBytes: number): Promise<Container> {
    try {
      const zip = await openPromise(path, { autoClose: false, lazyEntries: true });
      const entries = new Map<string, Entry>();
      let unzipped = 0;
      for await (const entry of zip.eachEntry()) {
        entries.set(entry.fileName.toLowerCase(), entry);
        unzipped += entry.uncompressedSize;
      }
      checkUnzipped(file, unzipped, zippedBytes);
      return new Container(zip, entries, file, zippedBytes);
    } catch (error) {
      throw asDamage(error, file);
    }
  }

  close(): void {
    this.#zip.close();
  }

  has(part: string): boolean {
    return this.#entries.has(part.toLowerCase());
  }

  /**
   * Reads a part as XML to its end, or until the reader says so.
   *
   * @param onShare told the share of the part that was read; may throw to stop
   * @throws load_truncated, load_bomb
   */
  async read(part: string, reader: PartReader, onShare: (done: number) => void = () => {}): Promise<void> {
    const entry = this.#entries.get(part.toLowerCase());
    if (!entry) throw new DomainError('load_truncated', { file: this.#file, reason: part });
    let stream: Readable | null = null;
    try {
      stream = await this.#zip.openReadStreamPromise(entry);
      await this.#parse(stream, entry, reader, onShare);
    } catch (error) {
      throw asDamage(error, this.#file, part);
    } finally {
      stream?.destroy();
    }
  }

  async #parse(
    stream: Readable,
    entry: Entry,
    reader: PartReader,
    onShare: (done: number) => void,
  ): Promise<void> {
    let enough = false;
    const parser = new SaxesParser();
    parser.on('error', (error) => {
      if (!enough) throw error;
    });
    parser.on('opentag', ({ name, attributes }) => {
      if (!enough && reader.open?.(localName(name), attributes as Record<string, string>) === false)
        enough = true;
    });
    parser.on('text', (text) => {
      if (!enough) reader.text?.(text);
    });
    parser.on('closetag', ({ name }) => {
      if (!enough && reader.close?.(localName(name)) === false) enough = true;
    });
    const decoder = new TextDecoder('utf-8', { fatal: true });
    let read = 0;
    for await (const piece of stream) {
      read += (piece as Buffer).length;
      this.#unzipped += (piece as Buffer).length;
      checkUnzipped(this.#file, this.#unzipped, this.#zippedBytes);
      parser.write(decoder.decode(piece as Buffer, { stream: true }));
      if (enough) return;
      onShare(Math.min(1, read / Math.max(1, entry.uncompressedSize)));
    }
    parser.write(decoder.decode()).close();
  }
}

function asDamage(error: unknown, file: string, part?: string): unknown {
  if (error instanceof DomainError || !(error instanceof Error)) return error;
  const reason = part ? `${part}: ${error.message}` : error.message;
  return new DomainError('load_truncated', { file, reason: reason.split('\n')[0] }, { cause: error });
}
