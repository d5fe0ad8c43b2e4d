import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { raw } from '#core/sql/sql.ts';
import { problemOf } from '../../support/experiments/experiments.ts';
import { startTestServer, type TestServer } from '../../support/servers/server.ts';

let server: TestServer;
const run = async <T>(job: { id: string }): Promise<T> => {
  const ended = await server.workspace.context.jobs.finished(job.id);
  if (ended.state !== 'done') throw new Error(`${ended.error?.code}: ${ended.error?.message}`);
  return ended.result as T;
};
const one = async (text: string): Promise<number> =>
  (await server.workspace.context.engine.first<{ n: number }>(raw(text)))!.n;

const ceilings = ['MXN', 'COP', 'PEN', 'CLP', 'ARS'].map((currency) => ({ currency, amount: 1e9 }));
let id: string;

beforeAll(async () => {
  server = await startTestServer();
  await run(await server.client.loads.sample({ body: { accounts: 8000, seed: 3, months: 9 } }));
}, 120_000);
afterAll(() => server.close());

describe('a holdout of discretionary contact', () => {
  it('shows what it would cost, from people left aside before, and holds nobody until approved', async () => {
    const made = await server.client.holdouts.propose({
      body: { name: 'Sin contacto', share: 0.1, ceilings },
    });
    id = made.id;
    expect(made).toMatchObject({ state: 'proposed', people: { drawn: 0, held: 0 }, approvedBy: null });
    const { expected } = made;
    expect(expected.entrants).toBeGreaterThan(200);
    expect(expected.held).toBeCloseTo(expected.entrants * 0.1, 9);
    expect(expected.heldPerYear).toBeGreaterThan(expected.held * 11);
    expect(expected.clearing.lower!).toBeLessThan(expected.clearing.upper!);
    expect(expected.perYear.map(({ currency }) => currency).sort()).toEqual([
      'ARS',
      'CLP',
      'COP',
      'MXN',
      'PEN',
    ]);
    expect(expected.basis.en).toMatch(/already left aside by lot/);
    expect(await run(await server.client.holdouts.day({}))).toMatchObject({ drawn: 0 });
  });

  it('holds nobody over the ceiling or in a currency without one', async () => {
    const low = await server.client.holdouts.propose({
      body: { name: 'Tope', ceilings: [{ currency: 'MXN', amount: 1000 }] },
    });
    expect(low.expected.excluded.find(({ reason }) => reason === 'over_ceiling')!.n).toBeGreaterThan(100);
    expect(low.expected.entrants).toBeLessThan(200);
  });

  it('draws once by lot who entered, in exact shares, and never twice', async () => {
    const approved = await server.client.holdouts.approve({
      params: { holdoutId: id },
      body: { name: 'Ana Ruiz', note: 'Vale lo que cuesta' },
    });
    expect(approved).toMatchObject({ state: 'running', approvedBy: 'Ana Ruiz' });
    expect(
      await problemOf(
        server.client.holdouts.approve({ params: { holdoutId: id }, body: { name: 'Ana', note: 'x' } }),
      ),
    ).toMatch(/^holdout_state/);
    const drawn = await run<{ drawn: number }>(await server.client.holdouts.day({}));
    expect(drawn.drawn).toBe(approved.expected.entrants);
    const [now] = (await server.client.holdouts.list({})).holdouts.filter((row) => row.id === id);
    expect(Math.abs(now!.people.held - drawn.drawn * 0.1)).toBeLessThan(1);
    expect(await run(await server.client.holdouts.day({}))).toMatchObject({ drawn: 0, released: 0 });
    expect(
      await one(`SELECT CAST(count(*) AS INTEGER) AS n FROM holdout_people h JOIN current_flags f USING (customer_id)
        WHERE f.kind IN ('hardship', 'vulnerable') AND f.started_on <= h.entered_on AND (f.ended_on IS NULL OR f.ended_on > h.entered_on)`),
    ).toBe(0);
  });

  it('keeps its people from experiments', async () => {
    const segment = await server.client.segments.create({
      body: { name: 'En mora', condition: { column: 'days_past_due', is: 'between', from: 1, to: 29 } },
    });
    const touches = [{ day: 0, style: 'neutral', channel: 'sms' as const, templates: ['sms'] }];
    const made = await server.client.experiments.create({
      body: {
        name: 'Sin apartados',
        segmentId: segment.id,
        control: 'neutral',
        arms: [
          { name: 'neutral', weight: 1, touches },
          { name: 'silence', weight: 1, touches: [] },
        ],
      },
    });
    const held = await one(
      'SELECT CAST(count(*) AS INTEGER) AS n FROM holdout_people WHERE held AND released_on IS NULL',
    );
    expect(made.sizing.excluded.find(({ reason }) => reason === 'held_out')?.n).toBe(held);
    await run(await server.client.experiments.assign({ params: { experimentId: made.id } }));
    expect(
      await one(
        'SELECT CAST(count(*) AS INTEGER) AS n FROM assignments a JOIN holdout_people h USING (customer_id) WHERE h.held',
      ),
    ).toBe(0);
  });

  it('releases whose time is over, and tells what contact is worth by cohort of entry', async () => {
    await run(await server.client.system.simulate({ body: { days: 32 } }));
    const contacted = `SELECT CAST(count(DISTINCT h.customer_id) AS INTEGER) AS n FROM holdout_people h JOIN current_contacts c USING (customer_id)
      WHERE c.sent_at >= h.entered_on + INTERVAL 1 DAY AND c.sent_at < h.until_on AND`;
    expect(await one(`${contacted} h.held`)).toBe(0);
    expect(await one(`${contacted} NOT h.held`)).toBeGreaterThan(20);
    const day = await run<{ released: number; drawn: number }>(await server.client.holdouts.day({}));
    expect(day.released).toBeGreaterThan(0);
    expect(day.drawn).toBeGreaterThan(100);
    const [now] = (await server.client.holdouts.list({})).holdouts.filter((row) => row.id === id);
    expect(now!.released.map(({ reason }) => reason)).toContain('time_over');
    const value = await server.client.holdouts.value({ params: { holdoutId: id } });
    expect(value).toMatchObject({ cohorts: 1, horizonDays: 30, maturedUntil: '2026-11-02' });
    expect(value.clearing.held.n + value.clearing.treated.n).toBe(now!.expected.entrants);
    expect(value.clearing.effect.lower!).toBeLessThan(value.clearing.effect.upper!);
    expect(value.cash.length).toBe(5);
    const ended = await server.client.holdouts.end({ params: { holdoutId: id } });
    expect(ended).toMatchObject({ state: 'ended', people: { heldNow: 0 } });
  });
});
