import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RemoteError } from '#core/contract/client.ts';
import { isoDate } from '#core/contract/common.ts';
import { modelCard } from '#core/contract/models/card.ts';
import { registeredVersion } from '#core/contract/models/models.ts';
import { raw, sql } from '#core/sql/sql.ts';
import { scoreSources } from '#server/store/portfolio/facts.ts';
import { insertLearnableBook, learnableDates } from '../../../support/books/learnable-book.ts';
import { startTestServer, type TestServer } from '../../../support/servers/server.ts';

const last = learnableDates.at(-1)!;
const ana = { name: 'Ana Ruiz', note: 'Leída' };

let server: TestServer;
let first: string;
let second: string;

const problemOf = async (work: Promise<unknown>) =>
  work.then(
    () => undefined,
    (error: unknown) => (error instanceof RemoteError ? error.problem : undefined),
  );
async function train(seed: number): Promise<string> {
  const job = await server.client.models.train({ params: { model: 'self-cure' }, body: { seed } });
  const { result } = await server.workspace.context.jobs.finished(job.id);
  const { versionId } = result as { versionId: string };
  const { card } = await server.client.models.get({ params: { versionId } });
  const reasons = Object.fromEntries(card.leakReasons.map(({ column }) => [column, 'Known that day']));
  await server.client.versionStates.explain({ params: { versionId }, body: { name: 'Ana', reasons } });
  return versionId;
}
const get = (versionId: string) => server.client.models.get({ params: { versionId } });
const act = (what: 'challenge' | 'retire' | 'reinstate', versionId: string, body = ana) =>
  server.client.versionStates[what]({ params: { versionId }, body });
const approve = (versionId: string) => server.client.models.approve({ params: { versionId }, body: ana });

/** Changes what a card says, as a training that found something else would. */
async function rewrite(versionId: string, changes: object): Promise<void> {
  const { card } = await get(versionId);
  const text = JSON.stringify(modelCard.parse({ ...card, ...changes }));
  await server.workspace.context.engine.run(
    sql`UPDATE model_versions SET card = ${text} WHERE version_id = ${versionId}`,
  );
}

beforeAll(async () => {
  server = await startTestServer();
  await server.workspace.context.engine.transaction((session) => insertLearnableBook(session, 700));
  first = await train(1);
  second = await train(2);
});
afterAll(() => server.close());

