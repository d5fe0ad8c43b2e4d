import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { raw, sql } from '#core/sql/sql.ts';
import { pauseExperiment } from '#server/store/experiments/lifecycle.ts';
import { writeSetting } from '#server/store/workspace.ts';
import { assign, designOf, openBook, problemOf, saveSegment } from '../../support/experiments/experiments.ts';
import type { TestServer } from '../../support/servers/server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await openBook();
  await writeSetting(server.workspace.context.engine, 'today', '2026-11-01');
});
afterAll(() => server.close());

const tables = ['assignments', 'designs', 'experiment_events', 'experiment_plans', 'draws', 'exits', 'skips'];
beforeEach(async () => {
  await server.workspace.context.engine.run(raw(tables.map((name) => `DELETE FROM ${name}`).join('; ')));
  await writeSetting(server.workspace.context.engine, 'today', '2026-11-01');
});

const begun = async (given: Parameters<typeof designOf>[1] = {}) => {
  const made = await server.client.experiments.create({
    body: designOf(await saveSegment(server), { entryDays: 4, ...given }),
  });
  await assign(server, made.id);
  return { experimentId: made.id };
};
const today = (day: string) => writeSetting(server.workspace.context.engine, 'today', day);
const client = () => server.client.experimentLifecycle;

describe('an experiment under way', () => {
  it('starts with a plan in its first version and a draw whose waves are balanced', async () => {
    const params = await begun();
    const state = await client().get({ params });
    expect(state).toMatchObject({ status: 'running', planVersion: 1 });
    expect(state.events.map(({ kind }) => kind)).toEqual(['started']);
    expect(state.versions).toEqual([expect.objectContaining({ version: 1, changes: [] })]);
    const [draw] = state.draws;
    expect(draw).toMatchObject({ tried: 1, accepted: 1, cohort: '2026-11-01' });
    expect(draw!.waves.length).toBe(4);
    expect(draw!.waves.reduce((sum, { people }) => sum + people, 0)).toBe(draw!.people);
    expect(state.startsOn).toBe(draw!.waves[0]!.entersOn);
    expect(state.entersUntil).toBe(draw!.waves[3]!.entersOn);
    const { draws } = await client().balance({ params });
    expect(new Set(draws[0]!.rows.map(({ wave }) => wave))).toEqual(new Set([null, 1, 2, 3, 4]));
  });

  it('paused lets nobody enter, and goes on with its waves in their order', async () => {
    const params = await begun();
    const before = (await client().get({ params })).draws[0]!.waves.map(({ entersOn }) => entersOn);
    await today(before[1]!);
    const paused = await client().pause({ params, body: { reason: 'Una cifra dejó de ser cierta' } });
    expect(paused.status).toBe('paused');
    expect(paused.events.at(-1)).toMatchObject({
      kind: 'paused',
      reason: 'Una cifra dejó de ser cierta',
      by: 'owner',
    });
    expect(await problemOf(client().pause({ params, body: { reason: 'x' } }))).toMatch(
      /^experiment_not_running/,
    );
    const job = await server.workspace.context.jobs.finished(
      (await client().runDay({ params, body: {} })).id,
    );
    expect(job.error?.code).toBe('experiment_not_running');
    await today('2026-11-20');
    const state = await client().resume({ params, body: { reason: 'Se corrigió' } });
    const entered = await server.workspace.context.engine.rows<{ wave: number; day: string }>(
      sql`SELECT DISTINCT wave, entered_on AS day FROM assignments WHERE experiment_id = ${params.experimentId} ORDER BY wave`,
    );
    expect(entered.slice(0, 2).map(({ day }) => day)).toEqual(before.slice(0, 2));
    expect(entered[2]!.day > '2026-11-20' && entered[3]!.day > entered[2]!.day).toBe(true);
    for (const one of state.arms) expect(one.spells.length).toBe(2);
  });

  it('loses an arm without moving anybody; the control stays', async () => {
    const params = await begun();
    const count = async () =>
      server.workspace.context.engine.rows(
        sql`SELECT arm, CAST(count(*) AS INTEGER) AS n FROM assignments WHERE experiment_id = ${params.experimentId} GROUP BY arm ORDER BY arm`,
      );
    const before = await count();
    const state = await client().drop({ params, body: { arm: 'loss_aversion', reason: 'Quejas' } });
    expect(await count()).toEqual(before);
    expect(state.arms.find((one) => one.arm === 'loss_aversion')!.status).toBe('dropped');
    expect(await problemOf(client().drop({ params, body: { arm: 'neutral', reason: 'x' } }))).toMatch(
      /^control_stays/,
    );
    expect(await problemOf(client().drop({ params, body: { arm: 'fax', reason: 'x' } }))).toMatch(
      /^unknown_arm: .*"fax"/,
    );
    expect(await problemOf(client().resume({ params, body: { arm: 'loss_aversion', reason: 'x' } }))).toMatch(
      /^arm_state/,
    );
  });

  it('changes its plan only where nothing read under it changes, as a version in sight', async () => {
    const params = await begun();
    const change = (changes: object) => client().change({ params, body: { reason: 'Festivo', changes } });
    const state = await change({ graceDays: 4, guardrails: [{ id: 'complaints', margin: 0.003 }] });
    expect(state.planVersion).toBe(2);
    expect(state.versions[1]).toMatchObject({ version: 2, reason: 'Festivo', by: 'owner' });
    expect(state.versions[1]!.changes.map(({ field, before, after }) => [field, before, after])).toEqual([
      ['graceDays', '2', '4'],
      ['guardrails.complaints.margin', '0.005', '0.003'],
    ]);
    expect(state.versions[1]!.planHash).not.toBe(state.versions[0]!.planHash);
    const { design, planHash } = await server.client.experiments.get({ params });
    expect([design.graceDays, planHash]).toEqual([4, state.versions[0]!.planHash]);
    expect(await problemOf(change({ guardrails: [{ id: 'complaints', margin: 0.01 }] }))).toMatch(
      /^plan_frozen: .*0\.003.*0\.01/,
    );
    expect(await problemOf(change({ graceDays: 4 }))).toMatch(/^plan_unchanged/);
    expect(await problemOf(change({ alpha: 0.2 }))).toMatch(/alpha/);
    expect(await problemOf(change({ texts: [{ arm: 'neutral', touch: 1, templates: ['none'] }] }))).toMatch(
      /^unknown_template/,
    );
  });

  it('stopped stays stopped, and what was decided is written down', async () => {
    const params = await begun();
    await client().stop({ params, body: { reason: 'Daño' } });
    expect(await problemOf(client().resume({ params, body: { reason: 'x' } }))).toMatch(
      /^experiment_not_running/,
    );
    const state = await client().decide({ params, body: { reason: 'Seguir con neutral' } });
    expect(state.events.map(({ kind }) => kind)).toEqual(['started', 'stopped', 'decided']);
    expect(state.changeable).toEqual([]);
  });

  it('takes a change by a watch as by its name', async () => {
    const params = await begun();
    const { context } = server.workspace;
    await context.engine.transaction((session) =>
      pauseExperiment(context, session, { experimentId: params.experimentId, reason: 'r', by: 'watch' }),
    );
    expect((await client().get({ params })).events.at(-1)).toMatchObject({ kind: 'paused', by: 'watch' });
  });
});

