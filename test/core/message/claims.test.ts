import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ClaimCount, type ClaimQuestion, judgeClaim } from '#core/message/claim.ts';
import customersUpToDate from '#core/message/claims/customers_up_to_date.ts';
import { claimReason, writeTemplate } from '#core/message/text/arm-text.ts';
import { fixedBy } from '#core/message/text/fixed.ts';
import { duckdb } from '#core/sql/dialects/duckdb.ts';
import { raw, type Sql, sql } from '#core/sql/sql.ts';
import { insertSmallBook } from '../../support/books/small-book.ts';
import { openTestWorkspace, type TestWorkspace } from '../../support/workspace.ts';

const count = (country: string, n: number, events: number): ClaimCount => ({ country, n, events });
const upToDate = (people: Sql | null, country: string | null, scope?: ClaimQuestion['scope']) =>
  customersUpToDate.count(duckdb, {
    asOf: '2026-10-31',
    windowDays: 0,
    people,
    country,
    ...(scope && { scope }),
  });

describe('a claim of n in 10', () => {
  it.each([
    ['rounds the lower end down, not the share', [count('MX', 1000, 799)], { claimed: 7, holds: true }],
    [
      'is the weakest country’s',
      [count('MX', 5000, 4600), count('CO', 5000, 3500)],
      { claimed: 6, holds: true, country: 'CO' },
    ],
    ['needs a lower end of .6', [count('MX', 1000, 610)], { claimed: 5, holds: false, reason: 'too_low' }],
    [
      'needs 200 customers in every country',
      [count('MX', 5000, 4600), count('CO', 199, 199)],
      { holds: false, reason: 'too_few', country: 'CO' },
    ],
    ['needs somebody', [], { holds: false, reason: 'no_rows', n: 0 }],
    ['of everybody is 9 at most of 200', [count('MX', 200, 200)], { claimed: 9, holds: true }],
  ])('%s', (_, counts, expected) => {
    expect(judgeClaim(counts)).toMatchObject(expected);
  });

  it('says why it does not hold, with the true figure', () => {
    expect(claimReason(judgeClaim([count('MX', 1000, 310)]))?.en).toBe(
      'it is so of 31% of customers in MX (surely at least 28.2%); under 60% the figure teaches not to pay',
    );
    expect(claimReason(judgeClaim([count('MX', 1000, 900)]))).toBeNull();
  });

  it('stands in the text only while it holds', () => {
    const template = {
      id: 'x',
      channel: 'email' as const,
      subject: { es: 'A', en: 'A' },
      body: { es: '{{n_de_10}} de 10', en: '{{n_de_10}} in 10' },
    };
    const say = (events: number) => writeTemplate(template, judgeClaim([count('MX', 1000, events)]))[0];
    expect(say(900)).toEqual({ language: 'es', text: 'A\n\n8 de 10' });
    expect(say(300)).toEqual({ language: 'es', text: 'A\n\n{{n_de_10}} de 10' });
    expect(writeTemplate(template, null)[1]).toEqual({ language: 'en', text: 'A\n\n{{n_de_10}} in 10' });
  });
});

describe('the product a segment fixes', () => {
  it('is the only one it names, also among other conditions; several, or none but these, fix nothing', () => {
    const product = (...values: string[]) => ({ column: 'product_type', is: 'in' as const, values });
    const late = { column: 'days_past_due', is: 'between' as const, from: 1, to: 60 };
    expect(fixedBy({ all: [late, product('card')] })).toEqual({ product: 'card' });
    expect(fixedBy({ all: [{ all: [product('loan')] }] })).toEqual({ product: 'loan' });
    expect(fixedBy(product('card', 'loan'))).toEqual({});
    expect(fixedBy({ any: [product('card'), late] })).toEqual({});
    expect(fixedBy({ not: product('card') })).toEqual({});
  });
});

describe('the query of a claim', () => {
  let workspace: TestWorkspace;
  beforeAll(async () => {
    workspace = await openTestWorkspace();
    await workspace.context.engine.transaction((session) => insertSmallBook(session, 900));
  });
  afterAll(() => workspace.close());

  it('counts customers, up to date when no account of theirs is late, in the countries of those addressed', async () => {
    const { engine } = workspace.context;
    const mexicans = sql`SELECT customer_id FROM customers WHERE jurisdiction = 'MX' LIMIT 3`;
    const [row, ...others] = await engine.rows<ClaimCount>(upToDate(mexicans, null));
    expect(others).toEqual([]);
    const late = await engine.first<{ n: number }>(
      raw(`SELECT CAST(count(DISTINCT customer_id) AS BIGINT) AS n FROM snapshots
      JOIN accounts USING (account_id) JOIN customers USING (customer_id)
      WHERE as_of = DATE '2026-10-31' AND days_past_due > 0 AND jurisdiction = 'MX'`),
    );
    expect(row).toEqual({ country: 'MX', n: 600, events: 600 - late!.n });
  });

  it('counts one product where the segment fixes it, up to date in all they have', async () => {
    const { engine } = workspace.context;
    await engine.run(raw("UPDATE accounts SET product_type = 'loan' WHERE account_id LIKE '%-2'"));
    const mexicans = sql`SELECT customer_id FROM customers WHERE jurisdiction = 'MX'`;
    const rows = await engine.rows<ClaimCount>(upToDate(mexicans, null, { product: 'card' }));
    const known = await engine.first<{ n: number; events: number }>(
      raw(`SELECT CAST(count(*) AS BIGINT) AS n, CAST(count(*) FILTER (worst = 0) AS BIGINT) AS events FROM (
        SELECT customer_id, max(days_past_due) AS worst, bool_or(product_type = 'card') AS holds_card FROM snapshots
        JOIN accounts USING (account_id) JOIN customers USING (customer_id)
        WHERE as_of = DATE '2026-10-31' AND jurisdiction = 'MX' GROUP BY customer_id) WHERE holds_card`),
    );
    expect(rows).toEqual([{ country: 'MX', product: 'card', ...known }]);
    expect(rows[0]!.n).toBeGreaterThan(200);
  });

  it('takes a country that is not known from what was stated', async () => {
    const { engine } = workspace.context;
    await engine.run(raw('UPDATE customers SET jurisdiction = NULL'));
    const everybody = sql`SELECT customer_id FROM customers`;
    const stated = await engine.rows<ClaimCount>(upToDate(everybody, 'TW'));
    expect(stated).toMatchObject([{ country: 'TW', n: 900 }]);
    const unknown = await engine.rows<ClaimCount>(upToDate(everybody, null));
    expect(unknown).toMatchObject([{ country: null, n: 900 }]);
  });

  it('is this text', async () => {
    const statement = upToDate(sql`SELECT 'c1' AS customer_id`, 'MX');
    await expect(`${statement.text}\n-- ${JSON.stringify(statement.values)}\n`).toMatchFileSnapshot(
      '../../golden/experiment/claim.sql',
    );
  });
});
