import { execFile } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { runInWorker } from '../../threads/workers.ts';
import type { CutPart, CutTask } from './cut.ts';

const thread = new URL('./cut-thread.ts', import.meta.url);

/** Whether a pipe with a name could be made; some systems have none. */
async function makePipe(path: string): Promise<boolean> {
  try {
    await promisify(execFile)('mkfifo', ['-m', '600', path]);
    return true;
  } catch {
    return false;
  }
}

/**
 * Gives what is written to one path as parts. It is written into a pipe, and a thread takes the bytes from there to their
 * files and hashes them on the way, so that nothing is read a second time; where there are no pipes it reads them from a file.
 *
 * @param write writes rows, in their order, to the path given, and counts them
 * @throws the thread's error before the writer's; cancelled
 */
export async function writeThrough(
  write: (path: string) => Promise<number>,
  task: Omit<CutTask, 'source'>,
  checkCancelled: () => void,
): Promise<{ rows: number; parts: CutPart[] }> {
  const path = join(task.folder, `.${task.name}.pipe`);
  const cut = (source: number) =>
    runInWorker<CutTask, CutPart[]>(thread, { ...task, source }, { onProgress: () => {}, checkCancelled });
  try {
    if (!(await makePipe(path))) {
      const rows = await write(path);
      const source = openSync(path, 'r');
      return { rows, parts: await cut(source).finally(() => closeSync(source)) };
    }
    return await throughPipe(path, () => write(path), cut);
  } finally {
    await rm(path, { force: true });
  }
}

async function throughPipe(
  path: string,
  write: () => Promise<number>,
  cut: (source: number) => Promise<CutPart[]>,
): Promise<{ rows: number; parts: CutPart[] }> {
  // Open at both ends, so that neither the writer nor the thread waits for the other; the thread sees the end once this
  // is closed, and the writer a broken pipe once both are.
  let hold: number | null = openSync(path, 'r+');
  const source = openSync(path, 'r');
  let sourceOpen = true;
  const release = () => {
    if (hold !== null) closeSync(hold);
    hold = null;
  };
  const giveUp = () => {
    release();
    if (sourceOpen) closeSync(source);
    sourceOpen = false;
  };
  const writing = write();
  const cutting = cut(source);
  writing.then(release, release);
  cutting.catch(giveUp);
  const [written, parts] = await Promise.allSettled([writing, cutting]);
  giveUp();
  // A broken pipe is the writer's way of saying that the thread failed first.
  if (parts.status === 'rejected') throw parts.reason;
  if (written.status === 'rejected') throw written.reason;
  return { rows: written.value, parts: parts.value };
}