describe('a draw with a threshold stated beforehand', () => {
  it('keeps the first of the draws accepted, and counts and keeps them all', async () => {
    const params = await begun({ entryDays: 1, rerandomise: { limit: 0.12, most: 30 } });
    const [draw] = (await client().get({ params })).draws;
    expect(draw!.tried).toBe(30);
    expect(draw!.accepted).toBeGreaterThan(0);
    expect(draw!.accepted).toBeLessThan(30);
    expect(draw!.largestDifference!).toBeLessThan(0.12);
  });

  it('is refused by name when no draw meets it', async () => {
    const made = await server.client.experiments.create({
      body: designOf(await saveSegment(server), { rerandomise: { limit: 0.0001, most: 3 } }),
    });
    const job = await server.client.experiments.assign({ params: { experimentId: made.id } });
    const ended = await server.workspace.context.jobs.finished(job.id);
    expect(ended.error).toMatchObject({ code: 'no_accepted_draw', details: { tried: 3, limit: 0.0001 } });
  });
});

describe('layers', () => {
  it('keep a person in one experiment of a layer at a time, and leave other layers alone', async () => {
    await begun({ name: 'Uno' });
    const size = async (layer: string) =>
      (await server.client.experiments.size({ body: designOf(await saveSegment(server), { layer }) })).sizing
        .eligible;
    expect(await size('messages')).toBe(0);
    expect(await size('hours')).toBeGreaterThan(100);
  });
});
