import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { FeatureFamily } from '#core/features/feature.ts';
import { raw } from '#core/sql/sql.ts';
import { insertLearnableBook, learnableDates } from '../../../support/books/learnable-book.ts';
import { approveWithReasons } from '../../../support/models/approve.ts';
import { startTestServer, type TestServer } from '../../../support/servers/server.ts';
import { futureRow, infinite, joinedOutcome, planted, strong } from './plants.ts';

let server: TestServer;
const versions = async () => (await server.client.models.list()).versions.length;
const engine = () => server.workspace.context.engine;
const families = () => server.workspace.context.registry.features as unknown as Map<string, FeatureFamily>;

const train = async (body: Record<string, unknown> = {}) => {
  const job = await server.client.models.train({ params: { model: 'self-cure' }, body });
  return server.workspace.context.jobs.finished(job.id);
};

beforeAll(async () => {
  server = await startTestServer();
  await engine().transaction((session) => insertLearnableBook(session, 500));
  await engine().run(
    raw(`CREATE TABLE outcome_list AS SELECT s.account_id, s.as_of, n.days_past_due = 0 AS flag
    FROM current_snapshots s JOIN current_snapshots n ON n.account_id = s.account_id
      AND n.as_of = last_day(s.as_of + INTERVAL 1 MONTH)`),
  );
});
afterAll(() => server.close());
afterEach(() => families().delete('planted'));

describe('a planted leak stops training, by name, and leaves nothing', () => {
  it.each([
    ['a row of the future', futureRow(), 'leak_feature', 'dpd_soon'],
    ['the target, through a table joined on the account', joinedOutcome(), 'leak_feature', 'list_flag'],
    ['a column of AUC above .95', strong(0.96), 'leak_feature', 'risk_grade'],
    ['the length of the call', planted('duration', '1'), 'leak_written_after', 'duration'],
    ['the last payment', planted('last_payment_date', '1'), 'leak_written_after', 'last_payment_date'],
    ['the state of today', planted('current_status', '1'), 'leak_written_after', 'current_status'],
    ['a protected attribute', planted('birth_year', '1980'), 'protected_feature', 'birth_year'],
    [
      'a protected attribute under its fairness name',
      planted('fair_sex', '1'),
      'protected_feature',
      'fair_sex',
    ],
    ['infinite values', infinite(), 'infinite_values', 'ratio'],
  ] as const)('%s', async (_, family, code, column) => {
    families().set('planted', family);
    const before = await versions();
    const { state, error } = await train();
    expect([state, error?.code, error?.details?.column]).toEqual(['failed', code, column]);
    expect(await versions()).toBe(before);
  });

  it('a status that comes from nowhere', async () => {
    const last = learnableDates[6];
    await engine().run(
      raw(`UPDATE snapshots SET status = 'new_code' WHERE as_of = DATE '${last}' AND status = 'a'`),
    );
    expect((await train()).error).toMatchObject({
      code: 'leak_status_code',
      details: { code: 'new_code', asOf: last },
    });
    await engine().run(raw(`UPDATE snapshots SET status = 'a' WHERE status = 'new_code'`));
  });
});

describe('a column that is only strong', () => {
  it('of AUC above .85 wants a written reason before the version is approved', async () => {
    families().set('planted', strong(0.5));
    const job = await train();
    expect(job.error).toBeNull();
    const { versionId } = job.result as { versionId: string };
    const { card } = await server.client.models.get({ params: { versionId } });
    const found = card.leakReasons.find(({ column }) => column === 'risk_grade')!;
    expect(found.auc).toBeGreaterThan(0.85);
    expect(found.reason).toBeNull();
    expect(card.warnings.map(({ code }) => code)).toContain('strong_column');
    const approval = server.client.models.approve({ params: { versionId }, body: { name: 'Ana' } });
    await expect(approval).rejects.toMatchObject({ problem: { code: 'leak_reason_missing' } });
    expect((await approveWithReasons(server.client, versionId, { name: 'Ana' })).state).toBe('champion');
  });

  it('with the reason given when training was asked for, it is on the card, of another version', async () => {
    families().set('planted', strong(0.5));
    const bare = await train();
    const reasons = { risk_grade: 'Given by the bureau on the first of the month' };
    const job = await train({ reasons });
    const { versionId } = job.result as { versionId: string };
    expect(versionId).not.toBe((bare.result as { versionId: string }).versionId);
    const { card } = await server.client.models.get({ params: { versionId } });
    expect(card.leakReasons.find(({ column }) => column === 'risk_grade')?.reason).toBe(reasons.risk_grade);
    expect(card.features.find(({ name }) => name === 'risk_grade')?.known?.en).toBe('Planted');
  });

  it('that alone gives over 60 % of the gain wants one too', async () => {
    const job = await train();
    const { versionId } = job.result as { versionId: string };
    const { card } = await server.client.models.get({ params: { versionId } });
    expect(card.leakReasons).toHaveLength(1);
    expect(card.leakReasons[0]!.auc).toBeLessThan(0.85);
    expect(card.warnings.map(({ code }) => code)).toContain('one_column_rules');
  });
});

describe('at the end, as it cannot be undone', () => {
  it('a rate that moves by more than half stops training', async () => {
    await engine().run(
      raw(
        `UPDATE snapshots SET days_past_due = 0 WHERE as_of = DATE '${learnableDates[7]}' AND days_past_due > 0`,
      ),
    );
    expect((await train()).error).toMatchObject({
      code: 'target_drift',
      details: { asOf: learnableDates[6], rate: 1 },
    });
  });
});
