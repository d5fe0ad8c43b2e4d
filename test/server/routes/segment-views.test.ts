import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createClient, send } from '#core/contract/client.ts';
import type { Condition } from '#core/segment/condition.ts';
import { nearestCentre } from '#core/segment/holds.ts';
import { raw, sql } from '#core/sql/sql.ts';
import { measureSegment } from '#server/jobs/segmenting.ts';
import { freezeForUse } from '#server/store/segments/freezes.ts';
import { insertScores, insertSmallBook } from '../../support/books/small-book.ts';
import { startTestServer, type TestServer } from '../../support/servers/server.ts';

let server: TestServer;
const ids: Record<string, string> = {};
const conditions: Record<string, Condition> = {
  late: { column: 'days_past_due', is: 'between', from: 1 },
  early: { column: 'days_past_due', is: 'between', from: 1, to: 30 },
  clear: { column: 'days_past_due', is: 'between', to: 1 },
  low: { decile: 'self-cure', of: [1, 2] },
  rich: { percentile: { column: 'balance' }, within: 'currency', from: 0.9 },
  featured: { feature: 'delinquency.late_months_3m', is: 'between', from: 2 },
};
beforeAll(async () => {
  server = await startTestServer();
  await server.workspace.context.engine.transaction(async (session) => {
    await insertSmallBook(session, 1500);
    await insertScores(session, '2026-10-31');
  });
  for (const [name, condition] of Object.entries(conditions))
    ids[name] = (await server.client.segments.create({ body: { name, condition } })).id;
});
afterAll(() => server.close());

const idOf = (name: string) => ids[name] ?? '';
const failure = (work: Promise<unknown>) =>
  work.then(
    () => null,
    (error: { problem: { code: string; status: number; detail: string } }) => error.problem,
  );
const sizeOf = async (condition: Condition) =>
  (await server.client.segments.preview({ body: { condition } })).customers;

describe('facts kept ready', () => {
  it('are shared by those who come at once, and made anew when the data changes', async () => {
    const { client, workspace } = server;
    await workspace.context.engine.run(
      sql`INSERT INTO flags VALUES ('c000001', 'plan', DATE '2026-01-01', NULL, 1, 1)`,
    );
    const flagged: Condition = { flag: 'plan', is: 'set' };
    const [columns, criteria, ...counts] = await Promise.all([
      client.segments.columns(),
      client.segmentViews.criteria(),
      ...Object.values(conditions).map(sizeOf),
      sizeOf(flagged),
    ]);
    expect(columns.columns.length).toBeGreaterThan(30);
    expect(criteria.criteria).toHaveLength(6);
    expect(counts.at(-1)).toBe(1);
    await workspace.context.engine.run(sql`DELETE FROM flags WHERE customer_id = 'c000001'`);
    expect(await sizeOf(flagged)).toBe(0);
  });
});

