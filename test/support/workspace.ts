import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Config, readConfig } from '#server/config.ts';
import { type Opened, openWorkspace } from '#server/open.ts';

export interface TestWorkspace extends Opened {
  folder: string;
  /** Closes it and leaves its folder for another process. */
  leave(): Promise<void>;
}

const settings = { threads: 1, memoryLimit: '1GB', logLevel: 'error' } as const;
const database = (folder: string) => join(folder, 'ensayo.duckdb');

let empty: Promise<Buffer> | undefined;

/** The database of a workspace just made: its hundred commits are waited for once, not by every test. */
async function makeEmpty(): Promise<Buffer> {
  const folder = mkdtempSync(join(tmpdir(), 'ensayo-test-'));
  try {
    await (await openWorkspace(readConfig({ workspace: folder, ...settings }))).close();
    return readFileSync(database(folder));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A real workspace in a temporary folder; `close` removes it. */
export async function openTestWorkspace(
  folder = mkdtempSync(join(tmpdir(), 'ensayo-test-')),
  given: Partial<Config> = {},
): Promise<TestWorkspace> {
  if (!existsSync(database(folder))) {
    empty ??= makeEmpty();
    mkdirSync(folder, { recursive: true });
    writeFileSync(database(folder), await empty);
  }
  const opened = await openWorkspace(readConfig({ workspace: folder, ...settings, ...given }));
  return {
    ...opened,
    folder,
    leave: () => opened.close(),
    async close() {
      await opened.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
