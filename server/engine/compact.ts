import { closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import type { DuckDBInstance } from '@duckdb/node-api';
import { ident, literal } from '#core/sql/sql.ts';

const copyOf = (path: string): string => `${path}.compact`;
const walOf = (path: string): string => `${path}.wal`;

/** Writes the live rows of a database into a new file beside it; an earlier, unfinished one goes first. */
export async function copyCompactly(instance: DuckDBInstance, path: string): Promise<void> {
  const copy = copyOf(path);
  for (const left of [copy, walOf(copy)]) rmSync(left, { force: true });
  const connection = await instance.connect();
  try {
    await connection.run('CHECKPOINT');
    const name = (await connection.runAndReadAll('SELECT current_database() AS name')).getRows()[0]?.[0];
    await connection.run(`ATTACH ${literal(copy).text} AS compacted`);
    try {
      await connection.run(`COPY FROM DATABASE ${ident(String(name)).text} TO compacted`);
    } finally {
      await connection.run('DETACH compacted');
    }
  } finally {
    connection.closeSync();
  }
}

/** Puts the new file in the place of the old one, whose database must be closed: a log left over belongs to no other file. */
export function putInPlace(path: string): void {
  const copy = copyOf(path);
  if (existsSync(walOf(path)) || existsSync(walOf(copy)))
    throw new Error(`a log beside ${path} has not been written back`);
  sync(copy);
  renameSync(copy, path);
  sync(dirname(path));
}

function sync(path: string): void {
  const handle = openSync(path, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
