import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { v7 as uuidv7 } from 'uuid';
import { DomainError } from '#core/errors/domain-error.ts';
import { sql } from '#core/sql/sql.ts';
import type { Context } from '../../context.ts';

/** Where files sent by people wait to be loaded. */
export const uploadsFolder = (context: Context): string => join(context.config.workspace, 'uploads');

const keptDays = 7;
const dayMs = 86_400_000;

/** Removes what was sent a week ago and no load still to come names, and what was cut off while it was sent. */
async function sweepUploads(context: Context, folder: string): Promise<void> {
  const waiting = await context.engine.rows<{ input: string }>(
    sql`SELECT CAST(input AS VARCHAR) AS input FROM jobs WHERE kind = 'load' AND state NOT IN ('done', 'failed', 'cancelled') ORDER BY job_id`,
  );
  const now = context.now().getTime();
  for (const name of await readdir(folder)) {
    const facts = await stat(join(folder, name)).catch(() => null);
    const days = (now - (facts?.mtimeMs ?? now)) / dayMs;
    const cutOff = name.endsWith('.part') && days > 1;
    const left = days > keptDays && !waiting.some(({ input }) => namesUpload(input, name));
    if (facts?.isFile() && (cutOff || left)) await rm(join(folder, name), { force: true });
  }
}

/** A load that takes a pattern may mean any upload. */
function namesUpload(input: string, name: string): boolean {
  const { file } = JSON.parse(input) as { file?: string | string[] };
  return [file ?? []].flat().some((one) => one === name || /[*?[]/.test(one));
}

/**
 * Writes a body to disk as it comes, under a temporary name until it is whole.
 *
 * @throws load_file_empty, too_large, invalid_input for a name that begins with a dot, disk_full
 */
export async function receiveUpload(
  context: Context,
  name: string,
  body: AsyncIterable<Uint8Array>,
  limit = context.config.maxUploadBytes,
) {
  if (name.startsWith('.')) throw new DomainError('invalid_input', { problems: `name "${name}"` });
  const folder = uploadsFolder(context);
  await mkdir(folder, { recursive: true });
  await sweepUploads(context, folder);
  const part = join(folder, `.${uuidv7()}.part`);
  const hash = createHash('sha256');
  const file = createWriteStream(part, { mode: 0o600 });
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
    await pipeline(measured, file);
    if (bytes === 0) throw new DomainError('load_file_empty', { file: name });
    await rename(part, join(folder, name));
  } catch (error) {
    // A body refused at once would else be removed before its file is there.
    if (!file.closed) await new Promise<void>((resolve) => file.once('close', () => resolve()));
    await rm(part, { force: true });
    const full = error instanceof Error && 'code' in error && error.code === 'ENOSPC';
    throw full ? new DomainError('disk_full', { path: folder }, { cause: error }) : error;
  }
  return { name, bytes, sha256: hash.digest('hex') };
}
