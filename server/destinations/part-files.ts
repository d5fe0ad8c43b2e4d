import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, rename, stat } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { Manifest } from '#core/contract/delivery/exports.ts';

/** Waits until the disk holds a file or folder. */
export async function syncToDisk(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

export async function sha256Of(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}

/** A written part as the manifest tells of it, under its bare name. */
export async function describePart(path: string, rows: number): Promise<Manifest['parts'][number]> {
  await syncToDisk(path);
  return { path: basename(path), rows, bytes: (await stat(path)).size, sha256: await sha256Of(path) };
}

/** Writes a small file so that a reader sees all of it or nothing. */
export async function writeWhole(path: string, text: string): Promise<void> {
  const unfinished = `${path}.unfinished`;
  const handle = await open(unfinished, 'w', 0o600);
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(unfinished, path);
  await syncToDisk(dirname(path));
}
