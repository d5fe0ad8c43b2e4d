import { mkdirSync } from 'node:fs';
import { Socket } from 'node:net';
import { DomainError } from '#core/errors/domain-error.ts';
import { openSandbox, type SandboxOptions } from '../engine/sandbox.ts';
import { answerQuery, type QueryCall } from './answer.ts';
import { type Frame, frameHead, jsonFrame, readFrames, readJson } from './frames.ts';
import { outOfMemoryExit } from './limits.ts';

/** A query process: told once where its tables are, then one query after the other, on file descriptor 3. */
export interface Setup extends SandboxOptions {
  /** Resident bytes at which the process ends itself. */
  mostBytes: number;
}

const watchEveryMs = 50;
const mostInPiece = 256 * 1024;
const channel = new Socket({ fd: 3, readable: true, writable: true });
channel.on('error', () => process.exit(0));

const send = (bytes: Uint8Array): Promise<void> =>
  new Promise((resolve) => {
    if (channel.write(bytes)) resolve();
    else channel.once('drain', resolve);
  });

async function sendPiece(piece: Uint8Array | string): Promise<void> {
  const bytes = typeof piece === 'string' ? Buffer.from(piece) : piece;
  for (let at = 0; at < bytes.length; at += mostInPiece) {
    const part = bytes.subarray(at, at + mostInPiece);
    await send(frameHead('data', part.length));
    await send(part);
  }
}

async function main(): Promise<void> {
  const frames = readFrames(channel);
  const first = await frames.next();
  if (first.done) return;
  const setup = readJson<Setup>(first.value);
  mkdirSync(setup.out, { recursive: true });
  const server = process.ppid;
  const watch = setInterval(() => {
    if (process.memoryUsage.rss() > setup.mostBytes) process.exit(outOfMemoryExit);
    if (process.ppid !== server) process.exit(0);
  }, watchEveryMs);
  watch.unref();
  const sandbox = await openSandbox(setup);
  const tables = new Set(setup.tables.map(({ name }) => name));
  await send(jsonFrame('ready', {}));
  for await (const frame of frames) await answer(frame);

  async function answer(frame: Frame): Promise<void> {
    const session = await sandbox.connect();
    try {
      for await (const piece of answerQuery(session, readJson<QueryCall>(frame), tables))
        await sendPiece(piece);
      await send(jsonFrame('end', {}));
    } catch (error) {
      const said = error instanceof DomainError ? { code: error.code, details: error.details } : died(error);
      await send(jsonFrame('failed', said));
    } finally {
      session.close();
    }
  }
}

const died = (error: unknown) => ({ code: 'query_died', details: { reason: String(error).split('\n')[0] } });

main()
  .catch((error: unknown) => send(jsonFrame('failed', died(error))))
  .finally(() => process.exit(0));
