import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDuckDb } from '#server/engine/duckdb.ts';
import type { Engine } from '#server/engine/engine.ts';

/** An engine without a workspace's tables, in a temporary folder; `close` removes it. */
export async function openTestEngine(): Promise<Engine> {
  const folder = mkdtempSync(join(tmpdir(), 'ensayo-engine-'));
  const engine = await openDuckDb({
    path: join(folder, 'test.duckdb'),
    threads: 1,
    memoryLimit: '1GB',
    tempDirectory: join(folder, 'spill'),
  });
  return {
    ...engine,
    async close() {
      await engine.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
