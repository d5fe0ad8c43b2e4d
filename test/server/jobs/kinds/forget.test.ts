import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ExportRun, Manifest } from '#core/contract/delivery/exports.ts';
import type { ForgetReport } from '#core/contract/portfolio/keeping.ts';
import { ident, raw, sql } from '#core/sql/sql.ts';
import { searchFiles, searchTables } from '../../../support/books/search-workspace.ts';
import {
  type FullWorkspace,
  openFullWorkspace,
  somebody,
  stringsOf,
} from '../../../support/full-workspace.ts';

const names = ['Persona Ficticia Quintanilla', 'quintanilla.secreta@example.invalid'];

let workspace: FullWorkspace & { run: ExportRun };
let person: string;
let strings: string[];
let counts: unknown;

const armCounts = () =>
  workspace.context.engine.rows(
    sql`SELECT experiment_id, arm, stratum, CAST(count(*) AS BIGINT) AS n, CAST(count(DISTINCT customer_id) AS BIGINT) AS people FROM assignments GROUP BY ALL ORDER BY ALL`,
  );

/** A person everywhere: uploads plain and packed, rejects with a raw line, a job that failed on it, a query, a snapshot, a copy. */
async function spread(): Promise<void> {
  const { client, context, folder } = workspace;
  const [account = ''] = strings.filter((one) => one.startsWith('A'));
  const uploads = join(folder, 'uploads');
  mkdirSync(uploads, { recursive: true });
  const broken = `Q1;${person};${names[0]};${names[1]};too;many\n`;
  const csv = `complaint_id,customer_id,occurred_at,channel,topic\nNEW1,${person},2026-10-01T10:00:00,email,tone\nNEW2,${person},never,email,"${names[0]}"\nNEW3,${person},2026-10-01T10:00:00,pigeon,x\n${broken.replaceAll(';', ',')}`;
  writeFileSync(join(uploads, 'complaints.csv'), csv);
  writeFileSync(
    join(uploads, 'customers.csv.gz'),
    gzipSync(`customer_id,jurisdiction\n${person},CO\n${person},CO\n`),
  );
  writeFileSync(join(uploads, `of ${person}.txt`), 'nothing inside');
  writeFileSync(join(uploads, 'wide.txt'), Buffer.from(`a;${person};b`, 'utf16le'));
  writeFileSync(join(uploads, 'innocent.csv'), 'a,b\n1,2\n');
  const good = await client.loads.create({
    body: { file: 'complaints.csv', recipe: 'ensayo', maxRejectedShare: 1 },
  });
  await context.jobs.finished(good.id);
  const bad = await client.loads.create({
    body: { file: 'customers.csv.gz', recipe: 'ensayo', maxRejectedShare: 0 },
  });
  expect((await context.jobs.finished(bad.id)).state).toBe('failed');
  await client.people.reveal({ params: { customerId: person } });
  await context.engine.run(
    sql`INSERT INTO settings VALUES ('note', ${JSON.stringify({ query: `SELECT * FROM accounts WHERE account_id = '${account}'` })})`,
  );
  await context.engine.run(
    raw('CREATE TABLE elsewhere AS SELECT customer_id, 1 AS n FROM customers LIMIT 0'),
  );
  await context.engine.run(sql`INSERT INTO elsewhere VALUES (${person}, 7), ('somebody else', 8)`);
  await client.queries.run?.({ body: { sql: 'SELECT count(*) FROM customers' } } as never);
  await context.engine.run(raw('CHECKPOINT'));
  copyFileSync(join(folder, 'ensayo.duckdb'), join(folder, 'ensayo.duckdb.before-3'));
}

beforeAll(async () => {
  workspace = await openFullWorkspace();
  person = await somebody(workspace.context);
  strings = [...(await stringsOf(workspace.context, person)), ...names];
  await spread();
  counts = await armCounts();
}, 180_000);
afterAll(() => workspace?.close());

