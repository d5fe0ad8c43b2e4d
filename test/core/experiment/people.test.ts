import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type CovariateSums,
  covariateSums,
  standardisedDifferences,
} from '#core/experiment/assigning/balance.ts';
import { leadAccounts, stratify } from '#core/experiment/assigning/strata.ts';
import { countReasons, eligiblePeople, judgePeople, reasonTitle } from '#core/experiment/eligibility.ts';
import { accountFacts } from '#core/segment/facts.ts';
import { duckdb } from '#core/sql/dialects/duckdb.ts';
import { raw, sql } from '#core/sql/sql.ts';
import { insertScores, insertSmallBook } from '../../support/books/small-book.ts';
import { expectGolden } from '../../support/golden.ts';
import { openTestWorkspace, type TestWorkspace } from '../../support/workspace.ts';

const asOf = '2026-10-31';
const scores = [{ model: 'self-cure', versionId: 'v1', asOf }];
const facts = accountFacts(duckdb, asOf, scores);
const members =
  raw(`SELECT account_id, customer_id FROM current_snapshots JOIN current_accounts USING (account_id)
  WHERE as_of = DATE '2026-10-31' AND days_past_due > 0`);
const eligible = raw(`SELECT DISTINCT customer_id FROM (${members.text})`);
const lead = leadAccounts(duckdb, { facts, members, eligible, score: 'self-cure' });

let workspace: TestWorkspace;
beforeAll(async () => {
  workspace = await openTestWorkspace();
  await workspace.context.engine.transaction(async (session) => {
    await insertSmallBook(session, 3000);
    await insertScores(session, asOf);
    await session.run(
      raw(
        `UPDATE snapshots SET balance = NULL WHERE account_id = (SELECT min(account_id) FROM (${members.text}))`,
      ),
    );
  });
});
afterAll(() => workspace.close());

describe('strata', () => {
  it('put each person in one, by bucket, third of balance inside the currency and fifth of score', async () => {
    const { engine } = workspace.context;
    const rows = await engine.rows<{ stratum: string; n: number }>(
      sql`SELECT stratum, CAST(count(*) AS BIGINT) AS n FROM (${stratify(duckdb, lead)}) GROUP BY 1 ORDER BY 1`,
    );
    const people = await engine.first<{ n: number }>(
      sql`SELECT CAST(count(*) AS BIGINT) AS n FROM (${eligible})`,
    );
    expect(rows.reduce((sum, row) => sum + row.n, 0)).toBe(people!.n);
    for (const { stratum } of rows) expect(stratum).toMatch(/^(1-29|30-59)\/b[123-]\/s[1-5]$/);
    expect(rows.filter(({ stratum }) => stratum.includes('/b-/'))).toEqual([
      { stratum: expect.any(String), n: 1 },
    ]);
    const share = (part: string) =>
      rows.filter(({ stratum }) => stratum.includes(part)).reduce((sum, row) => sum + row.n, 0) / people!.n;
    for (const part of ['/b1/', '/b2/', '/b3/']) expect(share(part)).toBeCloseTo(1 / 3, 1);
    for (const part of ['/s1', '/s5']) expect(share(part)).toBeCloseTo(1 / 5, 1);
  });

  it('describe a person of several accounts by the latest, with the lowest score', async () => {
    const { engine } = workspace.context;
    const row = await engine.first<{ different: number; accounts: number }>(sql`
      SELECT CAST(count(*) FILTER (WHERE l.days_past_due <> x.worst OR l.score <> x.lowest OR l.accounts <> x.accounts) AS BIGINT) AS different,
        max(l.accounts) AS accounts
      FROM (${lead}) l JOIN (
        SELECT f.customer_id, max(days_past_due) AS worst, min("score:self-cure") AS lowest, count(*) AS accounts
        FROM (${facts}) f JOIN (${members}) m USING (account_id) GROUP BY 1
      ) x USING (customer_id)`);
    expect(row).toEqual({ different: 0, accounts: 2 });
  });

  it('do without a score', async () => {
    const bare = leadAccounts(duckdb, { facts: accountFacts(duckdb, asOf), members, eligible, score: null });
    const rows = await workspace.context.engine.rows<{ stratum: string }>(
      sql`SELECT DISTINCT stratum FROM (${stratify(duckdb, bare)})`,
    );
    for (const { stratum } of rows) expect(stratum).toMatch(/\/s-$/);
  });

  it('are this text', () => expectGolden(stratify(duckdb, lead), 'experiment/strata'));
});

