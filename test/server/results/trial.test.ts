import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ExperimentResults } from '#core/contract/experiments/results.ts';
import { raw, sql } from '#core/sql/sql.ts';
import { readSimulation } from '#server/store/experiments/simulation.ts';
import { countErasure } from '#server/store/keeping/epoch.ts';
import {
  message,
  openTrialWorkspace,
  silence,
  type TrialWorkspace,
} from '../../support/trials/simulated-trial.ts';

let workspace: TrialWorkspace;
/** All at once, sent; and in daily waves with two looks, never sent: an A/A trial. */
let [sent, waves] = ['', ''];

beforeAll(async () => {
  workspace = await openTrialWorkspace(5000);
  sent = await workspace.start({
    name: 'Escribir o no',
    control: 'silence',
    arms: [silence, message('neutral')],
    segments: ['country'],
  });
  await workspace.send(sent);
  waves = await workspace.start({
    name: 'Por oleadas',
    control: 'silence',
    arms: [silence, { ...silence, name: 'also_silent' }],
    plan: 'staggered_sequential',
    entryDays: 8,
    looks: 2,
    layer: 'espera',
  });
}, 120_000);
afterAll(() => workspace.close());

const judgedOf = (results: ExperimentResults) =>
  results.metrics.flatMap(({ comparisons }) => comparisons.map(({ judged }) => judged.estimate));
/** What the statements beside the figures give when anybody runs them. */
async function shownBy(experimentId: string) {
  const { engine } = workspace.context;
  const statements = await workspace.client.experimentResults.statements({ params: { experimentId } });
  expect(await engine.rows(raw(statements.harm!))).not.toHaveLength(0);
  const stages = await engine.rows<Record<string, string | number>>(raw(statements.stages));
  const money = await engine.rows<{ currency: string; arm: string; cost: number; net: number }>(
    raw(statements.money!),
  );
  const names: Record<string, string> = { outcomes: 'present' };
  return {
    stages: (stage: string, arm: string) =>
      stages
        .filter((row) => row.arm === arm)
        .reduce((sum, row) => sum + Number(row[names[stage] ?? stage]), 0),
    money: (currency: string, arm: string) =>
      money.find((row) => row.currency === currency && row.arm === arm)!,
  };
}
const verdictWords = ['better', 'worse', 'equivalent', 'inconclusive'];