describe('a person of a full workspace', () => {
  it('has scores whose points add up to the score stored', async () => {
    const { scores } = await workspace.client.people.scores({ params: { customerId: person } });
    expect(scores.length).toBeGreaterThan(0);
    for (const score of scores) {
      expect(score.current).toBe(true);
      const differences = (score.reasons ?? []).map(({ difference }) => difference);
      expect(differences.length).toBeGreaterThan(3);
      expect(differences.reduce((sum, one) => sum + one, 0)).toBeCloseTo(
        (score.points ?? 0) - (score.averagePoints ?? 0),
        6,
      );
      expect(differences.map(Math.abs)).toEqual(differences.map(Math.abs).toSorted((a, b) => b - a));
    }
  });

  it('shows an auditor why they are in an arm and what left', async () => {
    const { experiments } = await workspace.client.people.get({ params: { customerId: person } });
    expect(experiments).toMatchObject([
      { experimentId: workspace.run.experimentId, verified: true, people: expect.any(Number) },
    ]);
    const [one] = experiments;
    expect(one?.salt).toBe(one?.planHash);
    expect(one?.log.map(({ state }) => state)).toEqual(['written', 'cleared']);
    const place = await workspace.context.engine.first<{ place: number }>(sql`SELECT place FROM (
      SELECT customer_id, row_number() OVER (ORDER BY assignment_id, customer_id) AS place FROM assignments WHERE stratum = ${one?.stratum ?? ''}) p
      WHERE customer_id = ${person}`);
    expect(one?.place).toBe(place?.place);
  });
});