describe('overlap', () => {
  it('counts people of each, of each pair and Jaccard as sets do', async () => {
    const { segments, pairs } = await server.client.segmentViews.overlap({
      body: { condition: { all: [] }, segmentIds: [idOf('late'), idOf('early'), idOf('clear')] },
    });
    expect(segments.map(({ name }) => name)).toEqual(['', 'late', 'early', 'clear']);
    const { engine } = server.workspace.context;
    const people = async (name: string) => {
      const rows = await engine.rows<{ customer_id: string }>(
        sql`SELECT DISTINCT customer_id FROM segment_members WHERE segment_id = ${idOf(name)}`,
      );
      return new Set(rows.map((row) => row.customer_id));
    };
    const [late, clear] = [await people('late'), await people('clear')];
    const both = [...late].filter((id) => clear.has(id)).length;
    expect(both).toBeGreaterThanOrEqual(0);
    expect(pairs.find(({ first, second }) => first === 1 && second === 3)).toEqual({
      first: 1,
      second: 3,
      both,
      jaccard: both / (late.size + clear.size - both),
    });
    expect(pairs.find(({ first, second }) => first === 1 && second === 2)?.both).toBe(segments[2]?.customers);
    expect(segments[0]?.customers).toBe(1500);
  });

  it('names the segments it cannot count, and refuses one that is not there', async () => {
    const { engine } = server.workspace.context;
    await engine.run(
      sql`UPDATE segments SET condition = ${JSON.stringify({ score: 'luck', to: 0.5 })} WHERE segment_id = ${idOf('low')}`,
    );
    const { leftOut } = await server.client.segmentViews.overlap({
      body: { segmentIds: [idOf('low'), idOf('late')] },
    });
    expect(leftOut).toEqual([
      {
        id: idOf('low'),
        name: 'low',
        reason: {
          es: 'no hay puntajes de «luck»; hay de self-cure',
          en: 'there are no scores of "luck"; there are of self-cure',
        },
      },
    ]);
    await engine.run(
      sql`UPDATE segments SET condition = ${JSON.stringify(conditions.low)} WHERE segment_id = ${idOf('low')}`,
    );
    expect(
      await failure(server.client.segmentViews.overlap({ body: { segmentIds: ['nope'] } })),
    ).toMatchObject({
      code: 'not_found',
    });
  });
});

describe('a profile', () => {
  it('is the means of people on each side, with their difference', async () => {
    const found = await server.client.segmentViews.profile({ params: { segmentId: idOf('late') } });
    expect(found.people.segment + found.people.other).toBe(1500);
    const late = found.rows.find(({ id }) => id === 'late');
    expect(late?.other.mean).toBe(0);
    expect(late?.difference.lower).toBeGreaterThan(0.9);
    expect(found.finding.es).toMatch(/^Lo que más lo distingue: (Días de mora|En mora), por encima/);
    const money = found.rows.filter(({ id }) => id.startsWith('balance:'));
    expect(money.map(({ currency }) => currency).sort()).toEqual(['COP', 'MXN']);
    for (const row of found.rows)
      if (row.difference.estimate !== null && row.segment.mean !== null && row.other.mean !== null)
        expect(row.difference.estimate).toBeCloseTo(row.segment.mean - row.other.mean, 9);
  });

  it('of two segments leaves out who is in both', async () => {
    const found = await server.client.segmentViews.profile({
      params: { segmentId: idOf('late') },
      query: { against: idOf('early') },
    });
    expect(found.people.both).toBe(await sizeOf(conditions.early as Condition));
    expect(found.people.other).toBe(0);
    expect(found.against.name).toBe('early');
    expect(found.rows.every(({ difference }) => difference.estimate === null)).toBe(true);
    expect(found.rows[0]?.difference.reason).toBe('fewer_than_30');
  });
});

describe('members', () => {
  it('are paged in order, whole where personal data may be read, else shortened', async () => {
    const params = { segmentId: idOf('early') };
    const first = await server.client.segmentViews.members({ params, query: { limit: 5 } });
    expect(first.masked).toBe(false);
    expect(first.members).toHaveLength(5);
    expect(first.members[0]?.daysPastDue).toBe(29);
    expect(first.members[0]?.customerId).toMatch(/^c\d{6}$/);
    const token = await server.token(['segment:read']);
    const other = createClient((endpoint, input) =>
      send({ fetch, origin: server.origin, headers: { authorization: `Bearer ${token}` } }, endpoint, input),
    );
    const shown = await other.segmentViews.members({ params, query: { limit: 5 } });
    expect(shown.masked).toBe(true);
    expect(
      shown.members.every(
        ({ customerId, accountId }) => /^….{3}$/.test(customerId) && /^….{3}$/.test(accountId),
      ),
    ).toBe(true);
    const file = await fetch(`${server.origin}/api/v1/segments/${idOf('early')}/members/table?format=csv`, {
      headers: { authorization: `Bearer ${token}` },
    });
    const lines = (await file.text()).trim().split(/\r?\n/);
    expect(lines).toHaveLength(first.total + 1);
    expect(lines.join()).not.toMatch(/c\d{6}|a\d{6}/);
  });
});

