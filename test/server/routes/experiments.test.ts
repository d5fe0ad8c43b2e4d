import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Experiment } from '#core/contract/experiments.ts';
import type { Design } from '#core/experiment/define.ts';
import type { Condition } from '#core/segment/condition.ts';
import { raw, sql } from '#core/sql/sql.ts';
import { startTestServer, type TestServer } from '../../support/server.ts';
import { insertScores, insertSmallBook } from '../../support/small-book.ts';

const people = 3000;

async function openBook(): Promise<TestServer> {
  const server = await startTestServer();
  await server.workspace.context.engine.transaction(async (session) => {
    await insertSmallBook(session, people);
    await insertScores(session, '2026-10-31');
  });
  return server;
}

let server: TestServer;
beforeAll(async () => {
  server = await openBook();
});
afterAll(() => server.close());

const late: Condition = { column: 'days_past_due', is: 'between', from: 1, to: 60 };
const country = (code: string): Condition => ({
  all: [late, { column: 'country', is: 'in', values: [code] }],
});

type Channel = 'sms' | 'email' | 'whatsapp';
const arm = (style: string, weight = 1, channel: Channel = 'sms') => ({
  name: style,
  style,
  channel,
  template: channel,
  weight,
});
const designOf = (segmentId: string, given: Partial<Design> = {}) => ({
  name: 'Estilos',
  segmentId,
  control: 'neutral',
  arms: [arm('neutral'), arm('loss_aversion'), arm('reciprocity')],
  ...given,
});
const saveSegment = async (condition: Condition = late, on = server) =>
  (await on.client.segments.create({ body: { name: 'En mora', condition } })).id;

async function assign(id: string, on = server): Promise<Experiment> {
  const job = await on.client.experiments.assign({ params: { experimentId: id } });
  const ended = await on.workspace.context.jobs.finished(job.id);
  expect(ended.error).toBeNull();
  return on.client.experiments.get({ params: { experimentId: id } });
}

/** Undoes assignments, so that tests do not stand in each other's way. */
beforeEach(async () => {
  await server.workspace.context.engine.run(raw('DELETE FROM assignments; DELETE FROM designs'));
});

const problemOf = (work: Promise<unknown>) =>
  work.then(
    () => 'nothing went wrong',
    (error: { problem?: { code: string }; message: string }) => `${error.problem?.code}: ${error.message}`,
  );

