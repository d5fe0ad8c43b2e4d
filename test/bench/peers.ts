import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { treeOptions } from '#models/trees/options.ts';
import type { Bench } from './measure.ts';

/** Options of boosted trees that both sides of a comparison start from. */
export const treeDefaults = treeOptions.parse({});

export const file = (name: string) => fileURLToPath(new URL(`./${name}`, import.meta.url));

/** The last line of what a program said, as JSON; null, and said so, where it failed. */
export function ask<T>(bench: Bench, program: string, given: readonly string[]): T | null {
  const { stdout, stderr, error } = spawnSync(program, given, { encoding: 'utf8' });
  const line = stdout?.trim().split('\n').at(-1);
  if (line?.startsWith('[') || line?.startsWith('{')) return JSON.parse(line) as T;
  bench.tell(`${program}: ${error?.message ?? stderr.trim().split('\n').at(-1)}`);
  return null;
}

export const python = <T>(
  bench: Bench,
  what: string,
  path: string,
  threads: number,
  peer: string,
  options: object,
) =>
  ask<T>(bench, process.env.PYTHON ?? 'python3', [
    file('models.py'),
    what,
    path,
    String(threads),
    peer,
    JSON.stringify(options),
  ]);
