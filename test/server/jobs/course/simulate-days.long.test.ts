import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Experiment } from '#core/contract/experiments/experiments.ts';
import { raw } from '#core/sql/sql.ts';
import { startTestServer, type TestServer } from '../../../support/servers/server.ts';

let server: TestServer;
let made: Experiment;

const run = async <T>(job: { id: string }): Promise<T> => {
  const ended = await server.workspace.context.jobs.finished(job.id);
  if (ended.state !== 'done') throw new Error(`${ended.error?.code}: ${ended.error?.message}`);
  return ended.result as T;
};
const rows = <T>(text: string) => server.workspace.context.engine.rows<T & Record<string, never>>(raw(text));
const one = async (text: string): Promise<number> => (await rows<{ n: number }>(text))[0]!.n;
const params = () => ({ experimentId: made.id });
const days = (count: number, along: boolean) =>
  server.client.system.simulate({ body: { days: count, run: along } });

const message = (style: string, day: number) => ({
  day,
  style,
  channel: 'sms' as const,
  templates: ['sms'],
});
const arm = (name: string, cadence: number[]) => ({
  name,
  weight: 1,
  touches: cadence.map((day) => message(name, day)),
});

beforeAll(async () => {
  server = await startTestServer();
  const { client } = server;
  await run(await client.loads.sample({ body: { accounts: 5000, seed: 5, months: 7 } }));
  const segment = await client.segments.create({
    body: { name: 'En mora', condition: { column: 'days_past_due', is: 'between', from: 1, to: 60 } },
  });
  made = await client.experiments.create({
    body: {
      name: 'Por tandas',
      segmentId: segment.id,
      control: 'neutral',
      entryDays: 2,
      arrivalDays: 40,
      arms: [arm('neutral', [0, 1]), arm('reciprocity', [0, 1]), { name: 'silence', weight: 1, touches: [] }],
    },
  });
  await run(await client.experiments.assign({ params: params() }));
}, 240_000);
afterAll(() => server.close());

describe('days of a simulated workspace with the experiments under way', () => {
  it('send each wave on its day, a second touch after the first, and nothing to silence', async () => {
    const { draws } = await server.client.experimentLifecycle.get({ params: params() });
    const [first, second] = draws[0]!.waves.map(({ entersOn }) => entersOn);
    const done = await run<{ days: { day: string; sent: number }[] }>(await days(4, true));
    expect(done.days.map(({ day }) => day)).toEqual(['2026-11-01', '2026-11-02', '2026-11-03', '2026-11-04']);
    const sent = await rows<{ arm: string; touch: number; day: string; n: number }>(
      `SELECT arm, touch, CAST(CAST(planned_local AS DATE) AS VARCHAR) AS day, CAST(count(*) AS INTEGER) AS n FROM contact_checks
        WHERE state = 'sent' GROUP BY ALL ORDER BY ALL`,
    );
    expect([...new Set(sent.map((row) => row.arm))]).toEqual(['neutral', 'reciprocity']);
    expect(sent.filter((row) => row.touch === 1 && row.arm === 'neutral').map((row) => row.day)).toEqual([
      first,
      second,
    ]);
    expect(sent.some((row) => row.touch === 2)).toBe(true);
    const wrong = `SELECT CAST(count(*) AS INTEGER) AS n FROM contact_checks c JOIN assignments a USING (assignment_id)
      WHERE c.state = 'sent' AND CAST(c.planned_local AS DATE) < a.entered_on + (c.touch - 1) * INTERVAL 1 DAY`;
    expect(await one(wrong)).toBe(0);
    expect(
      await one(
        'SELECT CAST(count(*) - count(DISTINCT contact_id) AS INTEGER) AS n FROM current_contacts WHERE experiment_id IS NOT NULL',
      ),
    ).toBe(0);
    const total = sent.reduce((sum, { n }) => sum + n, 0);
    expect(done.days.reduce((sum, day) => sum + day.sent, 0)).toBe(total);
    expect(
      await one(
        'SELECT CAST(count(*) AS INTEGER) AS n FROM current_contacts WHERE experiment_id IS NOT NULL',
      ),
    ).toBe(total);
  }, 120_000);

  it('leave out what its days of grace have passed by, with why, and write down who exits', async () => {
    await run(await days(26, false));
    await server.client.experimentLifecycle.drop({
      params: params(),
      body: { arm: 'reciprocity', reason: 'Quejas' },
    });
    await run(await server.client.experimentLifecycle.runDay({ params: params(), body: {} }));
    const cadence = await server.client.experimentLifecycle.cadence({ params: params() });
    expect(new Set(cadence.exits.map(({ reason }) => reason))).toContain('cleared');
    expect(cadence.skips.length).toBeGreaterThan(0);
    for (const { reason, touch } of cadence.skips)
      expect([reason, touch]).toEqual([expect.any(String), expect.any(Number)]);
    const silent = cadence.exits.filter((row) => row.arm === 'silence' && row.reason === 'cleared');
    expect(silent[0]!.n).toBeGreaterThan(10);
  }, 120_000);

  it('draw newcomers at the newest balances among open arms only, in dated blocks, moving nobody', async () => {
    const state = await server.client.experimentLifecycle.get({ params: params() });
    const cohorts = state.draws.map(({ cohort }) => cohort);
    expect([cohorts[0], cohorts.at(-1), new Set(cohorts).size]).toEqual([
      '2026-10-31',
      '2026-11-30',
      cohorts.length,
    ]);
    const [first, later] = [state.draws[0], state.draws.at(-1)];
    expect(later!.salt).toBe(`${first!.salt}:2026-11-30`);
    expect(later!.arms.map(({ arm: name, propensity }) => [name, propensity])).toEqual([
      ['neutral', 0.5],
      ['silence', 0.5],
    ]);
    expect(later!.people).toBeGreaterThan(50);
    expect(
      await one('SELECT CAST(count(*) - count(DISTINCT customer_id) AS INTEGER) AS n FROM assignments'),
    ).toBe(0);
    expect(state.arms.find((row) => row.arm === 'reciprocity')).toMatchObject({
      status: 'dropped',
      spells: [{ from: state.startsOn, until: '2026-12-01' }],
    });
    await run(await server.client.experimentLifecycle.runToday({ body: {} }));
    expect((await server.client.experimentLifecycle.get({ params: params() })).draws.length).toBe(
      cohorts.length,
    );
  }, 120_000);
});
