import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { raw, sql } from '#core/sql/sql.ts';
import {
  arm,
  assign,
  designOf,
  late,
  openBook,
  problemOf,
  saveSegment,
} from '../../support/experiments/experiments.ts';
import type { TestServer } from '../../support/servers/server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await openBook();
});
afterAll(() => server.close());

/** Undoes assignments, so that tests do not stand in each other's way. */
beforeEach(async () => {
  await server.workspace.context.engine.run(raw('DELETE FROM assignments; DELETE FROM designs'));
});

describe('assignment', () => {
  it('equals the plan, is balanced, happens once and keeps its people from other experiments', async () => {
    const segmentId = await saveSegment(server);
    const made = await server.client.experiments.create({
      body: designOf(segmentId, { arms: [arm('neutral', 2), arm('loss_aversion'), arm('reciprocity')] }),
    });
    expect(made.arms.map((one) => one.assigned)).toEqual([0, 0, 0]);
    const done = await assign(server, made.id);
    expect(done.state).toBe('assigned');
    expect(done.arms.map((one) => one.assigned)).toEqual(done.arms.map((one) => one.planned));
    expect(done.arms.reduce((sum, one) => sum + one.assigned, 0)).toBe(made.sizing.eligible);
    expect(done.lost).toEqual([{ stage: 'assigned', counts: expect.any(Array), pValue: expect.any(Number) }]);
    expect(done.lost[0]!.pValue).toBeGreaterThan(0.99);
    const ofStratum = done.balance.filter(({ covariate }) => ['days_past_due', 'score'].includes(covariate));
    expect(ofStratum.length).toBe(4);
    for (const row of ofStratum) expect(Math.abs(row.standardisedDifference!)).toBeLessThan(0.1);
    expect(await problemOf(server.client.experiments.assign({ params: { experimentId: made.id } }))).toMatch(
      /^already_assigned/,
    );
    const other = await server.client.experiments.size({ body: designOf(segmentId) });
    expect(other.sizing.eligible).toBe(0);
    expect(other.sizing.excluded[0]).toMatchObject({ reason: 'in_experiment', n: made.sizing.eligible });
  });

  it('is the same for the same plan in another workspace, and another for another name', async () => {
    const elsewhere = await openBook();
    const hash = async (on: TestServer, name: string) => {
      const made = await on.client.experiments.create({
        body: designOf(await saveSegment(on, late), { name }),
      });
      await assign(on, made.id);
      const row = await on.workspace.context.engine.first<{ h: string }>(
        sql`SELECT md5(string_agg(customer_id || arm || assignment_id, ',' ORDER BY customer_id)) AS h FROM assignments WHERE experiment_id = ${made.id}`,
      );
      return row!.h;
    };
    const here = await hash(server, 'uno');
    expect(await hash(elsewhere, 'uno')).toBe(here);
    await server.workspace.context.engine.run(raw('DELETE FROM assignments'));
    expect(await hash(server, 'dos')).not.toBe(here);
    await elsewhere.close();
  });

  it('of the same plan twice, and on data that has changed, is refused by name', async () => {
    const { engine, jobs } = server.workspace.context;
    const body = designOf(await saveSegment(server));
    const [one, two] = [
      await server.client.experiments.create({ body }),
      await server.client.experiments.create({ body }),
    ];
    await assign(server, one.id);
    await engine.run(raw('UPDATE assignments SET assigned_at = assigned_at - INTERVAL 60 DAY'));
    const again = await jobs.finished(
      (await server.client.experiments.assign({ params: { experimentId: two.id } })).id,
    );
    expect(again.error?.code).toBe('plan_already_used');
    await engine.run(raw(`UPDATE loads SET recipe_hash = 'other'`));
    const stale = await jobs.finished(
      (await server.client.experiments.assign({ params: { experimentId: two.id } })).id,
    );
    expect(stale.error).toMatchObject({
      code: 'data_changed',
      message: 'the data has changed since "Estilos" was saved',
    });
    await engine.run(raw(`UPDATE loads SET recipe_hash = 'r'`));
    const counts = await engine.first<{ n: number }>(
      sql`SELECT count(*) AS n FROM assignments WHERE experiment_id = ${two.id}`,
    );
    expect(counts?.n).toBe(0);
  });

  it('tells who was lost on the way, by arm, against the planned weights', async () => {
    const { engine } = server.workspace.context;
    const made = await server.client.experiments.create({ body: designOf(await saveSegment(server)) });
    await assign(server, made.id);
    await engine.run(
      sql`INSERT INTO batches VALUES ('b1', ${made.id}, 1, 'exported', '{}', TIMESTAMP '2026-11-02', 'owner')`,
    );
    await engine.run(sql`INSERT INTO contact_checks BY NAME SELECT 'b1' AS batch_id, assignment_id, experiment_id, customer_id, arm, 1 AS touch, 'sms' AS channel,
        TIMESTAMP '2026-11-02' AS planned_at, TIMESTAMP '2026-11-02' AS planned_local, TIMESTAMP '2026-11-02' AS send_before, TIMESTAMP '2026-11-02' AS send_before_local,
        'x' AS time_zone, 'x' AS zone_source, 'x' AS rule_set, '1' AS rule_version, 'reserved' AS state
      FROM assignments WHERE experiment_id = ${made.id} AND (arm <> 'neutral' OR assignment_id < '8')`);
    const { lost } = await server.client.experiments.get({ params: { experimentId: made.id } });
    expect(lost.map(({ stage }) => stage)).toEqual(['assigned', 'cleared']);
    expect(lost[1]!.pValue).toBeLessThan(0.001);
    await engine.run(raw('DELETE FROM contact_checks; DELETE FROM batches'));
  });
});