describe('a whole trial in a simulated workspace', () => {
  it('says nothing of effects while nobody has completed the window', async () => {
    await workspace.move(21);
    for (const id of [sent, waves]) {
      const results = await workspace.results(id);
      expect(results.verdict.kind).toBe('running');
      expect(results.people).toBeGreaterThan(500);
      expect(results.information).toBe(0);
      expect(judgedOf(results).every((estimate) => estimate === null)).toBe(true);
      expect(results.curve.every(({ effect }) => effect.estimate === null)).toBe(true);
      expect([...results.money, ...results.segments, ...results.sensitivity, ...results.reached]).toEqual([]);
      expect(results.looks[0]).toMatchObject({ state: 'next' });
      expect(results.verdict.next!.en).toMatch(
        /^0% of people have completed their 30 days; next look on \w+day/,
      );
    }
    const stages = (await workspace.results(sent)).lost.map(({ stage }) => stage);
    expect(stages).toEqual(['assigned', 'cleared', 'exported', 'delivered', 'outcomes']);
  }, 60_000);

  it('reads what the generator knows once the window has closed, and agrees with it person by person', async () => {
    await workspace.move(19);
    const results = await workspace.results(sent);
    expect(verdictWords).toContain(results.verdict.kind);
    expect(results).toMatchObject({ information: 1, looks: [{ state: 'done', information: 1 }] });
    const { engine } = workspace.context;
    const simulation = await readSimulation(engine);
    const truth = engine.dialect.parquetFile(join(workspace.folder, simulation!.truth[0]!));
    // A person cleared when the generator paid off every account that was late (payments it calls -2 and -3).
    const known = await engine.rows<{ arm: string; n: number; cleared: number; expected: number }>(sql`
      WITH late AS (
        SELECT g.arm, g.customer_id, g.entered_on, t.p_cure_30_no_contact AS alone, t.effect_neutral_sms AS effect,
          (SELECT count(*) FROM current_payments p WHERE p.account_id = a.account_id AND (p.payment_id LIKE '%-2' OR p.payment_id LIKE '%-3')
            AND p.paid_at >= TIMESTAMP '2026-11-01' AND p.paid_at < g.entered_on + 31) AS paid
        FROM assignments g JOIN current_accounts a ON a.customer_id = g.customer_id
        JOIN current_snapshots s ON s.account_id = a.account_id AND s.as_of = DATE '2026-10-31'
        JOIN ${truth} t ON t.account_id = a.account_id
        WHERE g.experiment_id = ${sent} AND s.days_past_due > 0 AND s.status = 'active'
      ), people AS (
        SELECT arm, customer_id, min(CASE WHEN paid > 0 THEN 1.0 ELSE 0.0 END) AS cleared,
          min(alone + CASE WHEN arm = 'neutral' THEN effect ELSE 0 END) AS expected
        FROM late GROUP BY arm, customer_id
      )
      SELECT arm, CAST(count(*) AS BIGINT) AS n, avg(cleared) AS cleared, avg(expected) AS expected FROM people GROUP BY arm ORDER BY arm`);
    const primary = results.metrics[0]!;
    for (const { arm, n, cleared, expected } of known) {
      const own = primary.arms.find((one) => one.arm === arm)!;
      expect(own.n).toBe(n);
      expect(Math.abs(own.mean! - cleared)).toBeLessThan(0.03);
      expect(Math.abs(cleared - expected)).toBeLessThan(4 * Math.sqrt(0.25 / n) + 0.03);
    }
    const planted = known[0]!.expected - known[1]!.expected;
    const { judged } = primary.comparisons[0]!;
    expect(judged.lower! - 0.02 < planted && planted < judged.upper! + 0.02).toBe(true);
    const shown = await shownBy(sent);
    for (const { stage, counts } of results.lost)
      for (const { arm, n } of counts) expect(shown.stages(stage, arm)).toBe(n);
    for (const one of results.money) {
      const [own, control] = [shown.money(one.currency, one.arm), shown.money(one.currency, 'silence')];
      expect(own.net - control.net).toBeCloseTo(one.raw.estimate!, 2);
      expect(own.cost).toBeCloseTo(one.costPerThousand!, 2);
    }
    const [alone] = results.reached;
    expect(alone!.share!).toBeGreaterThan(0.9);
    expect(alone!.effect.estimate! * alone!.share!).toBeCloseTo(
      primary.comparisons[0]!.unadjusted.estimate!,
      9,
    );
    expect(results.money.length).toBe(5);
    expect(
      results.money.every(
        ({ costPerThousand, controlCostPerThousand }) => costPerThousand! > controlCostPerThousand!,
      ),
    ).toBe(true);
    expect(results.segments[0]).toMatchObject({ column: 'country', declared: true });
    expect(primary.comparisons[0]!.judged.standardError!).toBeLessThan(
      primary.comparisons[0]!.unadjusted.standardError!,
    );
  }, 60_000);

  it('looks at waves only on the days of the plan, and ends with the last', async () => {
    const before = await workspace.results(waves);
    expect(before.looks.map(({ state }) => state)).toEqual(['done', 'done']);
    expect(before.looks[0]!.information!).toBeCloseTo(0.5, 1);
    expect(before.looks[0]!.boundary.upper!).toBeGreaterThan(2.7);
    await workspace.move(30);
    const after = await workspace.results(waves);
    expect(after.looks).toEqual(before.looks);
    expect(after.verdict.kind).toBe(before.verdict.kind);
    expect(after.verdict.next).not.toBeNull();
    const curve = (await workspace.results(sent)).curve.map(({ day, effect }) => [
      day,
      effect.estimate !== null,
    ]);
    expect(curve).toEqual([7, 14, 30, 60].map((day) => [day, true]));
  }, 60_000);

  it('has written the looks down on their day, and says so in the memo and the library', async () => {
    const params = { experimentId: waves };
    const { looks, results, decision, design } = await workspace.client.experimentResults.memo({ params });
    expect(looks.map(({ number, verdict }) => [number, verdict])).toEqual([
      [1, 'running'],
      [2, results.verdict.kind],
    ]);
    expect([design.name, decision]).toEqual(['Por oleadas', null]);
    const outside = {
      name: 'Otro banco',
      style: 'neutral',
      control: 'silence',
      metric: 'cured',
      horizonDays: 30,
      population: 'Tarjetas, 1 a 60 días',
      decidedOn: '2025-05-01',
      estimate: 0.02,
      standardError: 0.005,
      source: 'informe interno',
    };
    const learn = async (metric: string) =>
      workspace.client.experimentResults.learn({ body: { ...outside, metric } });
    const added = await learn('cured');
    expect(added).toMatchObject({ verdict: 'better', effect: { estimate: 0.02 } });
    const { trials, summaries } = await workspace.client.experimentResults.learned();
    const pair = summaries.find(({ style, metric }) => style === 'neutral' && metric === 'cured')!;
    expect(pair.trials).toBe(2);
    const own = trials.filter(({ style }) => style === 'neutral').map(({ shrunken }) => shrunken.estimate!);
    expect(
      Math.min(...own) - 1e-9 <= pair.mean.estimate! && pair.mean.estimate! <= Math.max(...own) + 1e-9,
    ).toBe(true);
    await expect(learn('nada')).rejects.toThrow('nada');
  }, 30_000);

  it('answers again at once while nothing changes', async () => {
    const began = performance.now();
    await workspace.results(sent);
    expect(performance.now() - began).toBeLessThan(500);
  });

  it('is invalid once two in a hundred of one arm are lost', async () => {
    expect((await workspace.results(sent)).checks.every(({ tone }) => tone === 'good')).toBe(true);
    const { engine } = workspace.context;
    await engine.transaction(async (session) => {
      await session.run(sql`DELETE FROM customers WHERE customer_id IN (
        SELECT customer_id FROM assignments WHERE experiment_id = ${sent} AND arm = 'neutral' ORDER BY md5(customer_id)
        LIMIT (SELECT CAST(ceil(0.02 * count(*)) AS INTEGER) + 8 FROM assignments WHERE experiment_id = ${sent} AND arm = 'neutral'))`);
      await countErasure(session);
    });
    const results = await workspace.results(sent);
    const lost = results.lost.find(({ stage }) => stage === 'outcomes')!;
    expect(lost).toMatchObject({ tone: 'bad' });
    expect(lost.pValue!).toBeLessThan(0.001);
    expect(results.verdict.kind).toBe('invalid');
    expect(results.metrics[0]!.comparisons[0]!.reading).toBe('not_judged');
    expect(results.verdict.reasons[0]!.en).toContain('lost people unlike');
  }, 60_000);
});
