import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { raw, sql } from '#core/sql/sql.ts';
import { type Connection, connect } from '#server/cli/connection.ts';
import { runNightly } from '#server/cli/nightly.ts';
import { readConfig } from '#server/config.ts';
import { insertLearnableBook, learnableDates } from '../../support/books/learnable-book.ts';
import { approveWithReasons } from '../../support/models/approve.ts';
import { ensayo } from '../../support/servers/ensayo.ts';
import { startTestServer, type TestServer } from '../../support/servers/server.ts';

let server: TestServer;
let connection: Connection;
let versionId: string;
const last = learnableDates.at(-1)!;
const engine = () => server.workspace.context.engine;
const night = () => runNightly(connection, 'en');
const scoreJobs = async () =>
  (await server.workspace.context.jobs.list(100, 0)).filter(({ kind }) => kind === 'score').length;

beforeAll(async () => {
  server = await startTestServer();
  connection = await connect(readConfig(), { server: server.origin, token: await server.token() });
  await engine().transaction((session) => insertLearnableBook(session, 600));
  const job = await server.client.models.train({ params: { model: 'self-cure' }, body: {} });
  ({ versionId } = (await server.workspace.context.jobs.finished(job.id)).result as { versionId: string });
});
afterAll(async () => {
  await connection.close();
  await server.close();
});

describe('a night', () => {
  it('does nothing where no version is champion', async () => {
    expect(await night()).toEqual({ asOf: last, champions: [], monitoring: 'nothing new', texts: 'so' });
  });

  it('scores the champion and looks at it', async () => {
    await approveWithReasons(server.client, versionId, { name: 'Ana' });
    const report = await night();
    expect(report).toMatchObject({
      asOf: last,
      champions: [{ model: 'self-cure', versionId, did: 'scored', code: null }],
      monitoring: 'done',
      texts: 'so',
    });
    const stored = await engine().first(sql`SELECT CAST(count(*) AS BIGINT) AS n FROM scores`);
    expect(stored).toEqual({ n: report.champions[0]!.rows });
  });

  it('of the same data again does nothing', async () => {
    const before = await scoreJobs();
    expect(await night()).toMatchObject({
      champions: [{ did: 'nothing to do', rows: null }],
      monitoring: 'nothing new',
      texts: 'so',
    });
    expect(await scoreJobs()).toBe(before);
  });

  it('scores again once the data changed, and says why where it cannot', async () => {
    await engine().run(
      raw(`INSERT INTO loads (load_id, state, recipe, recipe_hash, files, tables, rejected, simulated, loaded_at, by_principal)
        VALUES (2, 'live', 'test', 'r', '[{"name":"more","sha256":"2"}]', '[]', 0, true, TIMESTAMP '2026-09-02', 'owner')`),
    );
    expect((await server.client.scores.due({})).champions).toMatchObject([{ state: 'due', versionId }]);
    await engine().run(raw('UPDATE model_versions SET fitted = replace(fitted, \'"intercept"\', \'"cut"\')'));
    const broken = await night();
    expect(broken.champions).toMatchObject([{ did: 'failed', code: 'saved_model_unreadable' }]);
    expect(broken.champions[0]!.message).toContain('intercept');
    await engine().run(raw('UPDATE model_versions SET fitted = replace(fitted, \'"cut"\', \'"intercept"\')'));
    expect((await night()).champions).toMatchObject([{ did: 'scored' }]);
  });
});

it('of an empty workspace ends well and says so', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'ensayo-cli-'));
  try {
    const { code, stdout } = await ensayo('nightly', '--json', '--workspace', folder);
    expect([code, JSON.parse(stdout)]).toEqual([
      0,
      { asOf: null, champions: [], monitoring: 'nothing new', texts: 'so' },
    ]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