describe('balance', () => {
  it('gives standardised differences of numbers, amounts by currency and categories', async () => {
    const assigned = sql`SELECT customer_id, CASE WHEN customer_id < 'c001500' THEN 'control' ELSE 'arm' END AS arm FROM (${eligible})`;
    const sums = await workspace.context.engine.rows<CovariateSums>(covariateSums(duckdb, lead, assigned));
    const rows = standardisedDifferences(sums, 'control');
    expect(new Set(rows.map((row) => row.covariate))).toEqual(
      new Set([
        'accounts',
        'arrears:COP',
        'arrears:MXN',
        'balance:COP',
        'balance:MXN',
        'country:CO',
        'country:MX',
        'customer_tenure_months',
        'days_past_due',
        'product_type:card',
        'product_type:loan',
        'score',
      ]),
    );
    const share = rows.find((row) => row.covariate === 'country:CO')!;
    expect(share.mean! + rows.find((row) => row.covariate === 'country:MX')!.mean!).toBeCloseTo(1, 9);
    expect(rows.find((row) => row.covariate === 'arrears:MXN')!.standardisedDifference).toBeNull();
  });

  it('follows its definition', () => {
    const sums = (arm: string, values: number[]): CovariateSums => ({
      covariate: 'x',
      arm,
      n: values.length,
      total: values.reduce((a, b) => a + b),
      squares: values.reduce((a, b) => a + b * b, 0),
    });
    const [row] = standardisedDifferences([sums('control', [1, 2, 3]), sums('arm', [3, 4, 5])], 'control');
    expect(row).toEqual({ covariate: 'x', arm: 'arm', mean: 4, controlMean: 2, standardisedDifference: 2 });
    expect(standardisedDifferences([sums('arm', [3, 4])], 'control')[0]).toMatchObject({
      controlMean: null,
      standardisedDifference: null,
    });
  });

  it('is this text', () =>
    expectGolden(
      covariateSums(duckdb, raw('SELECT * FROM lead'), raw('SELECT * FROM assigned')),
      'experiment/balance',
    ));
});

describe('eligibility', () => {
  const judged = judgePeople(duckdb, {
    members,
    asOf,
    today: '2026-11-01',
    channels: ['sms', 'email', 'sms'],
    assume: { permission: { channel: 'sms', basis: 'contract' }, validAddress: true, statedBy: 'Ana' },
    running: [{ experimentId: 'e1', enteredSince: '2026-10-02' }],
  });

  it('gives each person one reason or none', async () => {
    const { engine } = workspace.context;
    const counted = await engine.rows<{ reason: string | null; n: number }>(countReasons(duckdb, judged));
    const people = await engine.first<{ n: number }>(
      sql`SELECT CAST(count(*) AS BIGINT) AS n FROM (${eligible})`,
    );
    expect(counted.reduce((sum, row) => sum + row.n, 0)).toBe(people!.n);
    expect(counted.map((row) => row.reason)).toEqual([null, 'no_address:sms']);
    const left = await engine.rows(eligiblePeople(judged));
    expect(left.length).toBe(counted[0]!.n);
  });

  it('is this text', () => expectGolden(judged, 'experiment/eligibility'));

  it.each([
    ['flag:plan', 'marca: plan de pagos', 'flag: payment plan'],
    ['no_permission:sms', 'sin permiso para SMS', 'no permission for SMS'],
    ['nothing_due', 'sin nada vencido', 'nothing past due'],
    ['something_new', 'something_new', 'something_new'],
  ])('says %s in words', (reason, es, en) => {
    expect(reasonTitle(reason)).toEqual({ es, en });
  });
});
