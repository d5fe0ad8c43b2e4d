import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Metric } from '#core/experiment/metric.ts';
import { clearingSql } from '#core/experiment/metrics/parts/arrears.ts';
import { raw, type Sql, type SqlValue, sql } from '#core/sql/sql.ts';
import { discover } from '#server/registry.ts';
import { insertBook } from '../../../support/books/book.ts';
import { expectGolden } from '../../../support/golden.ts';
import { openTestWorkspace, type TestWorkspace } from '../../../support/workspace.ts';

const metrics = await discover<Metric>('core/experiment/metrics');

type Row = Record<string, SqlValue>;
/** One account of a person late at the end of October by 30, who enters on 5 November. */
const account = (id: string, given: Row = {}): Row => ({
  account_id: id,
  customer_id: id.split('-')[0]!,
  currency: 'USD',
  ...given,
});
const at = (account_id: string, as_of: string, days_past_due: number, given: Row = {}): Row => ({
  account_id,
  as_of,
  days_past_due,
  arrears: days_past_due > 0 ? '100.00' : '0.00',
  status: 'active',
  ...given,
});
const paid = (account_id: string, paid_at: string, amount: string, given: Row = {}): Row => ({
  payment_id: `${account_id} ${paid_at} ${amount}`,
  account_id,
  paid_at: `${paid_at} 12:00:00`,
  known_at: `${paid_at} 12:00:00`,
  amount,
  reversed: false,
  ...given,
});

const late = (id: string) => at(id, '2026-10-31', 20);
const snapshots = [
  ...[
    'seen',
    'paid',
    'part',
    'reversed',
    'two-1',
    'two-2',
    'half-1',
    'half-2',
    'charged',
    'sold',
    'again',
    'owes',
    'latepay',
    'due',
    'met',
    'again30',
    'newer',
  ].map(late),
  at('seen', '2026-11-30', 0),
  at('two-1', '2026-11-30', 0),
  at('two-2', '2026-11-30', 3),
  at('half-1', '2026-11-30', 0),
  at('half-2', '2026-11-30', 42),
  at('charged', '2026-11-30', 0, { status: 'charged_off' }),
  at('sold', '2026-11-30', 0, { status: 'sold' }),
  at('again', '2026-11-15', 0),
  at('again', '2027-01-31', 45),
  // 20 days late ten days after a payment of all arrears: a newer instalment was due then and is unpaid.
  at('again30', '2026-11-30', 20),
  // 6 days late ten days after it: that came later.
  at('newer', '2026-11-30', 6),
  at('clear', '2026-10-31', 0),
  at('clear', '2026-11-30', 0),
  // Late only after entering: nothing to clear then.
  at('newly', '2026-10-31', 0),
  at('newly', '2026-11-30', 10),
];
const payments = [
  paid('paid', '2026-11-05', '60.00'),
  paid('paid', '2026-11-20', '40.00'),
  paid('part', '2026-11-20', '99.99'),
  // Before entering, and given back: neither clears.
  paid('part', '2026-11-04', '50.00'),
  paid('reversed', '2026-11-20', '500.00', { reversed: true }),
  paid('two-2', '2026-11-25', '100.00'),
  paid('latepay', '2026-12-05', '100.00'),
  // A new instalment fell due on the 15th: old arrears alone are not enough after it.
  paid('due', '2026-11-20', '100.00'),
  paid('met', '2026-11-20', '130.00'),
  paid('again30', '2026-11-20', '100.00'),
  paid('newer', '2026-11-20', '100.00'),
  paid('owes', '2026-11-10', '10.50'),
  paid('owes', '2026-11-11', '-3.25'),
];
const names = [...new Set(snapshots.map(({ account_id }) => String(account_id)))];

let workspace: TestWorkspace;
beforeAll(async () => {
  workspace = await openTestWorkspace();
  await workspace.context.engine.transaction((session) =>
    insertBook(session, 1, {
      accounts: names.map((id) => account(id, id === 'charged' ? { charged_off_on: '2026-11-25' } : {})),
      snapshots,
      payments,
      instalments: ['due', 'met'].map((account_id) => ({
        account_id,
        due_on: '2026-11-15',
        amount: '30.00',
      })),
      promises: [
        ['kept', '2026-11-10', '2026-11-20', '100.00'],
        ['short', '2026-11-06', '2026-11-20', '110.00'],
        ['open', '2026-11-28', '2026-12-04', '1.00'],
      ].map(([name, made, due, amount]) => ({
        promise_id: name!,
        account_id: 'paid',
        made_at: `${made} 09:00:00`,
        due_on: due!,
        amount: name === 'kept' ? '40.00' : amount!,
      })),
    }),
  );
});
afterAll(() => workspace.close());

