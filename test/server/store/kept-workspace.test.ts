import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tables } from '#core/portfolio/tables.ts';
import { sql } from '#core/sql/sql.ts';
import { startTestServer, type TestServer } from '../../support/server.ts';

async function openKept(name: string): Promise<TestServer> {
  const folder = mkdtempSync(join(tmpdir(), 'ensayo-test-'));
  const kept = readFileSync(new URL(`../../fixtures/${name}`, import.meta.url));
  writeFileSync(join(folder, 'ensayo.duckdb'), gunzipSync(kept));
  return startTestServer(folder);
}

async function expectCanonicalTables(server: TestServer): Promise<void> {
  for (const { name, columns } of tables) {
    const found = await server.workspace.context.engine.rows<{ column_name: string }>(
      sql`SELECT column_name FROM information_schema.columns WHERE table_name = ${`current_${name}`}`,
    );
    expect(found.map((one) => one.column_name)).toEqual(expect.arrayContaining(Object.keys(columns)));
  }
}

/** 1,500 simulated people, one experiment assigned, checked and exported. */
describe('a workspace of the first version', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await openKept('workspace-frame.duckdb.gz');
  });
  afterAll(() => server.close());

  it('keeps a copy of the file as it was', () => {
    expect(
      readdirSync(server.workspace.folder).filter((name) => name.startsWith('ensayo.duckdb.before-')),
    ).toHaveLength(1);
  });

  it('has every canonical table and column of this version', () => expectCanonicalTables(server));

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

/** 1,500 simulated people over 18 months, a champion with scores, a saved recipe, a legal hold, a person forgotten. */
describe('a workspace of the second version', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await openKept('workspace-portfolio.duckdb.gz');
  });
  afterAll(() => server.close());

  it('has every canonical table and column of this version', () => expectCanonicalTables(server));

  it('still shows what was loaded, saved, held and forgotten', async () => {
    const { client } = server;
    const { accounts, months } = await client.portfolio.summary();
    expect({ accounts, months }).toEqual({ accounts: 1499, months: 18 });
    const saved = (await client.recipes.list()).recipes.filter(({ kind }) => kind === 'saved');
    expect(saved.map(({ name }) => name)).toEqual(['mine']);
    expect((await client.keeping.holds()).holds.map(({ customerId }) => customerId)).toEqual(['C00000001']);
    expect((await client.keeping.reports()).reports).toHaveLength(1);
  });

  it('scores with its champion as it did then', async () => {
    const { client } = server;
    const [version] = (await client.models.list()).versions;
    expect(version).toMatchObject({ state: 'champion', approvedBy: 'ensayo demo' });
    const [before] = (await client.scores.list()).scores;
    const job = await client.scores.create({ body: {} });
    expect((await server.workspace.context.jobs.finished(job.id)).state).toBe('done');
    const [after] = (await client.scores.list()).scores;
    expect(after?.histogram).toEqual(before?.histogram);
    expect(after?.mean).toBeCloseTo(before?.mean ?? Number.NaN, 9);
  });
});

/** 1,500 simulated people, three questions trained, an experiment of single messages exported, a week simulated. */
describe('a workspace of the third version', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await openKept('workspace-models.duckdb.gz');
  });
  afterAll(() => server.close());

  it('has every canonical table and column of this version', () => expectCanonicalTables(server));

  it('still shows what was learnt, and reads arms of one message as cadences of one touch', async () => {
    const { client } = server;
    const { versions } = await client.models.list();
    expect(versions.map(({ model }) => model)).toEqual(['channel-propensity', 'value-at-risk', 'self-cure']);
    const [experiment] = (await client.experiments.list()).experiments;
    expect(experiment?.arms.map(({ assigned }) => assigned)).toEqual([50, 49]);
    expect(experiment?.design.arms.map(({ touches }) => touches)).toEqual(
      ['neutral', 'reciprocity'].map((style) => [{ day: 0, style, channel: 'sms', templates: ['sms'] }]),
    );
    expect((await client.exports.list()).exports.map(({ rows }) => rows)).toEqual([94]);
  });
});
