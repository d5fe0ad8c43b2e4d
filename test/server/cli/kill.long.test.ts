import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ensayo, spawnEnsayo } from '../../support/servers/ensayo.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'ensayo-kill-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const inFolder = (...args: string[]) => ensayo(...args, '--workspace', folder);

/** Starts a command and kills it as soon as it has told that a step is done, or after a while. */
async function killAfterStep(step: string, ...args: string[]): Promise<void> {
  const child = spawnEnsayo([...args, '--workspace', folder]);
  const gone = once(child, 'exit');
  const told = new Promise<void>((resolve) => {
    let stderr = '';
    child.stderr?.on('data', (piece) => {
      stderr += piece;
      if (stderr.includes(`${step} done`)) resolve();
    });
  });
  await Promise.race([told, sleep(20_000), gone]);
  child.kill('SIGKILL');
  await gone;
}

describe('kill -9', () => {
  it('in the middle of a load: the next start says so, goes on, and nothing is lost or doubled', async () => {
    const order = ['sample', '--accounts', '5000', '--months', '7', '--seed', '3'];
    for (const step of ['generate', 'read', 'stage']) await killAfterStep(step, ...order);
    const finished = await inFolder(...order);
    expect(finished.code).toBe(0);
    const { stdout } = await inFolder('portfolio', '--json');
    const summary = JSON.parse(stdout) as { accounts: number; tables: { table: string; rows: number }[] };
    expect(summary.accounts).toBe(5000);
    const loads = JSON.parse((await inFolder('loads', '--json')).stdout) as { loads: unknown[] };
    expect(loads.loads).toHaveLength(1);
    const jobs = JSON.parse((await inFolder('jobs', '--json')).stdout) as { jobs: { state: string }[] };
    expect(jobs.jobs.map(({ state }) => state)).toEqual(jobs.jobs.map(() => 'done'));
  }, 240_000);

  it('says what was going on', async () => {
    await killAfterStep('columns', 'profile');
    const { stderr } = await inFolder('profile', '--json');
    expect(stderr).toContain('Was cut off: profile');
  }, 120_000);
});
