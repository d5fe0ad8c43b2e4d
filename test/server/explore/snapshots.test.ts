import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readConfig } from '#server/config.ts';
import { openWorkspace } from '#server/open.ts';
import { type ExploreWorkspace, never, openExploreWorkspace } from '../../support/explore.ts';

let workspace: ExploreWorkspace;
beforeAll(async () => {
  workspace = await openExploreWorkspace({ seconds: 20, memoryLimit: '300MB', processes: 1 });
});
afterAll(() => workspace?.close());

describe('snapshots', () => {
  it('stay while somebody waits for a process to read them', async () => {
    const stop = new AbortController();
    const forever = 'WITH RECURSIVE r AS (SELECT 1 AS i UNION ALL SELECT i + 1 FROM r) SELECT max(i) FROM r';
    const busy = workspace.ask(forever, 'page', false, stop.signal).catch(() => null);
    await sleep(1500);
    const waiting = workspace.page('SELECT count(*) FROM accounts');
    await sleep(500);
    await workspace.context.explore.refresh(true);
    stop.abort();
    await busy;
    expect((await waiting).rows).toEqual([[440]]);
  });

  it('that were being written when a server was stopped are removed', async () => {
    const left = join(workspace.folder, 'explore', 'snapshots', 'masked-1.part');
    mkdirSync(left);
    await workspace.context.explore.refresh(true);
    expect(existsSync(left)).toBe(false);
  });

  it('are read where the workspace is now', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'ensayo-moved-'));
    const [before, after] = [join(folder, 'before'), join(folder, 'after')];
    const counted = async (place: string) => {
      const { context, close } = await openWorkspace(
        readConfig({ workspace: place, threads: 1, memoryLimit: '1GB', logLevel: 'error' }),
      );
      try {
        const asked = { sql: 'SELECT count(*) FROM accounts', parameters: {}, format: 'csv' as const };
        const { body, snapshot } = await context.explore.ask({ ...asked, masked: true, signal: never });
        const pieces: Uint8Array[] = [];
        for await (const piece of body) pieces.push(piece);
        return { text: Buffer.concat(pieces).toString('utf8'), takenAt: snapshot.takenAt };
      } finally {
        await close();
      }
    };
    try {
      const first = await counted(before);
      renameSync(before, after);
      expect(await counted(after)).toEqual(first);
      expect(first.text).toBe('count_star()\n0\n');
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
