import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { duckdb } from '#core/sql/dialects/duckdb.ts';
import { raw, sql } from '#core/sql/sql.ts';
import { followUp } from '#models/value-at-risk/follow-up.ts';
import { horizonMonths, monthsSeen } from '#models/value-at-risk/periods.ts';
import question from '#models/value-at-risk.ts';
import { insertRiskBook, riskDates } from '../../support/books/risk-book.ts';
import { expectGolden } from '../../support/golden.ts';
import { openTestWorkspace, type TestWorkspace } from '../../support/workspace.ts';

const parameters = (given: object = {}) => question.parameters.parse(given);
const calendar = { dates: riskDates, observed: 'monthly' as const };
let workspace: TestWorkspace;

beforeAll(async () => {
  workspace = await openTestWorkspace();
  await workspace.context.engine.transaction((session) => insertRiskBook(session, 100));
});
afterAll(() => workspace.close());

const ask = <Row extends object>(statement: Parameters<typeof workspace.context.engine.rows>[0]) =>
  workspace.context.engine.rows<Row>(statement);
const outcomesOf = async (given: object) => {
  const asked = parameters(given);
  const dates = question.decisionDates(asked, calendar);
  const population = sql`(SELECT account_id, customer_id, as_of FROM (${question.candidates(
    duckdb,
    asked,
    dates.map(({ asOf }) => asOf),
  )}) c WHERE excluded IS NULL)`;
  return { asked, dates, population };
};

describe('dates', () => {
  it('counts month ends and wandering first days as months', () => {
    expect([28, 30, 31, 89, 92, 180, 365, 366].map(horizonMonths)).toEqual([1, 1, 1, 3, 3, 6, 12, 12]);
    expect(monthsSeen('2026-01-31', '2026-02-28')).toBe(1);
    expect(monthsSeen('2026-01-02', '2026-04-01')).toBe(3);
    expect(monthsSeen('2026-01-15', '2026-03-10')).toBe(1);
  });

  it('ends a date without its whole horizon where the data ends, and says so', () => {
    const dates = question.decisionDates(parameters(), calendar);
    expect(dates).toHaveLength(17);
    expect(dates[0]).toEqual({ asOf: '2025-01-31', horizonEnd: '2026-01-31', labelEnd: '2026-06-30' });
    expect(dates.at(-1)).toEqual({
      asOf: '2026-05-31',
      horizonEnd: '2026-06-30',
      labelEnd: '2026-06-30',
      censored: true,
    });
    expect(dates.filter(({ censored }) => !censored)).toHaveLength(6);
    const complete = question.decisionDates(parameters({ followUp: 'complete' }), calendar);
    expect(complete.map(({ labelEnd }) => labelEnd).at(-1)).toBe('2026-06-30');
    expect(complete).toHaveLength(6);
  });

  it('makes nothing up: with no date seen to the end there is none to learn from', () => {
    const short = { dates: riskDates.slice(0, 9), observed: 'monthly' as const };
    expect(question.decisionDates(parameters(), short)).toEqual([]);
    expect(question.decisionDates(parameters({ horizonDays: 180 }), short)).toHaveLength(8);
    expect(question.decisionDates(parameters(), { dates: [], observed: 'monthly' })).toEqual([]);
  });

  it('keeps to whole months of daily data', () => {
    const day = (n: number) => new Date(Date.UTC(2025, 0, 15 + n)).toISOString().slice(0, 10);
    const daily = { dates: Array.from({ length: 100 }, (_, n) => day(n)), observed: 'daily' as const };
    const [first] = question.decisionDates(parameters({ horizonDays: 60 }), daily);
    expect(first).toMatchObject({ asOf: '2025-01-15', horizonEnd: '2025-03-16' });
  });
});

