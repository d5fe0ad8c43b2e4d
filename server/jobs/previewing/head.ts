import { createReadStream } from 'node:fs';
import { mkdir, open, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { createGunzip } from 'node:zlib';
import type { FoundFile } from '../loading/request.ts';

/** Files smaller than this are read whole. */
const smallBytes = 200_000;
/** Kinds of file whose beginning, cut at the end of a line, is such a file itself. */
const cuttable = /\.(csv|tsv|txt|ndjson|jsonl)(\.gz)?$/i;
const mostBytes = 12_000_000;
/** More than the rows wanted, since some lines are blank or belong to a quoted value. */
const usualLines = 24_000;
const newline = 10;

export const isCuttable = (name: string): boolean => cuttable.test(name);

export interface Head {
  path: string;
  name: string;
  /** Whether the file goes on after it. */
  cut: boolean;
}

/**
 * The beginning of a text file as a file of its own, unzipped, in the folder given; the file itself when it is small
 * or of a kind that cannot be cut.
 */
export async function headOf(file: FoundFile, folder: string, mostLines = usualLines): Promise<Head> {
  const { path, name } = file;
  const zipped = /\.gz$/i.test(name);
  const facts = await stat(path).catch(() => null);
  if (!isCuttable(name) || !facts?.isFile() || facts.size < smallBytes) return { path, name, cut: false };
  await mkdir(folder, { recursive: true });
  const short = name.replace(/\.gz$/i, '');
  const target = join(folder, short);
  const input = createReadStream(path);
  const text = input.pipe(zipped ? createGunzip() : new PassThrough());
  input.on('error', (error) => text.destroy(error));
  const output = await open(target, 'w', 0o600);
  try {
    let bytes = 0;
    let lines = 0;
    let kept = 0;
    for await (const piece of text as AsyncIterable<Buffer>) {
      await output.write(piece);
      for (
        let at = piece.indexOf(newline);
        at >= 0 && lines < mostLines;
        at = piece.indexOf(newline, at + 1)
      ) {
        lines++;
        kept = bytes + at + 1;
      }
      bytes += piece.length;
      if (lines < mostLines && bytes < mostBytes) continue;
      await output.truncate(kept || bytes);
      return { path: target, name: short, cut: true };
    }
    return { path: target, name: short, cut: false };
  } finally {
    input.destroy();
    await output.close();
  }
}
