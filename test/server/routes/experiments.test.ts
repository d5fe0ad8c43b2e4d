import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Condition } from '#core/segment/condition.ts';
import { raw, sql } from '#core/sql/sql.ts';
import { insertScores } from '../../support/books/small-book.ts';
import {
  arm,
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

const country = (code: string): Condition => ({
  all: [late, { column: 'country', is: 'in', values: [code] }],
});

/** Undoes assignments, so that tests do not stand in each other's way. */
beforeEach(async () => {
  await server.workspace.context.engine.run(raw('DELETE FROM assignments; DELETE FROM designs'));
});

describe('sizing', () => {
  it('accounts for everybody, says what it rests on and what it could see', async () => {
    const segmentId = await saveSegment(server);
    const segment = await server.client.segments.get({ params: { segmentId } });
    const { sizing } = await server.client.experiments.size({ body: designOf(segmentId) });
    const out = sizing.excluded.reduce((sum, row) => sum + row.n, 0);
    expect(sizing.eligible + out).toBe(segment.size.customers);
    expect(sizing.excluded).toEqual([
      {
        reason: 'no_address:sms',
        title: { es: 'sin dirección válida para SMS', en: 'no valid address for SMS' },
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
      /people like these on 2026-09-30.*by 2026-10-31\. The score of “Cure under the current policy” explains 20% .*model’s card/,
    );
  });

  it('takes the score away from the past where there were no scores, and says so', async () => {
    const chosen: Condition = { all: [late, { score: 'self-cure', from: 0.5 }] };
    const { sizing } = await server.client.experiments.size({
      body: designOf(await saveSegment(server, chosen)),
    });
    const all = await server.client.experiments.size({ body: designOf(await saveSegment(server)) });
    expect(sizing.notes.some((note) => note.en.includes('multiplied by'))).toBe(true);
    expect(sizing.baseRate.estimate).toBeGreaterThan(all.sizing.baseRate.estimate!);
    expect(sizing.baseRateN).toBe(all.sizing.baseRateN);
  });

  it('reads the score of the past where there was one', async () => {
    const { engine } = server.workspace.context;
    await engine.transaction((session) => insertScores(session, '2026-09-30'));
    const { sizing } = await server.client.experiments.size({ body: designOf(await saveSegment(server)) });
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
    const segmentId = await saveSegment(server);
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
    const segmentId = await saveSegment(server);
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
    const body = designOf(await saveSegment(server), { arms: [arm('neutral'), arm('social_proof')] });
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
      /^claim_false: the text "sms" of arm "social_proof" cannot be used: the figure is not so: it is so of \d\d(\.\d)?% of customers in (CO|MX)/,
    );
  });

  it('that is so stands in the text with its number', async () => {
    const { engine } = server.workspace.context;
    const segmentId = await saveSegment(server, country('MX'));
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
      {
        arms: [
          arm('neutral'),
          {
            ...arm('reciprocity'),
            touches: [{ day: 0, style: 'reciprocity', channel: 'sms' as const, templates: ['long'] }],
          },
        ],
      },
      /^unknown_template: the style "reciprocity" has no template "long" for sms; it has sms/,
    ],
    ['two channels', { arms: [arm('neutral'), arm('reciprocity', 1, 'email')] }, /^style_and_channel_mixed/],
    ['odd weights', { arms: [arm('neutral', 0.333), arm('reciprocity', 0.66701)] }, /^weights_without_block/],
    [
      'unknown channel',
      {
        arms: [
          arm('neutral'),
          {
            ...arm('reciprocity'),
            touches: [{ day: 0, style: 'reciprocity', channel: 'fax' as never, templates: ['sms'] }],
          },
        ],
      },
      /^invalid_input: .*unknown channel: "fax"/,
    ],
  ])('with %s is refused', async (_, given, message) => {
    expect(
      await problemOf(server.client.experiments.create({ body: designOf(await saveSegment(server), given) })),
    ).toMatch(message);
  });

  it('on nobody is refused', async () => {
    expect(await problemOf(saveSegment(server, { column: 'country', is: 'in', values: ['AR'] }))).toMatch(
      /^segment_empty: the segment "En mora" has nobody in it/,
    );
    const current = await saveSegment(server, { column: 'days_past_due', is: 'between', from: 0, to: 1 });
    const arms = [arm('neutral', 1, 'whatsapp'), arm('reciprocity', 1, 'whatsapp')];
    expect(await problemOf(server.client.experiments.create({ body: designOf(current, { arms }) }))).toMatch(
      /^nobody_eligible/,
    );
  });
});