const people = raw(
  `SELECT DISTINCT customer_id, DATE '2026-11-05' AS entered_on FROM current_accounts ORDER BY customer_id`,
);
async function outcomes(id: string, horizonDays = 30, asOf = '2027-03-31') {
  const { engine } = workspace.context;
  const rows = await engine.rows<{ customer_id: string; y: number; d?: number }>(
    sql`SELECT * FROM (${metrics.get(id)!.outcomes(engine.dialect, { people, horizonDays, asOf })}) o ORDER BY customer_id`,
  );
  return Object.fromEntries(
    rows.map(({ customer_id, y, d }) => [customer_id, d === undefined ? y : `${y}/${d}`]),
  );
}

describe('cleared arrears, person by person', () => {
  it('counts a date at 0 days or arrears paid since entering, of every account then past due', async () => {
    expect(await outcomes('cured')).toEqual({
      again: 1,
      again30: 0,
      charged: 0,
      due: 0,
      half: 0,
      latepay: 1,
      met: 1,
      newer: 1,
      owes: 0,
      paid: 1,
      part: 0,
      reversed: 0,
      seen: 1,
      sold: 0,
      two: 1,
    });
  });

  it('ends with its window, the thirtieth day included', async () => {
    expect((await outcomes('cured', 29)).latepay).toBe(0);
    expect((await outcomes('cured', 30)).latepay).toBe(1);
    expect((await outcomes('cured', 15)).paid).toBe(1);
    expect((await outcomes('cured', 14)).paid).toBe(0);
    expect((await outcomes('cured', 30, '2026-12-04')).latepay).toBe(0);
    expect((await outcomes('cured', 20)).again30).toBe(1);
  });

  it('tells the day, and one more than the window where none came', async () => {
    expect(await outcomes('days_to_cure')).toMatchObject({
      paid: 15,
      seen: 25,
      two: 25,
      again: 10,
      latepay: 30,
      part: 31,
      half: 31,
    });
  });

  it('knows who defaulted again, within ninety days of clearing and within the window', async () => {
    expect(await outcomes('redefault', 120)).toEqual({ again: 1 });
    expect(await outcomes('redefault', 60)).toEqual({});
  });
});

describe('clearing over many windows at once', () => {
  it('is for each window and metric what it is alone', async () => {
    const { engine } = workspace.context;
    const [asOf, followedDays] = ['2027-03-31', 30];
    const days = [14, 20, 29, 30, 60, 120];
    await engine.connected(async (session) => {
      const windows = days.map((horizonDays) => ({ horizonDays, followedDays }));
      await session.run(
        sql`CREATE TEMP TABLE cleared_before AS ${clearingSql(engine.dialect, { people, asOf, windows })} SELECT * FROM clearing`,
      );
      const byClearing = [...metrics].filter(([, metric]) => metric.byClearing);
      expect(byClearing.map(([id]) => id)).toEqual(['cured', 'days_to_cure', 'redefault']);
      let told = 0;
      for (const [id, metric] of byClearing)
        for (const horizonDays of days) {
          const window = { people, horizonDays, asOf, followedDays };
          const read = (cleared?: Sql) =>
            session.rows(
              sql`SELECT * FROM (${metric.outcomes(engine.dialect, { ...window, ...(cleared && { cleared }) })}) o ORDER BY customer_id`,
            );
          const alone = await read();
          expect(await read(raw('cleared_before')), `${id} ${horizonDays}`).toEqual(alone);
          told += alone.length;
        }
      expect(told).toBeGreaterThan(100);
      await session.run(raw('DROP TABLE cleared_before'));
    });
  });
});

describe('money and promises', () => {
  it('adds payments of the window exactly, less what was given back', async () => {
    expect(await outcomes('cash')).toEqual({
      again30: 100,
      due: 100,
      latepay: 100,
      met: 130,
      newer: 100,
      owes: 7.25,
      paid: 100,
      part: 99.99,
      two: 100,
    });
  });

  it('keeps promises by payments, once their time is over', async () => {
    expect(await outcomes('promises_kept')).toEqual({ paid: '1/2' });
    expect(await outcomes('broken_promises')).toEqual({ paid: '1/2' });
    expect(await outcomes('broken_promises', 60)).toEqual({ paid: '2/3' });
  });
});

describe.each([...metrics])('the statement of %s', (id, metric) => {
  it('has exactly this text', async () => {
    const window = {
      people: raw('SELECT customer_id, entered_on FROM entered'),
      horizonDays: 30,
      asOf: '2026-12-31',
    };
    await expectGolden(metric.outcomes(workspace.context.engine.dialect, window), `experiment/metrics/${id}`);
  });
});
