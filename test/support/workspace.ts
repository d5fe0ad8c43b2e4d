import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Config, readConfig } from '#server/config.ts';
import { type Opened, openWorkspace } from '#server/open.ts';

export interface TestWorkspace extends Opened {
  folder: string;
  /** Closes it and leaves its folder for another process. */
  leave(): Promise<void>;
}

/** A real workspace in a temporary folder; `close` removes it. */
export async function openTestWorkspace(
  folder = mkdtempSync(join(tmpdir(), 'ensayo-test-')),
  given: Partial<Config> = {},
): Promise<TestWorkspace> {
  const opened = await openWorkspace(
    readConfig({ workspace: folder, threads: 1, memoryLimit: '1GB', logLevel: 'error', ...given }),
  );
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
