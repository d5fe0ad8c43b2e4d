import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { duckdb } from '#core/sql/dialects/duckdb.ts';
import { raw, sql } from '#core/sql/sql.ts';
import scorecard from '#models/learners/scorecard.ts';
import { seededRandom } from '#models/maths/random.ts';
import type { Matrix } from '#models/matrix.ts';
import recovery from '#models/recovery.ts';
import recoveryAmount from '#models/recovery-amount.ts';
import { insertRiskBook, riskDates } from '../../support/books/risk-book.ts';
import { expectGolden } from '../../support/golden.ts';
import { openTestWorkspace, type TestWorkspace } from '../../support/workspace.ts';

const calendar = { dates: riskDates, observed: 'monthly' as const };
let workspace: TestWorkspace;
const rows = <Row extends object>(statement: Parameters<typeof workspace.context.engine.rows>[0]) =>
  workspace.context.engine.rows<Row>(statement);

beforeAll(async () => {
  workspace = await openTestWorkspace();
  await workspace.context.engine.transaction((session) => insertRiskBook(session, 100));
});
afterAll(() => workspace.close());

interface Outcome {
  account_id: string;
  as_of: string;
  outcome: string;
  target: number | null;
  balance: number;
}

/** What became of the accounts charged off on the day of each date. */
async function outcomes<P>(
  question: typeof recovery | typeof recoveryAmount,
  parameters: P,
): Promise<Outcome[]> {
  const asked = question as unknown as typeof recovery;
  const given = parameters as ReturnType<typeof recovery.parameters.parse>;
  const dates = asked.decisionDates(given, calendar);
  const candidates = asked.candidates(
    duckdb,
    given,
    dates.map(({ asOf }) => asOf),
  );
  return rows<Outcome>(sql`WITH at_risk AS (SELECT c.account_id, c.customer_id, c.as_of FROM (${candidates}) c
    JOIN current_accounts a ON a.account_id = c.account_id AND a.charged_off_on = c.as_of WHERE c.excluded IS NULL)
  SELECT o.*, CAST(s.balance AS DOUBLE) AS balance FROM (${asked.outcomes(duckdb, given, raw('at_risk'), dates)}) o
    JOIN current_snapshots s ON s.account_id = o.account_id AND s.as_of = o.as_of ORDER BY o.account_id`);
}

describe('any recovery', () => {
  it('is 1 for who paid in the window, 0 for who did not, whatever bounced', async () => {
    const found = await outcomes(recovery, recovery.parameters.parse({ horizonDays: 60 }));
    const paid = await rows<{ account_id: string }>(
      raw('SELECT account_id FROM current_payments WHERE NOT reversed ORDER BY account_id'),
    );
    const payers = new Set(paid.map(({ account_id }) => account_id));
    expect(found.length).toBeGreaterThan(20);
    expect(new Set(found.map(({ target }) => target))).toEqual(new Set([0, 1]));
    for (const row of found) expect(row.target).toBe(payers.has(row.account_id) ? 1 : 0);
  });

  it('asks only of accounts charged off, unless those in default are asked for too', async () => {
    const count = async (given: object) =>
      (
        await rows<{ n: number }>(
          sql`SELECT CAST(count(*) AS BIGINT) AS n FROM (${recovery.candidates(duckdb, recovery.parameters.parse(given), ['2026-01-31'])}) c WHERE excluded IS NULL`,
        )
      )[0]!.n;
    expect(await count({ stage: 'default' })).toBeGreaterThan(await count({}));
    expect(await count({ sinceDays: 30 })).toBeLessThan(await count({}));
  });
});

describe('how much, given any', () => {
  const worth = (rate: number) => Math.exp((-Math.log(1 + rate) * 30) / 365);

  it.each([
    ['at the contract rate, costs subtracted', {}, worth(0.2), 2],
    ['at a rate that was set', { discountRate: 0.5 }, worth(0.5), 2],
    ['plain', { discountRate: 0, subtractCosts: false }, 1, 0],
  ])('is the present value over the balance: %s', async (_, given, factor, cost) => {
    const found = await outcomes(
      recoveryAmount,
      recoveryAmount.parameters.parse({ horizonDays: 60, ...given }),
    );
    const paid = found.filter(({ outcome }) => outcome === 'recovered');
    expect(paid.length).toBeGreaterThan(10);
    for (const { balance, target } of paid)
      expect(target).toBeCloseTo((factor * (Math.round(balance * 10) / 100 - cost)) / balance, 9);
    for (const row of found.filter(({ outcome }) => outcome === 'nothing')) expect(row.target).toBeNull();
  });

  it('is the SQL kept as golden', async () => {
    const parameters = recoveryAmount.parameters.parse({});
    const dates = recoveryAmount.decisionDates(parameters, calendar).slice(0, 2);
    await expectGolden(
      recoveryAmount.candidates(duckdb, parameters, ['2026-01-31']),
      'models/recovery-candidates',
    );
    await expectGolden(
      recoveryAmount.outcomes(duckdb, parameters, raw('at_risk'), dates),
      'models/recovery-amount-outcomes',
    );
  });

  it('is learned as a share by a learner of fractional responses', async () => {
    const random = seededRandom(4);
    const n = 4000;
    const x = Float64Array.from({ length: n }, () => 2 * random() - 1);
    const mean = (value: number) => 1 / (1 + Math.exp(-(0.2 + 1.5 * value)));
    const target = x.map((value) => Math.min(1, Math.max(0, mean(value) + 0.3 * (random() - 0.5))));
    const matrix: Matrix = {
      rows: n,
      columns: [{ name: 'x', kind: 'numeric', values: x }],
      target,
      groups: Int32Array.from({ length: n }, (_, i) => i),
      day: new Int32Array(n),
    };
    const fitted = await scorecard.fit({
      matrix,
      options: scorecard.options.parse({}),
      random: seededRandom(1),
      onProgress: () => {},
      checkCancelled: () => {},
    });
    const predicted = fitted.predict(matrix);
    const error = predicted.reduce((sum, p, i) => sum + Math.abs(p - mean(x[i]!)), 0) / n;
    expect(error).toBeLessThan(0.05);
    const average = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0) / n;
    expect(average(predicted)).toBeCloseTo(average(target), 2);
  });
});
