import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sql } from '#core/sql/sql.ts';
import { problemOf } from '../../support/experiments/experiments.ts';
import { plantResponses } from '../../support/experiments/planted-responses.ts';
import {
  message,
  openTrialWorkspace,
  silence,
  type TrialWorkspace,
} from '../../support/trials/simulated-trial.ts';

let workspace: TrialWorkspace;
let id = '';
const params = () => ({ params: { experimentId: id } });
const find = async () =>
  workspace.outcome<{ verdict: string; people: number }>(
    await workspace.client.experimentResponders.find(params()),
  );
const kept = async () => (await workspace.client.experimentResponders.get(params())).responders!;

beforeAll(async () => {
  workspace = await openTrialWorkspace(7000);
  id = await workspace.start({
    name: 'Estilos',
    control: 'silence',
    arms: [silence, message('neutral'), message('reciprocity')],
    metric: { id: 'cured', horizonDays: 7 },
    guardrails: [],
  });
}, 120_000);
afterAll(() => workspace.close());

describe('who responds to which arm', () => {
  it('is not read before the verdict', async () => {
    expect(await problemOf(find())).toContain('is not decided');
    expect(await workspace.client.experimentResponders.get(params())).toEqual({
      responders: null,
      madeAt: null,
      current: false,
    });
  });

  it('is one rule for all where nobody responds to anything', async () => {
    await workspace.move(20);
    const job = await find();
    const found = await kept();
    expect(job).toMatchObject({ verdict: 'one_rule', people: found.people });
    expect(found.verdict.headline.es).toBe(
      'No hay evidencia de que las personas respondan distinto: una sola regla para todas.',
    );
    expect(found.segments).toEqual([]);
    const assigned = await workspace.count(
      sql`SELECT CAST(count(*) AS BIGINT) AS n FROM assignments WHERE experiment_id = ${id}`,
    );
    expect([found.people, found.of]).toEqual([assigned, assigned]);
    const results = await workspace.results(id);
    const primary = results.metrics.find(({ role }) => role === 'primary')!;
    for (const { arm, n, events } of found.arms) {
      const own = primary.arms.find((one) => one.arm === arm)!;
      expect(n).toBe(own.n);
      expect(events / n).toBeCloseTo(own.mean!, 9);
    }
    for (const { arm, effect } of found.responses) {
      const judged = primary.comparisons.find((one) => one.arm === arm)!.judged;
      expect(Math.abs(effect.estimate! - judged.estimate!)).toBeLessThan(0.02);
    }
  }, 60_000);

  it('finds segments where two messages help different people, which can be saved and designed with', async () => {
    await plantResponses(workspace, id, { late: 'neutral', early: 'reciprocity', days: 20 });
    expect((await workspace.client.experimentResponders.get(params())).current).toBe(false);
    expect(await find()).toMatchObject({ verdict: 'segments' });
    const found = await kept();
    expect(found.shortRule.overOne.lower!).toBeGreaterThan(0);
    expect(found.facts.map(({ column }) => column)).toContain('days_past_due');
    const of = (arm: string) => found.segments.find((one) => one.arm === arm)!;
    expect(found.segments.map(({ arm }) => arm).sort()).toEqual(['neutral', 'reciprocity']);
    for (const { overControl, n, share } of found.segments) {
      expect(overControl.lower!).toBeGreaterThan(0);
      expect(n / found.people).toBeCloseTo(share, 9);
    }
    expect(found.segments.reduce((sum, { n }) => sum + n, 0)).toBe(found.people);
    expect(of('neutral').description.es).toMatch(/días de mora de al menos (1[5-9]|2[0-5])/);
    const { name, condition } = of('neutral');
    const saved = await workspace.client.segments.create({ body: { name, condition } });
    expect(saved.size.customers).toBeGreaterThan(0);
    const design = await workspace.client.experiments.create({
      body: {
        name,
        segmentId: saved.id,
        control: found.best,
        arms: [message('neutral'), message('reciprocity')],
      },
    });
    expect(design.state).toBe('draft');
  }, 60_000);
});
