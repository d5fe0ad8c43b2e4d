import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { raw, sql } from '#core/sql/sql.ts';
import { home, readConfig } from '#server/config.ts';
import { openWorkspace } from '#server/open.ts';
import { approveVersion } from '#server/store/models/model-states.ts';
import { insertLearnableBook } from '../../support/books/learnable-book.ts';
import type { TestWorkspace } from '../../support/workspace.ts';

let folder: string;
let expected: unknown;
const scoresIn = ({ context }: Pick<TestWorkspace, 'context'>) =>
  context.engine.first(
    sql`SELECT CAST(count(*) AS BIGINT) AS n, CAST(count(DISTINCT account_id) AS BIGINT) AS accounts, md5(string_agg(account_id || score, ',' ORDER BY account_id)) AS hash FROM scores`,
  );

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'ensayo-test-'));
  const opened = await openWorkspace(
    readConfig({ workspace: folder, threads: 1, memoryLimit: '1GB', logLevel: 'error' }),
  );
  const { engine, jobs } = opened.context;
  await engine.transaction((session) => insertLearnableBook(session, 600));
  const body = {
    model: 'self-cure',
    learner: 'neural-network',
    options: { width: 8, maxEpochs: 2 },
    question: {},
    optionsOf: {},
    reasons: {},
    searchSeconds: 0,
    stabilitySeeds: 0,
    seed: 1,
  };
  const trained = await jobs.finished((await jobs.submit({ kind: 'train', input: body, by: 'owner' })).id);
  expect(trained.error).toBeNull();
  const { versionId } = trained.result as { versionId: string };
  const decision = { by: 'owner', name: 'Ana', note: '', at: '2026-09-01 00:00:00', today: '2026-09-01' };
  await engine.transaction((session) => approveVersion(session, versionId, decision));
  const scored = await jobs.finished(
    (await jobs.submit({ kind: 'score', input: { model: 'self-cure' }, by: 'owner' })).id,
  );
  expect(scored.error).toBeNull();
  expected = await scoresIn(opened);
  await engine.run(raw('DELETE FROM scores'));
  await engine.run(raw('DELETE FROM score_runs'));
  await opened.close();
}, 120_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('killed', () => {
  it.each(['predicting', 'writing'])(
    'while %s, a scoring leaves nothing, and at the next start all of it',
    async (point) => {
      const child = spawnSync(
        process.execPath,
        ['--import', 'tsx', join(home, 'test/support/children/score-child.ts'), folder, point],
        { cwd: home, encoding: 'utf8', timeout: 60_000 },
      );
      expect([child.signal, child.stderr]).toEqual(['SIGKILL', '']);
      const paused = await openWorkspace(
        readConfig({ workspace: folder, threads: 1, memoryLimit: '1GB', logLevel: 'error' }),
        false,
      );
      expect(paused.interrupted.map(({ kind }) => kind)).toEqual(['score']);
      expect(await scoresIn(paused)).toMatchObject({ n: 0 });
      expect(await paused.context.engine.rows(raw('SELECT * FROM score_runs'))).toEqual([]);
      await paused.close();
      const after = await openWorkspace(
        readConfig({ workspace: folder, threads: 1, memoryLimit: '1GB', logLevel: 'error' }),
      );
      const [job] = await after.context.jobs.list(1, 0);
      expect(await after.context.jobs.finished(job!.id)).toMatchObject({ state: 'done', error: null });
      expect(await scoresIn(after)).toEqual(expected);
      await after.context.engine.run(raw('DELETE FROM scores'));
      await after.context.engine.run(raw('DELETE FROM score_runs'));
      await after.close();
    },
    120_000,
  );
});
