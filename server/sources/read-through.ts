import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { DomainError } from '#core/errors/domain-error.ts';

export interface FileFacts {
  bytes: number;
  modifiedMs: number;
  sha256: string;
}

/**
 * Reads a file once from end to end, in pieces, giving each to `take` and hashing all.
 *
 * @throws load_file_missing, load_file_empty
 */
export async function readThrough(
  path: string,
  name: string,
  take: (piece: Buffer) => void | Promise<void>,
): Promise<FileFacts> {
  const before = await factsOf(path, name);
  if (before.bytes === 0) throw new DomainError('load_file_empty', { file: name });
  const hash = createHash('sha256');
  for await (const piece of createReadStream(path, { highWaterMark: 1 << 20 })) {
    hash.update(piece as Buffer);
    await take(piece as Buffer);
  }
  return { ...before, sha256: hash.digest('hex') };
}

/** Size and time of a file. @throws load_file_missing */
export async function factsOf(path: string, name: string): Promise<{ bytes: number; modifiedMs: number }> {
  const found = await stat(path).catch(() => null);
  if (!found?.isFile()) throw new DomainError('load_file_missing', { file: name });
  return { bytes: found.size, modifiedMs: found.mtimeMs };
}