describe('forgetting a person of a full workspace', () => {
  it('finds them in many places before', async () => {
    const { engine } = workspace.context;
    const tables = new Set((await searchTables(engine, strings)).map((one) => one.split('.')[0]));
    for (const name of [
      'customers',
      'accounts',
      'snapshots',
      'payments',
      'contacts',
      'contact_points',
      'scores',
      'segment_members',
      'assignments',
      'contact_checks',
      'export_rows',
      'rejects',
      'jobs',
      'job_events',
      'audit',
      'settings',
      'elsewhere',
    ])
      expect([...tables]).toContain(name);
    const files = (await searchFiles(engine, workspace.folder, strings)).join('\n');
    for (const name of ['exports', 'sample', 'uploads', 'explore', 'ensayo.duckdb'])
      expect(files).toContain(name);
  });

  it('is refused under a legal hold, by name, and unless it is typed again', async () => {
    const { client } = workspace;
    const params = { customerId: person };
    await client.keeping.hold({ params, body: { reason: 'Proceso 12' } });
    await expect(client.keeping.forget({ params, body: { confirm: person } })).rejects.toMatchObject({
      code: 'legal_hold',
      details: { customerId: person, reason: 'Proceso 12', by: 'owner' },
    });
    await client.keeping.release({ params });
    const { lines } = await client.keeping.preview({ params });
    expect(lines.map(({ place }) => place)).toEqual(
      expect.arrayContaining(['customers', 'snapshots', 'uploads/complaints.csv', 'ensayo.duckdb.before-3']),
    );
    expect(lines.map(({ place }) => place)).not.toContain('uploads/innocent.csv');
    await expect(client.keeping.forget({ params, body: {} })).rejects.toMatchObject({
      code: 'forget_not_confirmed',
    });
    expect(await client.people.get({ params })).toMatchObject({ customerId: person });
  });

  let report: ForgetReport;
  it('leaves none of their strings in any column of any table nor in any byte of any file', async () => {
    const { client, outcome, context } = workspace;
    report = await outcome<ForgetReport>(
      await client.keeping.forget({
        params: { customerId: person },
        body: { confirm: person, note: 'asked' },
      }),
    );
    expect(await searchTables(context.engine, strings)).toEqual([]);
    expect(await searchFiles(context.engine, workspace.folder, strings)).toEqual([]);
    await context.engine.run(raw('CHECKPOINT'));
    expect(await searchFiles(context.engine, workspace.folder, strings)).toEqual([]);
  }, 60_000);

  it('tells what it did, without the person', async () => {
    const text = JSON.stringify(report);
    for (const one of strings) expect(text).not.toContain(one);
    const did = report.lines.map(({ place, action }) => `${action} ${place}`);
    expect(did).toEqual(
      expect.arrayContaining([
        'erased customers',
        'erased snapshots',
        'pseudonymised assignments',
        'kept kept_outcomes',
        'emptied rejects',
        'emptied jobs',
        'removed uploads/complaints.csv',
        'removed uploads/customers.csv.gz',
        'removed uploads/wide.txt',
        'removed ensayo.duckdb.before-3',
        `rewritten exports/${workspace.run.id}/messages.csv`,
      ]),
    );
    expect((await workspace.client.keeping.reports()).reports[0]).toEqual(report);
    expect(readFileSync(join(workspace.folder, 'uploads/innocent.csv'), 'utf8')).toBe('a,b\n1,2\n');
  });

  it('keeps the counts of experiments and what became of the person, under a random name', async () => {
    expect(await armCounts()).toEqual(counts);
    const { engine } = workspace.context;
    const kept = await engine.first<{ experiment_id: string; observed_until: string }>(
      sql`SELECT * FROM kept_outcomes WHERE customer_id = ${report.token}`,
    );
    expect(kept?.experiment_id).toBe(workspace.run.experimentId);
    const [experiment] = (await workspace.client.experiments.list()).experiments;
    const assigned = experiment?.arms.reduce((sum, arm) => sum + arm.assigned, 0);
    expect(experiment?.arms.reduce((sum, arm) => sum + arm.planned, 0)).toBe(assigned);
  });

  it('writes into the manifest why the files are no longer those that left', async () => {
    const { run, client } = workspace;
    const path = run.manifestPath ?? '';
    const manifest = JSON.parse(readFileSync(path, 'utf8')) as Manifest;
    expect(manifest.rows).toBe(run.rows - 1);
    expect(manifest.erased?.[0]).toMatchObject({
      rows: 1,
      parts: run.manifest?.parts.map(({ path: name, sha256 }) => ({ path: name, was: sha256 })),
    });
    expect((await client.exports.get({ params: { exportId: run.id } })).manifest).toEqual(manifest);
    const lines = readFileSync(join(dirname(path), 'messages.csv'), 'utf8')
      .trimEnd()
      .split('\n');
    expect(lines.length).toBeGreaterThan(run.rows - 1);
  });

  it('says so where they are looked for, and cards say that people were erased since', async () => {
    const { client } = workspace;
    await expect(client.people.get({ params: { customerId: person } })).rejects.toMatchObject({
      code: 'person_forgotten',
    });
    await expect(
      client.keeping.forget({ params: { customerId: person }, body: { confirm: person } }),
    ).rejects.toMatchObject({ code: 'person_forgotten' });
    const [version] = (await client.models.list()).versions;
    expect(version?.card.warnings.map(({ code }) => code)).toContain('people_erased');
  });

  it('never takes them back: rows of a later load are dropped, without their values', async () => {
    const { context, client, folder } = workspace;
    const file = join(folder, 'uploads', 'customers.csv');
    writeFileSync(file, `customer_id,jurisdiction\n${person},CO\nNEWCOMER1,CO\n`);
    const other = join(folder, 'uploads', 'accounts.csv');
    writeFileSync(other, `account_id,customer_id,currency\nOTHER-1,${person},COP\nOTHER-2,NEWCOMER1,COP\n`);
    const third = join(folder, 'uploads', 'snapshots.csv');
    writeFileSync(
      third,
      'account_id,as_of,balance,days_past_due\nOTHER-1,2026-10-31,10,1\nOTHER-2,2026-10-31,10,1\n',
    );
    for (const name of ['customers.csv', 'accounts.csv', 'snapshots.csv']) {
      const { load } = await workspace.outcome<{
        load: { loadId: number; rejected: number; tables: { rows: number }[] };
      }>(await client.loads.create({ body: { file: name, recipe: 'ensayo', maxRejectedShare: 0 } }));
      expect(load.tables.map(({ rows }) => rows)).toEqual([1]);
      expect(load.rejected).toBe(1);
      const rejects = await context.engine.rows(
        sql`SELECT value, reason, row_number, file FROM rejects WHERE load_id = ${load.loadId}`,
      );
      expect(rejects).toEqual([{ value: null, reason: 'reject_forgotten', row_number: 1, file: name }]);
    }
    expect(await searchTables(context.engine, [person])).toEqual([]);
    expect(
      await context.engine.first(
        sql`SELECT 1 AS one FROM ${ident('current_snapshots')} WHERE account_id = 'OTHER-2'`,
      ),
    ).toEqual({ one: 1 });
  });
});
