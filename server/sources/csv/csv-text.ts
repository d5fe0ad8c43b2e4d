import { isAscii, isUtf8 } from 'node:buffer';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Duplex, PassThrough } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import iconv from 'iconv-lite';
import { DomainError } from '#core/errors/domain-error.ts';
import type { SourceOptions } from '#core/portfolio/recipe.ts';
import { refuseOther } from '../sniff.ts';
import { checkUnzipped } from '../unzipped.ts';
import { LineEnds, oneLineEnd } from './csv-line-ends.ts';

export type Encoding = NonNullable<SourceOptions['encoding']>;

/** What a text file turned out to be. */
export interface TextFacts {
  gzip: boolean;
  encoding: Encoding;
  /** Whether the encoding was guessed because the bytes are not UTF-8. */
  assumed: boolean;
  /** Whether lines end now with CR LF and now with LF alone, which the engine's reader does not take. */
  mixedLines: boolean;
  /** Whether digits stand on both sides of a `_` somewhere: the engine would read them as one number. */
  joinedDigits: boolean;
  /** Whether a space may stand at the edge of a value somewhere. */
  edgeSpaces: boolean;
  sample: string;
}

const sampleBytes = 1 << 18;
const underscore = 95;
const space = 32;
/** Bytes that can stand beside a value: ends of line, delimiters, quotes; undefined is the end of the piece. */
const edges = new Set([undefined, ...Buffer.from('\n\r,;\t|"')]);
/** Of more spaces than this, nobody looks at each. */
const lookedAt = 2_000_000;
const isDigit = (byte: number | undefined): boolean => byte !== undefined && byte >= 48 && byte <= 57;

/** Bytes at the end of a piece that begin a character which the next piece ends. */
function openTail(piece: Buffer): number {
  for (let back = 1; back <= Math.min(3, piece.length); back++) {
    const byte = piece[piece.length - back] ?? 0;
    if (byte >= 0xc0) return back < (byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2) ? back : 0;
    if (byte < 0x80) return 0;
  }
  return 0;
}

/** Accented letters as UTF-8 writes them: hardly ever two characters of Windows-1252 in a row. */
const accented = /[\xc2\xc3][\x80-\xbf]/;

/**
 * Follows the bytes of a text file: unzips, checks that they are whole and in the encoding stated.
 * Bytes that are not UTF-8, where no encoding was stated, are taken as Windows-1252, unless other letters of the
 * same file are UTF-8.
 */
export class TextCheck {
  readonly #file: string;
  readonly #stated: Encoding | undefined;
  #gunzip: ReturnType<typeof createGunzip> | null = null;
  #drained: Promise<void> | null = null;
  #first = true;
  #validUtf8 = true;
  #position = 0;
  #tail = Buffer.alloc(0);
  #joinedDigits = false;
  #edgeSpaces = false;
  #spaces = 0;
  #zippedBytes = 0;
  #unzippedBytes = 0;
  #accented = false;
  readonly #lineEnds = new LineEnds();
  #lastByte: number | undefined;
  #sample = Buffer.alloc(0);

  constructor(file: string, stated: Encoding | undefined) {
    this.#file = file;
    this.#stated = stated;
  }

