import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, isAbsolute, join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Batch } from '#core/contract/delivery/batches.ts';
import type { ExportRun, Manifest } from '#core/contract/delivery/exports.ts';
import { sql } from '#core/sql/sql.ts';
import { moveBatch } from '#server/store/contact/batches.ts';
import {
  all,
  type FixtureOptions,
  type Person,
  putExperiment,
  runJob,
  textsOf,
} from '../../../support/contact/contact-fixture.ts';
import { openTestWorkspace, type TestWorkspace } from '../../../support/workspace.ts';

let workspace: TestWorkspace;
beforeEach(async () => {
  workspace = await openTestWorkspace();
});
afterEach(() => workspace.close());

const people: Person[] = [
  ...Array.from({ length: 12 }, (_, i) => ({ id: `p${String(i).padStart(2, '0')}` })),
  { id: 'x0', flag: 'dispute' },
  { id: 'en', language: 'en-US' },
];
const check = () => runJob<Batch>(workspace.context, 'check', { experimentId: 'exp', touch: 1 });
const send = (batch: Batch, options: Record<string, unknown> = {}) =>
  runJob<ExportRun>(workspace.context, 'export', { batchId: batch.id, destination: 'file', options });

async function prepared(options: FixtureOptions = {}): Promise<Batch> {
  await putExperiment(workspace.context, people, { sendOn: '2026-03-03', ...options });
  return check();
}

const bytesOf = (run: ExportRun, path: string) => readFileSync(join(dirname(run.manifestPath ?? ''), path));
const csvOf = (run: ExportRun) =>
  parse(bytesOf(run, 'messages.csv'), { columns: true }) as Record<string, string>[];

