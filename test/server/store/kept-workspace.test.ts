import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tables } from '#core/portfolio/tables.ts';
import { sql } from '#core/sql/sql.ts';
import { startTestServer, type TestServer } from '../../support/server.ts';

/** A workspace that the first version left: 1,500 simulated people, one experiment assigned, checked and exported. */
const kept = new URL('../../fixtures/workspace-frame.duckdb.gz', import.meta.url);

describe('a workspace of the first version', () => {
  let server: TestServer;
  beforeAll(async () => {
    const folder = mkdtempSync(join(tmpdir(), 'ensayo-test-'));
    writeFileSync(join(folder, 'ensayo.duckdb'), gunzipSync(readFileSync(kept)));
    server = await startTestServer(folder);
  });
  afterAll(() => server.close());

  it('keeps a copy of the file as it was', () => {
    expect(
      readdirSync(server.workspace.folder).filter((name) => name.startsWith('ensayo.duckdb.before-')),
    ).toHaveLength(1);
  });

  it('has every canonical table and column of this version', async () => {
    for (const { name, columns } of tables) {
      const found = await server.workspace.context.engine.rows<{ column_name: string }>(
        sql`SELECT column_name FROM information_schema.columns WHERE table_name = ${`current_${name}`}`,
      );
      expect(found.map((one) => one.column_name)).toEqual(expect.arrayContaining(Object.keys(columns)));
    }
  });

  it('still shows what was loaded, learnt, designed and sent', async () => {
    const { client } = server;
    const { accounts, months } = await client.portfolio.summary();
    expect({ accounts, months }).toEqual({ accounts: 1677, months: 7 });
    expect((await client.loads.list()).loads).toHaveLength(1);
    expect((await client.models.list()).versions).toHaveLength(1);
    expect((await client.segments.list()).segments).toHaveLength(1);
    const { experiments } = await client.experiments.list();
    expect(experiments.map(({ state }) => state)).toEqual(['exported']);
    const { exports } = await client.exports.list();
    expect(exports.map(({ rows }) => rows)).toEqual([185]);
    const { jobs } = await client.jobs.list();
    expect(jobs.map(({ state }) => state)).toEqual(Array(jobs.length).fill('done'));
    expect((await client.portfolio.quality()).verdict).toBe('good');
    expect((await client.system.line()).steps.filter(({ state }) => state === 'done')).toHaveLength(9);
  });
});