describe('sizing', () => {
  it('accounts for everybody, says what it rests on and what it could see', async () => {
    const segmentId = await saveSegment();
    const segment = await server.client.segments.get({ params: { segmentId } });
    const { sizing } = await server.client.experiments.size({ body: designOf(segmentId) });
    const out = sizing.excluded.reduce((sum, row) => sum + row.n, 0);
    expect(sizing.eligible + out).toBe(segment.size.customers);
    expect(sizing.excluded).toEqual([
      {
        reason: 'no_address:sms',
        title: { es: 'sin dirección válida para sms', en: 'no valid address for sms' },
        n: out,
      },
    ]);
    expect(sizing.baseRate.estimate).toBeGreaterThan(0.3);
    expect(sizing.baseRate.estimate).toBeLessThan(0.6);
    expect(sizing.perArm.reduce((sum, one) => sum + one.n, 0)).toBe(sizing.eligible);
    expect(sizing.answerable).toBe(false);
    expect(sizing.sentence.en).toMatch(
      /^This portfolio cannot answer this question: 1,\d{3} people would only see/,
    );
    expect(sizing.sentence.es).toMatch(
      /^Esta cartera no puede responder esta pregunta: con 1.\d{3} personas/,
    );
    expect(sizing.notes.map((note) => note.en).join(' ')).toMatch(
      /people like these on 2026-09-30.*by 2026-10-31\. The score of self-cure explains 20% .*model’s card/,
    );
  });

  it('takes the score away from the past where there were no scores, and says so', async () => {
    const chosen: Condition = { all: [late, { score: 'self-cure', from: 0.5 }] };
    const { sizing } = await server.client.experiments.size({ body: designOf(await saveSegment(chosen)) });
    const all = await server.client.experiments.size({ body: designOf(await saveSegment()) });
    expect(sizing.notes.some((note) => note.en.includes('multiplied by'))).toBe(true);
    expect(sizing.baseRate.estimate).toBeGreaterThan(all.sizing.baseRate.estimate!);
    expect(sizing.baseRateN).toBe(all.sizing.baseRateN);
  });

  it('reads the score of the past where there was one', async () => {
    const { engine } = server.workspace.context;
    await engine.transaction((session) => insertScores(session, '2026-09-30'));
    const { sizing } = await server.client.experiments.size({ body: designOf(await saveSegment()) });
    await engine.run(
      raw(
        `DELETE FROM scores WHERE as_of = DATE '2026-09-30'; DELETE FROM score_runs WHERE as_of = DATE '2026-09-30'`,
      ),
    );
    expect(sizing.notes.some((note) => note.en.includes('squared correlation in the past'))).toBe(true);
    expect(sizing.covariateR2).toBeGreaterThanOrEqual(0);
    expect(sizing.covariateR2).toBeLessThan(0.05);
  });

  it('names the first reason that keeps each person out', async () => {
    const { engine } = server.workspace.context;
    const segmentId = await saveSegment();
    const ids = (
      await engine.rows<{ customer_id: string }>(sql`SELECT DISTINCT m.customer_id FROM segment_members m
        JOIN contact_points p ON p.customer_id = m.customer_id AND p.valid WHERE segment_id = ${segmentId} ORDER BY 1 LIMIT 8`)
    ).map((row) => row.customer_id);
    const account = async (id: string) =>
      (await engine.first<{ account_id: string }>(
        sql`SELECT account_id FROM segment_members WHERE segment_id = ${segmentId} AND customer_id = ${id} ORDER BY 1`,
      ))!.account_id;
    const before = (await server.client.experiments.size({ body: designOf(segmentId) })).sizing.eligible;
    await engine.run(sql`INSERT INTO flags VALUES (${ids[0]!}, 'hardship', DATE '2026-10-01', NULL, 1, 1),
      (${ids[1]!}, 'dispute', DATE '2026-01-01', DATE '2026-02-01', 1, 2), (${ids[2]!}, 'deceased', DATE '2026-10-01', NULL, 1, 3),
      (${ids[2]!}, 'plan', DATE '2026-10-01', NULL, 1, 4)`);
    await engine.run(
      sql`UPDATE contact_permissions SET revoked_at = TIMESTAMP '2026-10-15' WHERE customer_id = ${ids[3]!} AND channel = 'sms'`,
    );
    await engine.run(
      sql`UPDATE contact_permissions SET revoked_at = TIMESTAMP '2027-10-15' WHERE customer_id = ${ids[4]!}`,
    );
    await engine.run(sql`INSERT INTO promises VALUES ('p1', ${await account(ids[5]!)}, TIMESTAMP '2026-10-30', DATE '2026-11-05', 10, NULL, 1, 1),
      ('p2', ${await account(ids[6]!)}, TIMESTAMP '2026-09-30', DATE '2026-10-05', 10, true, 1, 2)`);
    await engine.run(
      sql`INSERT INTO account_parties SELECT account_id, customer_id, 'guarantor', false, 1, 9 FROM accounts WHERE customer_id = ${ids[7]!}`,
    );
    const { sizing } = await server.client.experiments.size({ body: designOf(segmentId) });
    await engine.run(
      raw(
        'UPDATE contact_permissions SET revoked_at = NULL; DELETE FROM promises; DELETE FROM account_parties; DELETE FROM flags',
      ),
    );
    expect(Object.fromEntries(sizing.excluded.map(({ reason, n }) => [reason, n]))).toMatchObject({
      'flag:hardship': 1,
      'flag:deceased': 1,
      'no_permission:sms': 1,
      promise_running: 1,
      not_addressable: 1,
    });
    expect(sizing.eligible).toBe(before - 5);
  });

  it('lets a named person state what the portfolio does not hold, and only that', async () => {
    const segmentId = await saveSegment();
    const arms = ['neutral', 'reciprocity'].map((style) => arm(style, 1, 'whatsapp'));
    const bare = await server.client.experiments.size({ body: designOf(segmentId, { arms }) });
    expect(bare.sizing.eligible).toBe(0);
    expect(bare.sizing.excluded[0]?.reason).toBe('no_permission:whatsapp');
    const assume = {
      permission: { channel: 'whatsapp' as const, basis: 'contract' as const },
      validAddress: true,
      statedBy: 'Ana',
    };
    const stated = await server.client.experiments.size({ body: designOf(segmentId, { arms, assume }) });
    expect(stated.sizing.excluded).toEqual([]);
    expect(stated.sizing.notes.at(-1)?.es).toBe(
      'Declarado por Ana, porque la cartera no lo trae: permission whatsapp · contract, validAddress true.',
    );
    const held = await server.client.experiments.size({
      body: designOf(segmentId, { assume: { validAddress: true, statedBy: 'Ana' } }),
    });
    expect(held.sizing.excluded[0]?.reason).toBe('no_address:sms');
  });
});

