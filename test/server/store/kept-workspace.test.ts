import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tables } from '#core/portfolio/tables.ts';
import { sql } from '#core/sql/sql.ts';
import { startTestServer, type TestServer } from '../../support/servers/server.ts';

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

/**
 * 1,500 simulated people, a text of their own approved, a holdout, an experiment of two touches in four daily waves with
 * two looks, watched for harm, decided.
 */
describe('a workspace of the fourth version', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await openKept('workspace-experiments.duckdb.gz');
  });
  afterAll(() => server.close());

  it('has every canonical table and column of this version', () => expectCanonicalTables(server));

  it('still shows the experiment, whom it wrote to, and whom nobody did', async () => {
    const { client } = server;
    const [experiment] = (await client.experiments.list()).experiments;
    const params = { experimentId: experiment!.id };
    expect(experiment?.design.arms.map(({ touches }) => touches.map(({ day }) => day))).toEqual([
      [0, 3],
      [0, 3],
    ]);
    const lifecycle = await client.experimentLifecycle.get({ params });
    expect(lifecycle.status).toBe('ended');
    expect(lifecycle.draws.map(({ people, waves }) => [people, waves.length])).toEqual([[223, 4]]);
    expect(lifecycle.events.map(({ kind }) => kind)).toEqual(['started', 'ended', 'decided']);
    const { touches } = await client.experimentLifecycle.cadence({ params });
    expect(touches.map(({ sent }) => sent)).toEqual([99, 81, 92, 75]);
    const { exports } = await client.exports.list();
    expect(exports.map(({ rows }) => rows).reduce((sum, rows) => sum + rows, 0)).toBe(347);
    expect((await client.batches.list()).batches.filter(({ state }) => state === 'exported')).toHaveLength(
      exports.length,
    );
    const [holdout] = (await client.holdouts.list()).holdouts;
    expect(holdout).toMatchObject({ state: 'running', approvedBy: 'Ana Ruiz', people: { drawn: 96 } });
    const { message } = await client.messages.get({ params: { style: 'reciprocity', template: 'ayuda' } });
    expect(message).toMatchObject({ state: 'approved', version: 1, approval: { name: 'Ana Ruiz' } });
  });

  it('reads its results as they were written down on the days of its looks', async () => {
    const { client } = server;
    const [experiment] = (await client.experiments.list()).experiments;
    const params = { experimentId: experiment!.id };
    const results = await client.experimentResults.get({ params });
    expect(results).toMatchObject({ people: 223, information: 1, verdict: { kind: 'inconclusive' } });
    expect(results.looks.map(({ state }) => state)).toEqual(['done', 'done']);
    expect(results.harm.length).toBeGreaterThan(0);
    const { looks, decision } = await client.experimentResults.memo({ params });
    expect(looks.map(({ verdict }) => verdict)).toEqual(['running', 'inconclusive']);
    expect(decision?.reason).toBe('Sigue el mensaje neutro');
    const judged = results.metrics.find(({ role }) => role === 'primary')!.comparisons[0]!.judged;
    expect(judged.estimate!).toBeCloseTo(looks[1]!.arms[0]!.estimate!, 9);
  });
});
