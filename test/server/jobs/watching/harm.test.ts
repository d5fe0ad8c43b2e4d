import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addDays } from '#core/contact/time/wall-clock.ts';
import { daysBetween } from '#core/experiment/monitoring/harm/harm-counts.ts';
import { sql } from '#core/sql/sql.ts';
import { workspaceToday } from '#server/store/workspace.ts';
import { loadFile, runJob, writeInput } from '../../../support/files/load.ts';
import { message, openTrialWorkspace, type TrialWorkspace } from '../../../support/trials/simulated-trial.ts';

let workspace: TrialWorkspace;
let id: string;
beforeAll(async () => {
  workspace = await openTrialWorkspace(6000);
  const arms = [message('neutral'), message('simplification'), message('reciprocity')];
  id = await workspace.start({ name: 'Con quejas', control: 'neutral', arms });
  await workspace.send(id);
  await workspace.move(daysBetween(await today(), (await lifecycle()).startsOn as string) + 1);
  await watched();
}, 240_000);
afterAll(() => workspace.close());

/** Every job asked for has ended, those that others called for too. */
async function watched(): Promise<void> {
  const { jobs } = workspace.context;
  for (const { id: job } of await jobs.list(50, 0)) await jobs.finished(job);
  for (const { id: job, error } of await jobs.list(50, 0)) {
    await jobs.finished(job);
    expect(error).toBeNull();
  }
}

const today = () => workspaceToday(workspace.context);
const lifecycle = () => workspace.client.experimentLifecycle.get({ params: { experimentId: id } });
const counted = () =>
  workspace.context.engine.rows<{ day: string; people: number; events: number }>(
    sql`SELECT CAST(day AS VARCHAR) AS day, CAST(sum(people) AS BIGINT) AS people, CAST(sum(events) AS BIGINT) AS events
      FROM harm_counts WHERE experiment_id = ${id} AND metric = 'complaints' GROUP BY day ORDER BY day`,
  );

/** Complaints of people of an arm on a day, as a file like any other. */
async function complain(arm: string, people: number, on: string, name: string): Promise<void> {
  const rows = await workspace.context.engine.rows<{ customer_id: string }>(
    sql`SELECT customer_id FROM assignments WHERE experiment_id = ${id} AND arm = ${arm} ORDER BY customer_id LIMIT ${people}`,
  );
  const lines = rows.map(({ customer_id }, i) => `${name}-${i},${customer_id},${on} 11:00:00,sms,trato`);
  const file = ['complaint_id,customer_id,occurred_at,channel,topic', ...lines].join('\n');
  await loadFile(workspace, writeInput(workspace, `${name}/complaints.csv`, file));
  await watched();
}

describe('daily watch for harm', () => {
  it('runs by itself after data came in, and counts each day once', async () => {
    const days = await counted();
    const first = (await lifecycle()).startsOn as string;
    expect(days.map(({ day }) => day)).toEqual(
      Array.from({ length: days.length }, (_, i) => addDays(first, i)),
    );
    expect(days.at(-1)?.day).toBe(await today());
    await runJob(workspace, 'watch-harm', {});
    expect(await counted()).toEqual(days);
    expect(await workspace.client.harmWatch.notices()).toEqual([]);
    expect((await lifecycle()).arms.map(({ status }) => status)).toEqual(['open', 'open', 'open']);
  });

  it('lets complaints that fall alike on all arms be', async () => {
    for (const arm of ['neutral', 'simplification', 'reciprocity'])
      await complain(arm, 5, await today(), `alike-${arm}`);
    await workspace.move(1);
    await watched();
    expect((await counted()).at(-1)?.events).toBeGreaterThanOrEqual(15);
    expect(await workspace.client.harmWatch.notices()).toEqual([]);
  });

  it('pauses the arm whose people complain, alone, with a notice, and says so in the results', async () => {
    const params = { experimentId: id };
    await complain('simplification', 45, await today(), 'planted');
    await workspace.move(1);
    await watched();
    const { arms, events, status } = await lifecycle();
    expect(status).toBe('running');
    expect(Object.fromEntries(arms.map(({ arm, status: now }) => [arm, now]))).toEqual({
      neutral: 'open',
      simplification: 'paused',
      reciprocity: 'open',
    });
    const paused = events.filter(({ kind }) => kind === 'arm_paused');
    expect(paused).toHaveLength(1);
    expect(paused[0]).toMatchObject({
      arm: 'simplification',
      by: 'harm-watch',
      on: addDays(await today(), 1),
    });
    expect(paused[0]?.reason).toMatch(/\(\d+ of \d+ against \d+ of \d+\)/);
    const notices = await workspace.client.harmWatch.notices();
    expect(notices).toHaveLength(1);
    expect(notices[0]).toMatchObject({
      experimentId: id,
      name: 'Con quejas',
      armStatus: 'paused',
      paused: true,
    });
    expect(notices[0]?.line).toMatchObject({ metric: 'complaints', arm: 'simplification', crossed: true });
    const results = await workspace.client.experimentResults.get({ params });
    expect(results.harm.filter(({ crossed }) => crossed).map(({ arm }) => arm)).toEqual(['simplification']);
    expect(results.verdict.arms.find(({ arm }) => arm === 'simplification')?.kind).toBe('stopped_for_harm');
  });

  it('does not pause again an arm that a person lets go on', async () => {
    const params = { experimentId: id };
    await workspace.client.experimentLifecycle.resume({
      params,
      body: { arm: 'simplification', reason: 'Revisado' },
    });
    await workspace.move(1);
    await watched();
    expect((await lifecycle()).arms.find(({ arm }) => arm === 'simplification')?.status).toBe('open');
    const [notice, ...more] = await workspace.client.harmWatch.notices();
    expect(more).toEqual([]);
    expect(notice?.armStatus).toBe('open');
  });
});
