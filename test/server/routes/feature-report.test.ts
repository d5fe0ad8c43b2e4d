import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FeatureReport } from '#core/contract/models/feature-report.ts';
import { raw } from '#core/sql/sql.ts';
import { insertLearnableBook, learnableDates } from '../../support/books/learnable-book.ts';
import { startTestServer, type TestServer } from '../../support/servers/server.ts';

let server: TestServer;
const params = { model: 'self-cure' };
const make = async (body: object = {}) =>
  server.workspace.context.jobs.finished((await server.client.features.make({ params, body })).id);

beforeAll(async () => {
  server = await startTestServer();
  await server.workspace.context.engine.transaction((session) => insertLearnableBook(session, 600));
});
afterAll(() => server.close());

describe('a report on features', () => {
  let report: FeatureReport;
  beforeAll(async () => {
    expect(await server.client.features.get({ params })).toEqual({
      report: null,
      madeAt: null,
      current: false,
    });
    const job = await make();
    expect(job.error).toBeNull();
    const kept = await server.client.features.get({ params });
    expect(kept.current).toBe(true);
    report = kept.report!;
  });

  it('describes every column of every family at hand, on the dates with an outcome', () => {
    expect(report.dates).toEqual(learnableDates.slice(3, -1));
    const { features } = server.workspace.context.registry;
    const absent = report.absent.map(({ id }) => id);
    expect(absent).toEqual(['contacts', 'promises', 'reachability']);
    const families = new Set(report.features.map(({ family }) => family));
    expect([...families].sort()).toEqual([...features.keys()].filter((id) => !absent.includes(id)));
    for (const { bins, known } of report.features) {
      expect(bins.reduce((sum, { n }) => sum + n, 0)).toBe(report.rows);
      expect(known.es).not.toBe('');
    }
  });

  it('puts what the book was made of above what says nothing', () => {
    const of = (name: string) => report.features.find((one) => one.name === name)!;
    expect(of('balance_relative').information.strength).not.toBe('chance');
    expect(of('currency').information).toMatchObject({ estimate: null, reason: 'one_bin' });
    expect(of('dpd_mean_6m').correlated.map(({ name }) => name)).toContain('dpd_mean_3m');
    expect(of('days_past_due').byDate.map(({ asOf }) => asOf)).toEqual(report.dates);
  });

  it('is of earlier data once there is newer', async () => {
    await server.workspace.context.engine.run(
      raw(`INSERT INTO loads (load_id, state, recipe, recipe_hash, files, tables, rejected, simulated, loaded_at, by_principal)
        VALUES (2, 'live', 'test', 'r', '[]', '[]', 0, true, TIMESTAMP '2026-09-02', 'owner')`),
    );
    expect(await server.client.features.get({ params })).toMatchObject({ current: false, report });
  });

  it('says which date or parameter it cannot do', async () => {
    expect((await make({ asOf: ['2026-02-15'] })).error?.code).toBe('as_of_not_snapshot');
    await expect(make({ question: { horizonDays: 0 } })).rejects.toMatchObject({
      problem: { code: 'invalid_input' },
    });
  });
});
