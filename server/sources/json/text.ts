import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { PassThrough } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { TextDecoder } from 'node:util';
import { createGunzip } from 'node:zlib';
import { DomainError } from '#core/errors/domain-error.ts';
import type { SourceOptions } from '#core/portfolio/recipe.ts';
import { type FileFacts, factsOf } from '../read-through.ts';
import { refuseOther } from '../sniff.ts';
import { checkUnzipped } from '../unzipped.ts';

export interface TextRequest {
  path: string;
  name: string;
  encoding: SourceOptions['encoding'];
  /** Told the share of the file that was read; may throw to stop. */
  onShare(done: number): void;
}

/**
 * Reads a text file through once, in pieces, unzipped and decoded, hashing its bytes. Without a stated encoding it
 * is UTF-8, or UTF-16 when it begins with that mark.
 *
 * @throws load_file_missing, load_file_empty, load_other_format, load_truncated, load_bomb, load_encoding
 */
export async function readText(request: TextRequest, take: (text: string) => void): Promise<FileFacts> {
  const { path, name, onShare } = request;
  const facts = await factsOf(path, name);
  if (facts.bytes === 0) throw new DomainError('load_file_empty', { file: name });
  const head = await firstBytes(path);
  refuseOther(head, name, ['gzip']);
  const hash = createHash('sha256');
  let read = 0;
  async function* pieces() {
    for await (const piece of createReadStream(path, { highWaterMark: 1 << 20 })) {
      hash.update(piece as Buffer);
      read += (piece as Buffer).length;
      onShare(read / facts.bytes);
      yield piece as Buffer;
    }
  }
  const gzip = head[0] === 0x1f && head[1] === 0x8b;
  const text = new Decoding(name, request.encoding);
  let unzipped = 0;
  try {
    await pipeline(pieces, gzip ? createGunzip({ chunkSize: 1 << 18 }) : new PassThrough(), async (bytes) => {
      for await (const piece of bytes as AsyncIterable<Buffer>) {
        unzipped += piece.length;
        if (gzip) checkUnzipped(name, unzipped, facts.bytes);
        take(text.decode(piece));
      }
      take(text.end());
    });
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && /^Z_/.test(String(error.code)))) throw error;
    throw new DomainError('load_truncated', { file: name, reason: error.message }, { cause: error });
  }
  return { ...facts, sha256: hash.digest('hex') };
}

async function firstBytes(path: string): Promise<Buffer> {
  for await (const piece of createReadStream(path, { end: 511 })) return piece as Buffer;
  return Buffer.alloc(0);
}

class Decoding {
  readonly #file: string;
  readonly #stated: SourceOptions['encoding'];
  #decoder: TextDecoder | null = null;
  #position = 0;

  constructor(file: string, stated: SourceOptions['encoding']) {
    this.#file = file;
    this.#stated = stated;
  }

  decode(piece: Uint8Array): string {
    this.#decoder ??= new TextDecoder(this.#stated ?? marked(piece), { fatal: true });
    return this.#try(piece, true);
  }

  end(): string {
    return this.#decoder ? this.#try(new Uint8Array(), false) : '';
  }

  #try(piece: Uint8Array, stream: boolean): string {
    try {
      const text = this.#decoder?.decode(piece, { stream }) ?? '';
      this.#position += piece.length;
      return text;
    } catch {
      throw new DomainError('load_encoding', {
        file: this.#file,
        encoding: (this.#decoder?.encoding ?? '').toUpperCase(),
        position: this.#position + firstWrong(piece, this.#decoder?.encoding ?? 'utf-8'),
      });
    }
  }
}

function marked(head: Uint8Array): string {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be';
  return 'utf-8';
}

/** Where a piece stops being text: the longest beginning that decodes, found by halves. */
function firstWrong(piece: Uint8Array, encoding: string): number {
  let good = 0;
  let bad = piece.length;
  while (bad - good > 1) {
    const middle = (good + bad) >> 1;
    try {
      new TextDecoder(encoding, { fatal: true }).decode(piece.subarray(0, middle), { stream: true });
      good = middle;
    } catch {
      bad = middle;
    }
  }
  return good;
}
