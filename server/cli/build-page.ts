import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { home } from '../config.ts';

const sources = ['web', 'core', 'package-lock.json'];

function filesUnder(path: string): string[] {
  const full = join(home, path);
  if (!existsSync(full)) return [];
  return readdirSync(full, { recursive: true, withFileTypes: true })
    .filter(
      (entry) =>
        entry.isFile() && !entry.parentPath.includes('dist') && !entry.parentPath.includes('node_modules'),
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

/** Builds the page when what it is made of has changed since the last build. */
export async function buildPage(onBuild: () => void): Promise<void> {
  const stamp = join(home, 'web/dist/.stamp');
  const state = stateOfSources();
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === state) return;
  onBuild();
  const { build } = await import('vite');
  await build({ root: join(home, 'web'), configFile: join(home, 'web/vite.config.ts'), logLevel: 'error' });
  mkdirSync(join(home, 'web/dist'), { recursive: true });
  writeFileSync(stamp, state);
}