describe('outcomes', () => {
  it('tells charge-off, closing, the end of sight and the end of the horizon apart, with the month of each', async () => {
    const { asked, dates, population } = await outcomesOf({});
    const rows = await ask<{ account_id: string; as_of: string; ending: string; period: number }>(
      sql`SELECT * FROM (${followUp(duckdb, asked, population, dates)}) f WHERE account_id IN ('account-000003', 'account-000007', 'account-000000')
        AND as_of IN (DATE '2025-03-31', DATE '2025-12-31', DATE '2025-06-30') ORDER BY account_id, as_of`,
    );
    const of = (account: string, asOf: string) => {
      const row = rows.find(({ account_id, as_of }) => account_id === account && as_of === asOf);
      return row && [row.ending, row.period];
    };
    expect(of('account-000000', '2025-06-30')).toEqual(['survived', 12]);
    expect(of('account-000000', '2025-12-31')).toEqual(['censored', 6]);
    expect(of('account-000003', '2025-03-31')).toEqual(['charged_off', 9]);
    expect(of('account-000003', '2025-12-31')).toBeUndefined();
    expect(of('account-000007', '2025-03-31')).toEqual(['closed', 7]);
  });

  it('weighs the known endings so that they stand for all rows, at the incidence of the life table', async () => {
    const { asked, dates, population } = await outcomesOf({});
    const { ladder, weights, identification } = await question.identify!(ask, duckdb, asked, dates);
    const figures = Object.fromEntries(ladder[0]!.figures.map(({ name, value }) => [name, value!]));
    expect(identification).toBe('current_policy');
    expect(figures.weighted_rate).toBeCloseTo(figures.incidence!, 12);
    expect(figures.kaplan_meier).toBeGreaterThan(figures.incidence!);
    expect(figures.unweighted_rate).toBeGreaterThan(1.3 * figures.incidence!);
    const [sums] = await ask<{ n: number; total: number; least: number }>(
      sql`SELECT CAST(count(*) AS BIGINT) AS n, sum(row_weight) AS total, min(row_weight) AS least FROM (${weights!}) w`,
    );
    const [all] = await ask<{ n: number }>(sql`SELECT CAST(count(*) AS BIGINT) AS n FROM ${population} p`);
    expect(sums!.total / all!.n).toBeCloseTo(1, 9);
    expect(sums!.least).toBe(1);
    expect(sums!.total).toBeGreaterThan(sums!.n);
  });

  it('gives no weights where every ending is known', async () => {
    const { asked, dates } = await outcomesOf({ followUp: 'complete' });
    const identified = await question.identify!(ask, duckdb, asked, dates);
    expect(identified.weights).toBeUndefined();
    expect(identified.ladder[0]!.figures.find(({ name }) => name === 'largest_weight')?.value).toBe(1);
  });

  it('stops where nothing was ever charged off', async () => {
    await workspace.context.engine.transaction(async (session) => {
      await session.run(raw('CREATE OR REPLACE TABLE kept_accounts AS SELECT * FROM accounts'));
      await session.run(raw('CREATE OR REPLACE TABLE kept_snapshots AS SELECT * FROM snapshots'));
      await session.run(raw('UPDATE accounts SET charged_off_on = NULL'));
      await session.run(raw(`UPDATE snapshots SET status = 'active' WHERE status = 'charged_off'`));
    });
    const { asked, dates } = await outcomesOf({});
    await expect(question.identify!(ask, duckdb, asked, dates)).rejects.toMatchObject({
      code: 'risk_no_charge_offs',
      details: { months: 12 },
    });
    await workspace.context.engine.transaction(async (session) => {
      await session.run(raw('DELETE FROM accounts'));
      await session.run(raw('INSERT INTO accounts SELECT * FROM kept_accounts'));
      await session.run(raw('DELETE FROM snapshots'));
      await session.run(raw('INSERT INTO snapshots SELECT * FROM kept_snapshots'));
    });
  });

  it('leaves out accounts in default, which are shown apart', async () => {
    const asked = parameters();
    const rows = await ask<{ excluded: string | null; least: number; most: number; n: number }>(
      sql`SELECT excluded, min(days_past_due) AS least, max(days_past_due) AS most, CAST(count(*) AS BIGINT) AS n
        FROM (${question.candidates(duckdb, asked, ['2025-12-31'])}) c GROUP BY excluded ORDER BY excluded`,
    );
    const of = (reason: string | null) => rows.find(({ excluded }) => excluded === reason);
    expect(of(null)!.most).toBeLessThan(90);
    expect(of('defaulted')!.least).toBeGreaterThanOrEqual(90);
    expect(of('charged_off')!.n).toBeGreaterThan(0);
  });

  it('is the SQL kept as golden', async () => {
    const asked = parameters();
    const dates = question.decisionDates(asked, calendar).slice(4, 8);
    await expectGolden(question.candidates(duckdb, asked, ['2026-01-31']), 'models/value-at-risk-candidates');
    await expectGolden(
      question.outcomes(duckdb, asked, raw('at_risk'), dates),
      'models/value-at-risk-outcomes',
    );
  });
});