describe('history and freezes', () => {
  it('count each month by what was known then, and say where it cannot be', async () => {
    const { months } = await server.client.segmentViews.history({ params: { segmentId: idOf('late') } });
    expect(months.map(({ asOf }) => asOf)).toEqual(['2026-08-31', '2026-09-30', '2026-10-31']);
    const { engine } = server.workspace.context;
    for (const month of months) {
      const row = await engine.first<{ n: number }>(
        sql`SELECT CAST(count(*) AS BIGINT) AS n FROM current_snapshots WHERE as_of = CAST(${month.asOf} AS DATE) AND days_past_due >= 1`,
      );
      expect(month.accounts).toBe(row?.n);
    }
    const scored = await server.client.segmentViews.history({ params: { segmentId: idOf('low') } });
    expect(scored.months[0]).toMatchObject({
      accounts: null,
      reason: { en: 'there are no scores of "self-cure"; there are of –' },
    });
    expect(scored.months[2]?.accounts).toBeGreaterThan(0);
  });

  it('keep the people of each freeze; the same people have the same fingerprint', async () => {
    const { context } = server.workspace;
    const params = { segmentId: idOf('rich') };
    const again = await server.client.segmentViews.freeze({ params });
    expect(again).toMatchObject({ reason: 'by_hand', current: true });
    await context.engine.run(
      raw(
        `UPDATE snapshots SET balance = balance + 1000000 WHERE account_id = 'a000001-1' AND as_of = DATE '2026-10-31'`,
      ),
    );
    const condition = (await server.client.segments.get({ params })).condition;
    const { picked, facts } = await measureSegment(context, condition, 'portfolio');
    const use = { segmentId: idOf('rich'), asOf: facts.asOf, picked, at: context.now().toISOString() };
    const freeze = (usedBy: string) =>
      context.engine.transaction((session) =>
        freezeForUse(session, context.engine.dialect, { ...use, usedBy, by: 'owner' }),
      );
    await freeze('run-1');
    // The same people on the same date are frozen already.
    await freeze('run-2');
    const { freezes } = await server.client.segmentViews.history({ params });
    expect(freezes.map(({ reason, current }) => [reason, current])).toEqual([
      ['export', false],
      ['by_hand', true],
      ['saved', false],
    ]);
    expect(freezes[1]?.fingerprint).toBe(freezes[2]?.fingerprint);
    expect(freezes[1]?.fingerprint).toMatch(/^[0-9a-f]{32}$/);
    for (const { id, accounts } of freezes) {
      const { total } = await server.client.segmentViews.members({ params, query: { freeze: id, limit: 1 } });
      expect(total).toBe(accounts);
    }
    expect(freezes.map(({ usedBy }) => usedBy)).toEqual(['run-1', null, null]);
    expect(
      await failure(server.client.segmentViews.members({ params, query: { freeze: 'no' } })),
    ).toMatchObject({
      code: 'not_found',
    });
  });
});

describe('ready-made criteria', () => {
  it('are the five every collector starts from and the deciles of each model, all of them counted', async () => {
    const { criteria } = await server.client.segmentViews.criteria();
    expect(criteria.map(({ id }) => id)).toEqual([
      'amount',
      'customer-tenure',
      'customer-type',
      'age-of-debt',
      'product',
      'deciles:self-cure',
    ]);
    const of = (id: string) => criteria.find((one) => one.id === id)?.bands ?? [];
    expect(of('product').reduce((sum, band) => sum + band.accounts, 0)).toBe(1650);
    expect(of('amount').reduce((sum, band) => sum + band.accounts, 0)).toBe(1650);
    expect(of('amount').every(({ condition }) => 'currency' in condition && condition.currency)).toBe(true);
    const scored = of('deciles:self-cure');
    expect(scored).toHaveLength(10);
    for (const { condition, customers } of [...of('age-of-debt').slice(0, 2), ...scored.slice(0, 2)])
      expect(await sizeOf(condition)).toBe(customers);
  });
});