  async take(piece: Buffer): Promise<void> {
    if (this.#first) {
      this.#first = false;
      refuseOther(piece, this.#file, ['gzip']);
      if (piece[0] === 0x1f && piece[1] === 0x8b) this.#unzip();
    }
    this.#zippedBytes += piece.length;
    if (!this.#gunzip) this.#text(piece);
    else if (!this.#gunzip.write(piece))
      await Promise.race([new Promise((resolve) => this.#gunzip?.once('drain', resolve)), this.#drained]);
  }

  async end(): Promise<TextFacts> {
    this.#gunzip?.end();
    await this.#drained;
    if (this.#tail.length > 0) this.#refuseUtf8();
    const encoding = this.#encoding();
    if (this.#accented && !this.#stated && encoding === 'windows-1252')
      throw new DomainError('load_encoding_mixed', { file: this.#file });
    return {
      gzip: this.#gunzip !== null,
      encoding,
      assumed: !this.#stated && encoding === 'windows-1252',
      mixedLines: this.#lineEnds.mixed,
      joinedDigits: this.#joinedDigits,
      edgeSpaces: this.#edgeSpaces,
      sample: iconv.decode(this.#sample, encoding),
    };
  }

  #unzip(): void {
    const gunzip = createGunzip();
    this.#gunzip = gunzip;
    this.#drained = (async () => {
      try {
        for await (const piece of gunzip) {
          this.#unzippedBytes += (piece as Buffer).length;
          checkUnzipped(this.#file, this.#unzippedBytes, this.#zippedBytes);
          this.#text(piece as Buffer);
        }
      } catch (error) {
        if (error instanceof DomainError) throw error;
        const reason = error instanceof Error ? error.message : String(error);
        throw new DomainError('load_truncated', { file: this.#file, reason }, { cause: error });
      }
    })();
    this.#drained.catch(() => {});
  }

  #text(piece: Buffer): void {
    if (this.#sample.length < sampleBytes) this.#sample = Buffer.concat([this.#sample, piece]);
    this.#findJoined(piece);
    this.#findSpaces(piece);
    this.#checkUtf8(piece);
    this.#lineEnds.take(piece);
    this.#position += piece.length;
  }

  #findJoined(piece: Buffer): void {
    if (this.#joinedDigits || piece.length === 0) return;
    for (let at = piece.indexOf(underscore); at >= 0; at = piece.indexOf(underscore, at + 1)) {
      const next = at + 1 < piece.length ? isDigit(piece[at + 1]) : true;
      if (!next || !isDigit(at > 0 ? piece[at - 1] : this.#lastByte)) continue;
      this.#joinedDigits = true;
      return;
    }
    this.#lastByte = piece[piece.length - 1];
  }

  #findSpaces(piece: Buffer): void {
    if (this.#edgeSpaces) return;
    for (let at = piece.indexOf(space); at >= 0; at = piece.indexOf(space, at + 1)) {
      this.#edgeSpaces = ++this.#spaces > lookedAt || edges.has(piece[at - 1]) || edges.has(piece[at + 1]);
      if (this.#edgeSpaces) return;
    }
  }

  #checkUtf8(piece: Buffer): void {
    this.#accented ||= !isAscii(piece) && accented.test(piece.toString('latin1'));
    if (!this.#validUtf8) return;
    const whole = this.#tail.length ? Buffer.concat([this.#tail, piece]) : piece;
    const open = openTail(whole);
    const valid = isUtf8(open ? whole.subarray(0, whole.length - open) : whole);
    this.#tail = Buffer.from(whole.subarray(whole.length - open));
    if (!valid) this.#refuseUtf8();
  }

  #refuseUtf8(): void {
    this.#validUtf8 = false;
    this.#tail = Buffer.alloc(0);
    if (this.#stated === 'utf-8')
      throw new DomainError('load_encoding', {
        file: this.#file,
        encoding: 'UTF-8',
        position: this.#position,
      });
  }

  #encoding(): Encoding {
    if (this.#stated) return this.#stated;
    if (this.#sample[0] === 0xff && this.#sample[1] === 0xfe) return 'utf-16le';
    if (this.#sample[0] === 0xfe && this.#sample[1] === 0xff) return 'utf-16be';
    return this.#validUtf8 ? 'utf-8' : 'windows-1252';
  }
}

/** The file as plain UTF-8: itself, or a copy in the scratch folder when it is zipped or in another encoding. */
export async function plainText(
  path: string,
  facts: { gzip: boolean; encoding: Encoding; mixedLines?: boolean },
  scratch: string,
  copyName: string,
): Promise<string> {
  if (!facts.gzip && facts.encoding === 'utf-8' && !facts.mixedLines) return path;
  await mkdir(scratch, { recursive: true });
  const copy = join(scratch, copyName);
  const recode = facts.encoding !== 'utf-8';
  await pipeline(
    createReadStream(path),
    facts.gzip ? createGunzip() : new PassThrough(),
    recode ? iconv.decodeStream(facts.encoding) : new PassThrough(),
    recode ? iconv.encodeStream('utf-8') : new PassThrough(),
    facts.mixedLines ? Duplex.from(oneLineEnd) : new PassThrough(),
    createWriteStream(copy),
  );
  return copy;
}