describe('export', () => {
  it('writes CSV and Parquet with a manifest that holds', async () => {
    const batch = await prepared();
    const run = await send(batch);
    expect(run).toMatchObject({ state: 'done', rows: 13, excluded: 1, guarantee: 'idempotent' });
    expect(run.rows + run.excluded).toBe(batch.assigned);
    expect(isAbsolute(run.manifestPath ?? '')).toBe(true);
    const manifest = JSON.parse(readFileSync(run.manifestPath ?? '', 'utf8')) as Manifest;
    expect(manifest).toEqual(run.manifest);
    expect(Object.keys(manifest)).toEqual(['run', 'schema', 'rows', 'assumptions', 'parts']);
    expect(manifest.parts.map((part) => part.path)).toEqual(['messages.csv', 'messages.parquet']);
    for (const part of manifest.parts) {
      const bytes = bytesOf(run, part.path);
      expect([part.rows, part.bytes, part.sha256]).toEqual([
        13,
        bytes.length,
        createHash('sha256').update(bytes).digest('hex'),
      ]);
    }
    expect(readdirSync(dirname(run.manifestPath ?? '')).toSorted()).toEqual([
      'manifest.json',
      'messages.csv',
      'messages.parquet',
    ]);
  });

  it('gives each person one row: text of their arm in their language, window, rule set and reason', async () => {
    const rows = csvOf(await send(await prepared()));
    expect(rows.map((row) => row.customer_id)).toEqual([...rows.map((row) => row.customer_id)].toSorted());
    const english = rows.find((row) => row.customer_id === 'en');
    expect(english).toMatchObject({
      experiment: 'Prueba',
      plan: 'plan',
      touch: '1',
      channel: 'sms',
      language: 'en',
      variables: '{"dias_mora":"12","importe":"COP 1250.50"}',
      send_not_before: '2026-03-03T15:00:00Z',
      send_before: '2026-03-04T00:00:00Z',
      send_not_before_local: '2026-03-03T10:00:00',
      send_before_local: '2026-03-03T19:00:00',
      time_zone: 'America/Bogota',
      rule_set: 'CO-2300 v1',
    });
    expect(english?.text).toBe(`${english?.arm} en: {{importe}} ({{dias_mora}}) {{nombre}}`);
    expect(english?.reason).toBe(`Arm ${english?.arm} by lot; passes rule set CO-2300 v1`);
    expect(rows[1]?.reason).toMatch(/^Brazo \w+ por sorteo; pasa el conjunto de reglas CO-2300 v1$/);
    expect(Object.keys(rows[0] ?? {})).not.toContain('address');
  });

  it('gives the same bytes for the same data in another workspace', async () => {
    const first = await send(await prepared());
    const other = await openTestWorkspace();
    try {
      await putExperiment(other.context, people.toReversed(), {
        sendOn: '2026-03-03',
        experimentId: 'again',
      });
      await other.context.engine.run(
        sql`UPDATE assignments SET arm = (CASE customer_id ${{
          text: people
            .map(
              (_, i) =>
                `WHEN '${people[i]?.id}' THEN '${['neutral', 'loss_aversion', 'social_proof'][i % 3]}'`,
            )
            .join(' '),
          values: [],
        }} END)`,
      );
      const batch = await runJob<Batch>(other.context, 'check', { experimentId: 'again', touch: 1 });
      const second = await runJob<ExportRun>(other.context, 'export', {
        batchId: batch.id,
        destination: 'file',
        options: {},
      });
      expect(second.id).not.toBe(first.id);
      expect(second.manifest?.parts).toEqual(first.manifest?.parts);
    } finally {
      await other.close();
    }
  });

  it('commits rows, batch, reservation, experiment and audit together', async () => {
    const batch = await prepared();
    const run = await send(batch);
    const { context } = workspace;
    const states = async (table: string, order: string) =>
      (await all(context, table, order)).map((row) => row.state);
    expect(await states('export_rows', 'state, customer_id')).toEqual([
      'excluded',
      ...Array.from({ length: 13 }, () => 'written'),
    ]);
    expect(await states('batches', 'batch_id')).toEqual(['exported']);
    expect(new Set(await states('contact_checks', 'customer_id'))).toEqual(new Set(['sent']));
    expect(await states('designs', 'experiment_id')).toEqual(['exported']);
    const audit = await all(context, 'audit', 'happened_at, action');
    expect(audit.find((row) => row.action === 'export.done')).toMatchObject({
      subject: run.id,
      principal_id: 'owner',
    });
    const keys = (await all(context, 'export_rows', 'message_key')).map((row) => row.message_key);
    expect(new Set(keys).size).toBe(14);
    expect(keys).toEqual(expect.arrayContaining(csvOf(run).map((row) => row.message_key)));
  });

  it('never sends twice', async () => {
    const batch = await prepared();
    await send(batch);
    await expect(send(batch)).rejects.toThrow('batch_exported');
    await expect(check()).rejects.toThrow('already_sent');
    expect((await all(workspace.context, 'export_runs', 'export_id')).length).toBe(1);
  });

  it('lets one of two runs begun at once through', async () => {
    const batch = await prepared();
    const both = await Promise.allSettled([send(batch), send(batch)]);
    expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  });

  it('refuses a batch another run is at work on, and takes it up when that run was given up', async () => {
    const batch = await prepared();
    const { context } = workspace;
    await moveBatch(context.engine, batch.id, 'reserved', 'exporting');
    await context.engine.run(
      sql`INSERT INTO export_runs (export_id, batch_id, experiment_id, destination, options, state, rows_sent, rows_excluded, manifest_path, manifest, started_at, finished_at, by_principal)
        VALUES ('dead', ${batch.id}, 'exp', 'file', '{}', 'writing', 13, 1, NULL, NULL, '2026-03-02', NULL, 'owner')`,
    );
    await context.engine.run(sql`INSERT INTO jobs (job_id, kind, input, input_hash, state, attempts, outputs, created_at, by_principal)
      VALUES ('dead', 'export', '{}', '', 'queued', 0, '{}', '2026-03-02', 'owner')`);
    await expect(send(batch)).rejects.toThrow('batch_exported');
    await expect(check()).rejects.toThrow('already_sent');
    await context.engine.run(sql`UPDATE jobs SET state = 'cancelled' WHERE job_id = 'dead'`);
    expect(await send(batch)).toMatchObject({ state: 'done' });
    expect((await all(context, 'export_runs', 'state')).map((row) => row.state)).toEqual(['done', 'failed']);
  });

  it('cancelled while it writes, leaves nothing and can be done again', async () => {
    const batch = await prepared();
    const { jobs } = workspace.context;
    const { id } = await jobs.submit({
      kind: 'export',
      input: { batchId: batch.id, destination: 'file', options: {} },
      by: 'owner',
    });
    const job = await jobs.finished(id, ({ steps, state }) => {
      const writing = steps.some((step) => step.name === 'write' && step.state === 'running');
      if (writing && state === 'running') void jobs.cancel(id);
    });
    expect(job.state).toBe('cancelled');
    expect(readdirSync(join(workspace.folder, 'exports'))).toEqual([]);
    expect(await all(workspace.context, 'export_rows', 'customer_id')).toEqual([]);
    expect(await send(batch)).toMatchObject({ state: 'done', rows: 13 });
  });

  it('asks for a name before a real send under unverified rules, and none for a simulated one', async () => {
    await putExperiment(workspace.context, [{ id: 'pe', jurisdiction: 'PE' }], { sendOn: '2026-03-03' });
    const batch = await check();
    expect(batch.unverified.map(({ ruleSet, rule }) => `${ruleSet} ${rule}`)).toContain(
      'PE-29571 permission',
    );
    await expect(send(batch)).rejects.toThrow('unverified_rules');
    const accepted = await runJob<Batch>(workspace.context, 'check', {
      experimentId: 'exp',
      touch: 1,
      acceptUnverifiedBy: 'Ana Pérez',
    });
    const run = await send(accepted);
    expect(run.manifest?.assumptions).toMatchObject({ acceptedUnverifiedBy: 'Ana Pérez' });
  });

  it('refuses when the reserved window has passed', async () => {
    const batch = await prepared();
    await workspace.context.engine.run(sql`UPDATE settings SET value = '"2026-03-09"' WHERE name = 'today'`);
    await expect(send(batch)).rejects.toThrow('reservation_expired');
  });

  it('refuses a batch with nobody cleared', async () => {
    const batch = await prepared({ sendOn: '2026-03-08' });
    await expect(send(batch)).rejects.toThrow('nothing_cleared');
  });

  it('ranks people for a dialler, cuts by daily capacity across runs, and logs who was cut', async () => {
    const batch = await prepared();
    const { context } = workspace;
    const options = { formats: ['csv'], rankBy: 'lot', capacity: 5 };
    const run = await send(batch, options);
    const rows = csvOf(run);
    expect(rows.map(({ rank }) => rank)).toEqual(['1', '2', '3', '4', '5']);
    expect(rows.map(({ message_key }) => message_key)).toEqual(
      rows.map(({ message_key }) => message_key).toSorted(),
    );
    expect(rows.every(({ send_before }) => send_before === '2026-03-04T00:00:00Z')).toBe(true);
    expect(run).toMatchObject({ states: { written: 5, withheld: 8, excluded: 1 } });
    const log = await all(context, 'export_rows', 'customer_id');
    const cut = log.filter(({ state }) => state === 'withheld');
    expect(new Set(cut.map(({ reason }) => reason))).toEqual(new Set(['capacity']));
    const sent = new Set(rows.map(({ customer_id }) => customer_id));
    expect(cut.some(({ customer_id }) => sent.has(String(customer_id)))).toBe(false);
    const checks = await all(context, 'contact_checks', 'customer_id');
    expect(checks.filter(({ state }) => state === 'sent').map(({ customer_id }) => customer_id)).toEqual(
      [...sent].toSorted(),
    );
    await putExperiment(context, people, { sendOn: '2026-03-03', experimentId: 'exp2', assignOnly: true });
    const next = await runJob<Batch>(context, 'check', { experimentId: 'exp2', touch: 1 });
    const second = await send(next, { ...options, capacity: 7 });
    expect(second.states.written).toBe(Math.min(2, next.cleared));
  });

  it('neutralises cells a spreadsheet would run, in CSV only', async () => {
    const batch = await prepared({ texts: textsOf('=HYPERLINK("http://x","y") ') });
    const run = await send(batch);
    expect(csvOf(run)[0]?.text?.startsWith('\'=HYPERLINK("http://x","y") ')).toBe(true);
    const folder = dirname(run.manifestPath ?? '');
    const [row] = await workspace.context.engine.rows<{ text: string }>(
      sql`SELECT text FROM ${workspace.context.engine.dialect.parquetFile(join(folder, 'messages.parquet'))} LIMIT 1`,
    );
    expect(row?.text.startsWith('=HYPERLINK')).toBe(true);
  });

  it.each([
    [{ formats: ['xml'] }, 'destination_options'],
    [{ directory: 'not/absolute' }, 'destination_options'],
    [{ surprise: 1 }, 'destination_options'],
    [{ directory: '/proc/nowhere' }, 'folder_unusable'],
  ])('refuses options %j and leaves the batch as it was', async (options, code) => {
    const batch = await prepared();
    await expect(send(batch, options)).rejects.toThrow(code);
    expect((await all(workspace.context, 'batches', 'batch_id')).map((row) => row.state)).toEqual([
      'reserved',
    ]);
    expect(existsSync(join(workspace.folder, 'exports'))).toBe(false);
    expect(await send(batch)).toMatchObject({ state: 'done', rows: 13 });
  });
});