describe('a version', () => {
  it('begins as a candidate, with its training as its history', async () => {
    const version = registeredVersion.parse(await get(first));
    expect(version).toMatchObject({ state: 'candidate', expired: false, approvedBy: null });
    expect(version.history).toEqual([
      { state: 'candidate', at: version.createdAt, by: 'owner', name: null, note: '' },
    ]);
  });

  it('is not approved without a name', async () => {
    const body = { name: '  ', note: '' };
    const refused = server.client.models.approve({ params: { versionId: first }, body });
    expect((await problemOf(refused))?.code).toBe('invalid_input');
  });

  it('is not approved, nor made a challenger, while a very strong column has no reason', async () => {
    const strong = (reason: string | null) => ({ column: 'dpd_now', auc: 0.91, reason });
    await rewrite(first, { leakReasons: [strong(null), { ...strong('Known that day'), column: 'other' }] });
    for (const attempt of [approve, (id: string) => act('challenge', id)])
      expect(await problemOf(attempt(first))).toMatchObject({
        code: 'leak_reason_missing',
        details: { columns: 'dpd_now' },
      });
    expect((await get(first)).state).toBe('candidate');
    const explain = (reasons: Record<string, string>) =>
      server.client.versionStates.explain({ params: { versionId: first }, body: { name: 'Ana', reasons } });
    expect((await problemOf(explain({ luck: 'x' })))?.code).toBe('leak_column_unknown');
    const { card } = await explain({ dpd_now: 'It is the day’s own balance sheet' });
    expect(card.leakReasons.map(({ reason }) => reason)).toEqual([
      'It is the day’s own balance sheet',
      'Known that day',
    ]);
  });

  it('is not approved once its card has expired, and the refusal says since when', async () => {
    const { card } = await get(second);
    await rewrite(second, { expiresOn: '2020-01-31' });
    expect((await get(second)).expired).toBe(true);
    const problem = await problemOf(approve(second));
    expect(problem).toMatchObject({ code: 'version_expired', details: { expiresOn: '2020-01-31' } });
    expect(isoDate.safeParse(problem?.details.today).success).toBe(true);
    await rewrite(second, { expiresOn: card.expiresOn });
  });

  it('has nothing to be held against while there is no champion', async () => {
    const asked = server.client.swapSets.get({ params: { versionId: first } });
    expect((await problemOf(asked))?.code).toBe('nothing_to_swap');
  });

  it('becomes champion by name, and the next champion makes it a challenger', async () => {
    expect(await approve(first)).toMatchObject({ state: 'champion', approvedBy: 'Ana Ruiz' });
    expect((await approve(second)).state).toBe('champion');
    const before = await get(first);
    expect(before.state).toBe('challenger');
    expect(before.history.map(({ state, name, note }) => [state, name, note])).toEqual([
      ['candidate', null, ''],
      ['champion', 'Ana Ruiz', 'Leída'],
      ['challenger', null, second.slice(0, 10)],
    ]);
  });

  it('is held against the champion before it, on rows neither learnt from', async () => {
    const ask = (versionId: string, query = {}) =>
      server.client.swapSets.get({ params: { versionId }, query });
    const swaps = await ask(second);
    const { card } = await get(second);
    expect(swaps).toMatchObject({ against: first, share: 0.2, dates: card.validation.testedOn });
    const whole = swaps.cells.filter(({ part }) => part === 'all');
    const sum = (key: 'n' | 'events') => whole.reduce((total, cell) => total + cell[key], 0);
    const all = card.results.find(({ population }) => population === 'all')!;
    expect([sum('n'), sum('events'), swaps.rows]).toEqual([all.n, all.events, all.n]);
    const n = (move: string) => whole.find((cell) => cell.move === move)!.n;
    expect(n('in')).toBe(n('out'));
    expect(n('in') + n('both')).toBe(swaps.selected);
    expect(swaps.selected).toBe(Math.round(0.2 * all.n));
    const itself = await ask(second, { against: second, share: 0.5 });
    expect(itself.cells.find(({ part, move }) => part === 'all' && move === 'in')!.n).toBe(0);
    expect((await ask(first)).against).toBe(second);
  });

  it('made a challenger may score beside the champion', async () => {
    const third = await train(3);
    expect((await act('challenge', third)).state).toBe('challenger');
    expect((await problemOf(act('challenge', third)))?.code).toBe('version_state');
    const job = await server.client.scores.create({ body: { versionId: third } });
    expect((await server.workspace.context.jobs.finished(job.id)).state).toBe('done');
    const { engine } = server.workspace.context;
    expect(await scoreSources(engine, last)).toMatchObject([{ versionId: third }]);
    await act('retire', third);
    expect(await scoreSources(engine, last)).toEqual([]);
    const again = await server.client.scores.create({ body: { versionId: third } });
    expect((await server.workspace.context.jobs.finished(again.id)).error?.code).toBe('version_retired');
    expect((await problemOf(act('retire', third)))?.code).toBe('version_retired');
  });

  it('in use is not retired while it is the champion, and the refusal names what rests on it', async () => {
    const job = await server.client.scores.create({ body: {} });
    await server.workspace.context.jobs.finished(job.id);
    const segment = await server.client.segments.create({
      body: { name: 'Se curan', condition: { all: [{ not: { score: 'self-cure', to: 0.0001 } }] } },
    });
    await server.workspace.context.engine.run(sql`INSERT INTO designs (experiment_id, state, design, sizing, texts, plan_hash, as_of, data_version, balance, created_at, by_principal) VALUES ('e1', 'draft',
      ${JSON.stringify({ name: 'Tono', segmentId: segment.id, metric: { horizonDays: 30 } })}, '{}', '[]', NULL,
      CAST(${last} AS DATE), 'x', NULL, TIMESTAMP '2026-09-01', 'owner')`);
    const problem = await problemOf(act('retire', second));
    expect(problem).toMatchObject({ code: 'version_in_use', details: { names: 'Se curan, Tono' } });
    expect((await get(second)).state).toBe('champion');
  });

  it('is retired once another took its place, and brought back only as a candidate', async () => {
    await approve(first);
    expect((await act('retire', second)).state).toBe('retired');
    expect((await problemOf(approve(second)))?.code).toBe('version_retired');
    expect((await problemOf(act('reinstate', first)))?.code).toBe('version_state');
    const body = { name: 'Ana Ruiz', note: '' };
    expect((await problemOf(act('reinstate', second, body)))?.code).toBe('invalid_input');
    const back = await act('reinstate', second, { name: 'Ana Ruiz', note: 'Otra mirada' });
    expect(back).toMatchObject({ state: 'candidate', approvedBy: null, approvalNote: null });
    expect(back.history.at(-1)).toMatchObject({ state: 'candidate', name: 'Ana Ruiz', note: 'Otra mirada' });
  });

  it('without anything resting on it, the champion is retired and its model has none', async () => {
    const { engine } = server.workspace.context;
    await engine.run(raw('DELETE FROM designs'));
    await engine.run(raw('DELETE FROM segments'));
    await act('retire', first);
    const job = await server.client.scores.create({ body: {} });
    expect((await server.workspace.context.jobs.finished(job.id)).error?.code).toBe('no_champion');
  });
});

it('keeps every decision in the audit log, and asks the permission to approve', async () => {
  const rows = await server.workspace.context.engine.rows<{ action: string }>(
    sql`SELECT DISTINCT action FROM audit WHERE action LIKE 'model.%' ORDER BY action`,
  );
  expect(rows.map(({ action }) => action)).toEqual([
    'model.approved',
    'model.challenger',
    'model.explained',
    'model.reinstated',
    'model.retired',
  ]);
  const answer = await fetch(`${server.origin}/api/v1/models/versions/${first}/retirement`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${await server.token(['model:read'])}`,
      'content-type': 'application/json',
    },
    body: JSON.stringify(ana),
  });
  expect(answer.status).toBe(403);
});