describe('a claim', () => {
  it('that is not so is told with the true figure, and blocks the design', async () => {
    const body = designOf(await saveSegment(), { arms: [arm('neutral'), arm('social_proof')] });
    const { texts } = await server.client.experiments.size({ body });
    const { claim, text } = texts.find((one) => one.arm === 'social_proof' && one.language === 'en')!;
    expect(claim).toMatchObject({
      holds: false,
      n: expect.any(Number),
      country: expect.stringMatching(/^(CO|MX)$/),
    });
    expect(claim!.share.lower!).toBeLessThan(0.6);
    expect(text).toContain('{{n_de_10}}');
    expect(await problemOf(server.client.experiments.create({ body }))).toMatch(
      /^claim_false: the text of arm "social_proof" may not say how many are up to date: in (CO|MX) [\d,]+ of [\d,]+ are \(\d\d(\.\d)?%/,
    );
  });

  it('that is so stands in the text with its number', async () => {
    const { engine } = server.workspace.context;
    const segmentId = await saveSegment(country('MX'));
    await engine.run(
      raw(`CREATE TABLE kept AS SELECT * FROM snapshots;
      UPDATE snapshots SET days_past_due = 0 WHERE as_of = DATE '2026-10-31' AND account_id LIKE '%1-1'`),
    );
    const { texts } = await server.client.experiments.size({
      body: designOf(segmentId, { arms: [arm('neutral'), arm('social_proof')] }),
    });
    await engine.run(raw('DELETE FROM snapshots; INSERT INTO snapshots SELECT * FROM kept; DROP TABLE kept'));
    const { claim, text } = texts.find((one) => one.arm === 'social_proof' && one.language === 'es')!;
    expect(claim).toMatchObject({ claimed: 6, holds: true, country: 'MX', reason: null });
    expect(text).toContain('Hoy, al menos 6 de cada 10 de nuestros clientes no tienen atrasos.');
    expect(claim!.sql).toContain("CAST('2026-10-31' AS DATE)");
  });
});

describe('a design', () => {
  it.each([
    [
      'weight 0',
      { arms: [arm('neutral'), arm('loss_aversion', 0)] },
      /^arm_without_weight: the arm "loss_aversion" has weight 0: nobody would be in it/,
    ],
    ['one arm', { arms: [arm('neutral')] }, /^too_few_arms/],
    [
      'no control',
      { control: 'placebo' },
      /^unknown_control: the control "placebo" is not an arm; the arms are neutral, loss_aversion, reciprocity/,
    ],
    [
      'equal names',
      { arms: [arm('neutral'), arm('neutral')] },
      /^duplicate_arm: two arms are called "neutral"/,
    ],
    [
      'unknown style',
      { arms: [arm('neutral'), arm('fear')] },
      /^unknown_style: unknown style: "fear"; known are commitment, loss_aversion, neutral/,
    ],
    [
      'unknown template',
      { arms: [arm('neutral'), { ...arm('reciprocity'), template: 'long' }] },
      /^unknown_template: the style "reciprocity" has no template "long" for sms; it has sms/,
    ],
    ['two channels', { arms: [arm('neutral'), arm('reciprocity', 1, 'email')] }, /^style_and_channel_mixed/],
    ['odd weights', { arms: [arm('neutral', 0.333), arm('reciprocity', 0.66701)] }, /^weights_without_block/],
    [
      'unknown channel',
      { arms: [arm('neutral'), { ...arm('reciprocity'), channel: 'fax' as never }] },
      /^invalid_input: .*unknown channel: "fax"/,
    ],
  ])('with %s is refused', async (_, given, message) => {
    expect(
      await problemOf(server.client.experiments.create({ body: designOf(await saveSegment(), given) })),
    ).toMatch(message);
  });

  it('on nobody is refused', async () => {
    expect(await problemOf(saveSegment({ column: 'country', is: 'in', values: ['AR'] }))).toMatch(
      /^segment_empty: the segment "En mora" has nobody in it/,
    );
    const current = await saveSegment({ column: 'days_past_due', is: 'between', from: 0, to: 1 });
    const arms = [arm('neutral', 1, 'whatsapp'), arm('reciprocity', 1, 'whatsapp')];
    expect(await problemOf(server.client.experiments.create({ body: designOf(current, { arms }) }))).toMatch(
      /^nobody_eligible/,
    );
  });
});

describe('assignment', () => {
  it('equals the plan, is balanced, happens once and keeps its people from other experiments', async () => {
    const segmentId = await saveSegment();
    const made = await server.client.experiments.create({
      body: designOf(segmentId, { arms: [arm('neutral', 2), arm('loss_aversion'), arm('reciprocity')] }),
    });
    expect(made.arms.map((one) => one.assigned)).toEqual([0, 0, 0]);
    const done = await assign(made.id);
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
        body: designOf(await saveSegment(late, on), { name }),
      });
      await assign(made.id, on);
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
    const body = designOf(await saveSegment());
    const [one, two] = [
      await server.client.experiments.create({ body }),
      await server.client.experiments.create({ body }),
    ];
    await assign(one.id);
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
    const made = await server.client.experiments.create({ body: designOf(await saveSegment()) });
    await assign(made.id);
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
