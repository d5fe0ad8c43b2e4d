import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DomainError } from '#core/errors/domain-error.ts';
import { type ExploreWorkspace, openExploreWorkspace } from '../../support/explore.ts';

let workspace: ExploreWorkspace;
beforeAll(async () => {
  workspace = await openExploreWorkspace({ seconds: 20, memoryLimit: '300MB', processes: 2 });
});
afterAll(() => workspace?.close());

const forever = 'WITH RECURSIVE r AS (SELECT 1 AS i UNION ALL SELECT i + 1 FROM r) SELECT max(i) FROM r';
/** Query processes of this workspace that are alive, as the system lists them. */
const running = (): number[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      try {
        const line = readFileSync(`/proc/${pid}/cmdline`, 'utf8');
        return (
          line.includes('child-boot.mjs') &&
          readFileSync(`/proc/${pid}/status`, 'utf8').includes(`PPid:\t${process.pid}\n`)
        );
      } catch {
        return false;
      }
    })
    .map(Number);
const onLinux = existsSync('/proc/self/statm');

describe('query processes', () => {
  it('stay warm, and never serve both masked and unmasked', async () => {
    await workspace.page('SELECT 1');
    const began = performance.now();
    await workspace.page('SELECT 1');
    expect(performance.now() - began).toBeLessThan(1000);
    await workspace.page('SELECT 1', false);
    if (onLinux) expect(running()).toHaveLength(2);
  });

  it.runIf(onLinux)('hold nothing of the surroundings of the server', () => {
    for (const pid of running()) {
      expect(readFileSync(`/proc/${pid}/environ`, 'utf8')).toBe('');
    }
  });

  it('leave nothing for the next query', async () => {
    await workspace.page('SELECT setseed(0.5), random()');
    const [first, second] = [
      await workspace.page('SELECT random()'),
      await workspace.page('SELECT random()'),
    ];
    expect(first.rows).not.toEqual(second.rows);
    await expect(workspace.page('FROM t')).rejects.toMatchObject({ code: 'query_unknown_table' });
  });

  it('are killed when who asked goes away, and make room at once', async () => {
    const gone = new AbortController();
    const asked = workspace.ask(forever, 'page', true, gone.signal).catch((error: DomainError) => error.code);
    await sleep(700);
    const before = running();
    gone.abort();
    expect(await asked).toBe('cancelled');
    await sleep(200);
    if (onLinux) expect(running().length).toBeLessThan(before.length);
    expect((await workspace.page('SELECT 2 AS n')).rows).toEqual([[2]]);
  });

  it('are no more than allowed; who comes later waits or is told', async () => {
    const stop = new AbortController();
    const busy = [1, 2].map(() =>
      workspace.ask(forever, 'page', true, stop.signal).catch((error: DomainError) => error.code),
    );
    await sleep(1500);
    if (onLinux) expect(running().length).toBeLessThanOrEqual(2);
    const late = workspace.page('SELECT 3 AS n');
    await sleep(300);
    stop.abort();
    expect(await Promise.all(busy)).toEqual(['cancelled', 'cancelled']);
    expect((await late).rows).toEqual([[3]]);
  });

  it('a reader who leaves a download half-way ends it', async () => {
    const { body } = await workspace.ask('SELECT * FROM range(100000000)', 'arrow');
    await body.next();
    await body.return(undefined);
    expect((await workspace.page('SELECT 4 AS n')).rows).toEqual([[4]]);
  });
});

describe('forgetting', () => {
  it('leaves no file of the tables outside the database', async () => {
    await workspace.page('SELECT 1');
    const folder = join(workspace.folder, 'explore', 'snapshots');
    expect(readdirSync(folder).length).toBeGreaterThan(0);
    await workspace.context.explore.forget();
    expect(existsSync(folder)).toBe(false);
    expect((await workspace.page('SELECT count(*) FROM accounts')).rows).toEqual([[440]]);
  });
});