describe('micro-segments', () => {
  const named = /(por encima|por debajo|Parecido)/;
  it('of k-means put every account in one group, closest to its centre, named by what sets it apart', async () => {
    const found = await server.client.microSegments.suggest({ body: { groups: 3 } });
    expect(found.groups.reduce((sum, group) => sum + group.accounts, 0)).toBe(1650);
    expect(found.accounts).toBe(1650);
    for (const { name, condition, accounts, customers } of found.groups) {
      expect(name.es).toMatch(named);
      const preview = await server.client.segments.preview({ body: { condition } });
      expect([preview.accounts, preview.customers]).toEqual([accounts, customers]);
      expect(preview.description.es).toMatch(/^más cerca del centro \d de 3 \(/);
      if (!('nearest' in condition)) throw new Error('not a nearest centre');
      const at = Object.fromEntries(
        condition.measures.map(({ of, mean, deviation }, i) => [
          'column' in of
            ? of.column
            : 'rankOf' in of
              ? `percentile:currency:${of.rankOf}`
              : `score:${'score' in of ? of.score : ''}`,
          mean + deviation * (condition.centres[condition.nearest - 1]?.[i] ?? 0),
        ]),
      );
      expect(nearestCentre(condition, at)).toBe(condition.nearest);
    }
    expect(found.quality).toBeGreaterThan(0.1);
    const again = await server.client.microSegments.suggest({ body: { groups: 3 } });
    expect(again).toEqual(found);
    const saved = await server.client.segments.create({
      body: {
        name: found.groups[0]?.name.es.slice(0, 120) ?? '',
        condition: found.groups[0]?.condition as Condition,
      },
    });
    expect(saved.size.accounts).toBe(found.groups[0]?.accounts);
  });

  it('of a tree are ranges that share out the accounts scored, and explain the target', async () => {
    const found = await server.client.microSegments.suggest({
      body: {
        method: 'tree',
        groups: 4,
        target: { column: 'days_past_due' },
        measures: [{ rankOf: 'arrears' }, { score: 'self-cure' }, { rankOf: 'balance' }],
      },
    });
    expect(found.groups.reduce((sum, group) => sum + group.accounts, 0)).toBe(1650);
    expect(found.quality).toBeGreaterThan(0.8);
    for (const { condition, accounts } of found.groups)
      expect((await server.client.segments.preview({ body: { condition } })).accounts).toBe(accounts);
    expect(found.finding.en).toMatch(/^4 groups, which explain \d+% of the variation of “days past due”[.]$/);
  });

  it.each<[string, object, string]>([
    [
      'an amount as a measure',
      { measures: [{ column: 'balance' }, { column: 'days_past_due' }] },
      'amounts_across_currencies',
    ],
    [
      'a category as a measure',
      { measures: [{ column: 'country' }, { column: 'days_past_due' }] },
      'measure_without_order',
    ],
    [
      'too few accounts',
      { within: { column: 'days_past_due', is: 'between', from: 57 } },
      'too_few_to_group',
    ],
    [
      'measures that do not vary',
      { measures: [{ feature: 'delinquency.snapshots_6m' }, { feature: 'delinquency.snapshots_6m' }] },
      'nothing_varies',
    ],
    [
      'an unknown score',
      { measures: [{ score: 'luck' }, { column: 'days_past_due' }] },
      'unknown_segment_score',
    ],
  ])('refuse %s', async (_, body, code) => {
    expect(await failure(server.client.microSegments.suggest({ body: body as object }))).toMatchObject({
      code,
      status: 422,
    });
  });
});
