import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import { posix } from 'node:path';
import { pipeline } from 'node:stream';
import type { Stats } from 'ssh2';
import { DomainError } from '#core/errors/domain-error.ts';
import type { Server } from './server.ts';

const chunkBytes = 32_000;
const underWay = 64;
const noSuchFile = 2;
const permissionDenied = 3;

const codeOf = (error: unknown): number | null =>
  error instanceof Error && 'code' in error && typeof error.code === 'number' ? error.code : null;

/** Runs a request of an extension; false where the server has none. */
async function ifKnown(
  server: Server,
  request: (done: (error?: Error | null) => void) => void,
): Promise<boolean> {
  try {
    await server.ask((done) => {
      try {
        request(done);
      } catch {
        done(Object.assign(new Error('unknown here'), { code: -1 }));
      }
    });
    return true;
  } catch (error) {
    if (codeOf(error) === -1 || codeOf(error) === 8) return false;
    throw error;
  }
}

/** Why a server would not take a file, in one message. */
async function asUnwritable(server: Server, host: string, path: string, error: unknown): Promise<unknown> {
  const code = codeOf(error);
  if (code === null) return error;
  const refuse = (reason: string) => new DomainError('sftp_unwritable', { host, path, reason });
  if (code === noSuchFile) return refuse('no such folder');
  if (code === permissionDenied) return refuse('permission denied');
  return refuse(`${(error as Error).message}${await freeAt(server, posix.dirname(path))}`);
}

/** How much a server that says no more than "failure" has left, where it tells. */
async function freeAt(server: Server, path: string): Promise<string> {
  try {
    const found = await server.ask<{ f_frsize: number; f_bavail: number }>((done) =>
      server.sftp.ext_openssh_statvfs(path, done as never),
    );
    const { f_frsize: unit, f_bavail: blocks } = found;
    return Number.isFinite(unit * blocks) ? `; ${unit * blocks} bytes free there` : '';
  } catch {
    return '';
  }
}

/** Whether a file is there, whole: its bytes are read back where there are as many; where nobody may read, their number says it. */
export async function isThere(
  server: Server,
  path: string,
  expected: { bytes: number; sha256: string },
): Promise<boolean> {
  try {
    const { size } = await server.ask<Stats>((done) => server.sftp.stat(path, done));
    if (size !== expected.bytes) return false;
  } catch (error) {
    if (codeOf(error) === noSuchFile || codeOf(error) === permissionDenied) return false;
    throw error;
  }
  try {
    const hash = createHash('sha256');
    await server.ask((done) => pipeline(server.sftp.createReadStream(path), hash, done));
    return hash.digest('hex') === expected.sha256;
  } catch (error) {
    if (codeOf(error) === permissionDenied) return true;
    throw error;
  }
}

export const removeThere = (server: Server, path: string): Promise<void> =>
  server.ask<void>((done) => server.sftp.unlink(path, done)).catch(() => {});

/**
 * Puts a local file there: written under another name, waited for until the disk holds it where the server can say so, and then
 * renamed, so that a reader sees all of it or nothing. What has that name already is replaced: ask `isThere` before.
 *
 * @throws sftp_unwritable, TryLater
 */
export async function upload(
  server: Server,
  host: string,
  local: string,
  remote: string,
  checkCancelled: () => void,
): Promise<void> {
  const { sftp, ask } = server;
  const unfinished = posix.join(posix.dirname(remote), `.${posix.basename(remote)}.unfinished`);
  try {
    const handle = await ask<Buffer>((done) => sftp.open(unfinished, 'w', done));
    await copyTo(server, handle, local, checkCancelled);
    await ifKnown(server, (done) => sftp.ext_openssh_fsync(handle, done));
    await ask<void>((done) => sftp.close(handle, done));
    const replaced = await ifKnown(server, (done) => sftp.ext_openssh_rename(unfinished, remote, done));
    if (replaced) return;
    // Without the extension a name that is taken is refused; what stands there is known to be another.
    await removeThere(server, remote);
    await ask<void>((done) => sftp.rename(unfinished, remote, done));
  } catch (error) {
    const told = await asUnwritable(server, host, remote, error);
    if (told instanceof DomainError) await removeThere(server, unfinished);
    throw told;
  }
}

/** Sends a file's bytes, many pieces at a time, to an open handle. */
async function copyTo(
  { sftp, ask }: Server,
  handle: Buffer,
  local: string,
  checkCancelled: () => void,
): Promise<void> {
  const file = await open(local, 'r');
  const going = new Set<Promise<void>>();
  let failed: unknown = null;
  try {
    for (let at = 0; failed === null; ) {
      checkCancelled();
      const piece = Buffer.allocUnsafe(chunkBytes);
      const { bytesRead } = await file.read(piece, 0, chunkBytes, at);
      if (bytesRead === 0) break;
      const place = at;
      const one: Promise<void> = ask<void>((done) => sftp.write(handle, piece, 0, bytesRead, place, done))
        .catch((error: unknown) => {
          failed ??= error;
        })
        .finally(() => going.delete(one));
      going.add(one);
      at += bytesRead;
      if (going.size >= underWay) await Promise.race(going);
    }
    await Promise.all(going);
  } finally {
    await file.close();
  }
  if (failed !== null) throw failed;
}
