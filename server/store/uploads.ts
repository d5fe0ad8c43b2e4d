import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { v7 as uuidv7 } from 'uuid';
import { DomainError } from '#core/errors/domain-error.ts';
import type { Context } from '../context.ts';

/** Where files sent by people wait to be loaded. */
export const uploadsFolder = (context: Context): string => join(context.config.workspace, 'uploads');

/**
 * Writes a body to disk as it comes, under a temporary name until it is whole.
 *
 * @throws load_file_empty, too_large, invalid_input for a name that begins with a dot, disk_full
 */
export async function receiveUpload(context: Context, name: string, body: AsyncIterable<Uint8Array>) {
  if (name.startsWith('.')) throw new DomainError('invalid_input', { problems: `name "${name}"` });
  const folder = uploadsFolder(context);
  await mkdir(folder, { recursive: true });
  const part = join(folder, `.${uuidv7()}.part`);
  const limit = context.config.maxUploadBytes;
  const hash = createHash('sha256');
  let bytes = 0;
  try {
    const measured = async function* () {
      for await (const piece of body) {
        bytes += piece.length;
        if (bytes > limit) throw new DomainError('too_large', { limit });
        hash.update(piece);
        yield piece;
      }
    };
    await pipeline(measured, createWriteStream(part, { mode: 0o600 }));
    if (bytes === 0) throw new DomainError('load_file_empty', { file: name });
    await rename(part, join(folder, name));
  } catch (error) {
    await rm(part, { force: true });
    const full = error instanceof Error && 'code' in error && error.code === 'ENOSPC';
    throw full ? new DomainError('disk_full', { path: folder }, { cause: error }) : error;
  }
  return { name, bytes, sha256: hash.digest('hex') };
}
