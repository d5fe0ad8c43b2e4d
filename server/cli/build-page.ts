import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { home } from '../config.ts';

const sources = ['web', 'core', 'package-lock.json'];
const built = join(home, 'web/dist');
const stamp = join(built, '.stamp');
const lock = join(home, 'web/dist.lock');
const staleLockMs = 5 * 60_000;

function filesUnder(path: string): string[] {
  const full = join(home, path);
  if (!existsSync(full)) return [];
  return readdirSync(full, { recursive: true, withFileTypes: true })
    .filter(
      (entry) =>
        entry.isFile() && !entry.parentPath.startsWith(built) && !entry.parentPath.includes('node_modules'),
    )
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

function stateOfSources(): string {
  const hash = createHash('sha256');
  for (const source of sources)
    for (const file of source.includes('.') ? [join(home, source)] : filesUnder(source))
      hash.update(file.slice(home.length)).update(readFileSync(file));
  return hash.digest('hex');
}

const isBuilt = (state: string) => existsSync(stamp) && readFileSync(stamp, 'utf8') === state;

/** Whether the process that holds the lock is gone, or has held it for too long to be at work. */
function isLeft(): boolean {
  const madeMs = statSync(lock, { throwIfNoEntry: false })?.mtimeMs;
  if (madeMs === undefined) return false;
  if (Date.now() - madeMs > staleLockMs) return true;
  try {
    process.kill(Number(readFileSync(lock, 'utf8')), 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
}

/** Does the work while no other process does. */
async function alone(work: () => Promise<void>): Promise<void> {
  for (;;) {
    try {
      writeFileSync(lock, String(process.pid), { flag: 'wx' });
      break;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      if (isLeft()) rmSync(lock, { force: true });
      else await sleep(200);
    }
  }
  try {
    await work();
  } finally {
    rmSync(lock, { force: true });
  }
}

/**
 * Builds the page when what it is made of has changed since the last build. Of several processes that start at once one builds and
 * the others wait; a page that is being read is there until the new one takes its place.
 */
export async function buildPage(onBuild: () => void): Promise<void> {
  const state = stateOfSources();
  if (isBuilt(state)) return;
  await alone(async () => {
    if (isBuilt(state)) return;
    onBuild();
    const next = `${built}-next`;
    const { build } = await import('vite');
    await build({
      root: join(home, 'web'),
      configFile: join(home, 'web/vite.config.ts'),
      logLevel: 'error',
      build: { outDir: next },
    });
    writeFileSync(join(next, '.stamp'), state);
    const before = `${built}-before`;
    rmSync(before, { recursive: true, force: true });
    if (existsSync(built)) renameSync(built, before);
    renameSync(next, built);
    rmSync(before, { recursive: true, force: true });
  });
}
