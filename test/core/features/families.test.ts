import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import balance from '#core/features/balance.ts';
import contacts from '#core/features/contacts.ts';
import delinquency from '#core/features/delinquency.ts';
import type { FeatureFamily } from '#core/features/feature.ts';
import payments from '#core/features/payments.ts';
import promises from '#core/features/promises.ts';
import tenure from '#core/features/tenure.ts';
import { duckdb } from '#core/sql/dialects/duckdb.ts';
import { buildFeatures } from '#core/sql/features.ts';
import { raw, sql } from '#core/sql/sql.ts';
import { insertBook } from '../../support/book.ts';
import { openTestWorkspace, type TestWorkspace } from '../../support/workspace.ts';

const asOf = '2026-07-31';
const ends = ['2026-02-28', '2026-03-31', '2026-04-30', '2026-05-31', '2026-06-30', '2026-07-31'];
const snapshot = (
  account_id: string,
  as_of: string,
  days_past_due: number,
  balance: number,
  status: string,
) => ({
  account_id,
  as_of,
  days_past_due,
  balance: String(balance),
  status,
});
const payment = (payment_id: string, paid_at: string, amount: string, known_at = paid_at) => ({
  payment_id,
  account_id: 'a',
  paid_at,
  known_at,
  amount,
});
const contact = (contact_id: string, channel: string, sent_at: string, more: Record<string, boolean>) => ({
  contact_id,
  customer_id: 'p',
  channel,
  style: contact_id,
  sent_at,
  known_at: sent_at,
  ...more,
});

let workspace: TestWorkspace;
beforeAll(async () => {
  workspace = await openTestWorkspace();
  const { engine } = workspace.context;
  await engine.transaction((session) =>
    insertBook(session, 1, {
      customers: [
        { customer_id: 'p', jurisdiction: 'CO', customer_type: 'person', customer_since: '2020-01-15' },
        { customer_id: 'q', jurisdiction: 'MX' },
      ],
      accounts: [
        {
          account_id: 'a',
          customer_id: 'p',
          product_type: 'card',
          currency: 'COP',
          credit_limit: '1000',
          opened_on: '2025-07-20',
          rate: 0.28,
          secured: false,
        },
        {
          account_id: 'b',
          customer_id: 'q',
          currency: 'COP',
          original_amount: '400',
          opened_on: '2026-09-01',
        },
      ],
      snapshots: [
        snapshot('a', ends[0]!, 0, 100, 'ok'),
        snapshot('a', ends[1]!, 20, 200, 'late'),
        snapshot('a', ends[2]!, 0, 300, 'ok'),
        snapshot('a', ends[3]!, 0, 400, 'ok'),
        snapshot('a', ends[4]!, 5, 500, 'late'),
        { ...snapshot('a', ends[5]!, 36, 600, 'late'), arrears: '60', minimum_due: '30' },
        snapshot('b', asOf, 3, 200, 'late'),
      ],
      payments: [
        payment('1', '2026-07-10 09:00:00', '50'),
        payment('2', '2026-07-31 23:59:00', '25.5'),
        payment('3', '2026-05-02 09:00:00', '80'),
        payment('4', '2026-01-02 09:00:00', '999'),
        payment('5', '2026-07-30 09:00:00', '999', '2026-08-01 00:00:00'),
        payment('6', '2026-07-11 09:00:00', '-10'),
      ],
      contacts: [
        contact('k1', 'sms', '2026-07-20 10:00:00', { delivered: true, opened: true }),
        contact('k2', 'call', '2026-07-05 10:00:00', { delivered: true, right_party: true }),
        contact('k3', 'email', '2026-05-20 10:00:00', { delivered: false, replied: true }),
        contact('k4', 'sms', '2026-04-01 10:00:00', { delivered: true }),
      ],
      promises: [
        {
          promise_id: '1',
          account_id: 'a',
          made_at: '2026-06-01 09:00:00',
          due_on: '2026-06-10',
          amount: '5',
          kept: true,
        },
        {
          promise_id: '2',
          account_id: 'a',
          made_at: '2026-07-01 09:00:00',
          due_on: '2026-07-28',
          amount: '5',
          kept: false,
        },
        {
          promise_id: '3',
          account_id: 'a',
          made_at: '2026-07-02 09:00:00',
          due_on: '2026-07-30',
          amount: '5',
          kept: true,
        },
        {
          promise_id: '4',
          account_id: 'a',
          made_at: '2026-07-30 09:00:00',
          due_on: '2026-08-04',
          amount: '5',
        },
      ],
    }),
  );
  await engine.run(
    raw(
      `CREATE TABLE asked AS SELECT * FROM (VALUES ('a', 'p', DATE '${asOf}'), ('b', 'q', DATE '${asOf}')) t(account_id, customer_id, as_of)`,
    ),
  );
});
afterAll(() => workspace.close());

const of = async (family: FeatureFamily, account: string) => {
  const features = buildFeatures(duckdb, raw('asked'), [{ id: 'x', family }]);
  const row = await workspace.context.engine.first(
    sql`SELECT * FROM (${features}) f WHERE account_id = ${account}`,
  );
  const { account_id: _, as_of: __, ...values } = row!;
  return values;
};

describe('delinquency', () => {
  it('reads six months of one account', async () => {
    expect(await of(delinquency, 'a')).toEqual({
      days_past_due: 36,
      dpd_1m: 5,
      dpd_2m: 0,
      dpd_3m: 0,
      dpd_change_1m: 31,
      dpd_max_3m: 36,
      dpd_max_6m: 36,
      dpd_mean_3m: 41 / 3,
      dpd_mean_6m: 61 / 6,
      late_months_3m: 2,
      late_months_6m: 3,
      late_streak: 2,
      months_since_late: 1,
      cures_6m: 1,
      new_entry: 0,
      snapshots_6m: 6,
      status_0m: 'late',
      status_1m: 'late',
      status_2m: 'ok',
      status_3m: 'ok',
      status_4m: 'late',
      status_5m: 'ok',
    });
  });
  it('an account seen once has a streak of one month and no past', async () => {
    expect(await of(delinquency, 'b')).toMatchObject({
      days_past_due: 3,
      dpd_1m: null,
      late_streak: 1,
      months_since_late: null,
      new_entry: null,
      snapshots_6m: 1,
      status_1m: null,
    });
  });
});

describe('balance', () => {
  it('measures against the limit and the median balance of the currency', async () => {
    const found = await of(balance, 'a');
    expect(found).toMatchObject({
      balance_relative: 1.5,
      limit_relative: 2.5,
      utilisation: 0.6,
      utilisation_1m: 0.5,
      utilisation_3m: 0.3,
      utilisation_mean_6m: 2.1 / 6,
      utilisation_max_6m: 0.6,
      balance_change_1m: 0.2,
      balance_change_2m: 0.25,
      balance_trend_3m: 2,
      minimum_due_share: 0.05,
      arrears_share: 0.1,
    });
    expect(found.balance_range_6m).toBeCloseTo(500 / 350, 12);
  });
  it('takes the original amount where there is no limit', async () => {
    expect(await of(balance, 'b')).toMatchObject({ utilisation: 0.5, utilisation_1m: null });
  });
});

describe('payments', () => {
  it('counts what was paid and known by the date, by calendar month', async () => {
    const found = await of(payments, 'a');
    expect(found).toMatchObject({
      payments_3m: 3,
      payments_6m: 3,
      months_paid_3m: 2,
      months_paid_6m: 2,
      months_since_payment: 0,
      days_since_payment: 0,
      paid_share: 75.5 / 500,
      paid_share_1m: 0,
      paid_share_2m: 80 / 300,
      paid_of_minimum: null,
      paid_relative: 75.5 / 400,
      paid_of_limit_3m: 0.1555,
      largest_paid_share: 80 / 600,
    });
    expect(found.paid_share_3m).toBeCloseTo(155.5 / 300, 12);
  });
  it('nobody who never paid is missing: counts are zero', async () => {
    expect(await of(payments, 'b')).toMatchObject({
      payments_6m: 0,
      months_paid_6m: 0,
      months_since_payment: null,
      paid_relative: 0,
    });
  });
});

describe('contacts', () => {
  it('counts the attempts of 90 days and their answers', async () => {
    expect(await of(contacts, 'a')).toEqual({
      contacts_30d: 2,
      contacts_90d: 3,
      calls_90d: 1,
      messages_90d: 2,
      delivered_share_90d: 2 / 3,
      opened_share_90d: 1 / 3,
      replies_90d: 1,
      right_party_90d: 1,
      days_since_contact: 11,
      days_since_right_party: 26,
      last_channel: 'sms',
      last_style: 'k1',
    });
  });
  it('nobody tried is zero attempts', async () => {
    expect(await of(contacts, 'b')).toMatchObject({ contacts_90d: 0, last_channel: null });
  });
});

describe('promises', () => {
  it('judges a promise three days after it was due, and none before', async () => {
    expect(await of(promises, 'a')).toEqual({
      promises_180d: 4,
      promises_kept_share: 0.5,
      promises_broken_180d: 1,
      promises_open: 1,
      days_to_promise: 4,
    });
  });
});

describe('tenure', () => {
  it('says what the account is and for how long', async () => {
    expect(await of(tenure, 'a')).toEqual({
      months_open: 12,
      months_customer: 78,
      annual_rate: 0.28,
      product: 'card',
      currency: 'COP',
      country: 'CO',
      customer_kind: 'person',
      security: 'unsecured',
    });
  });
  it('has no age for an account that opens later', async () => {
    expect(await of(tenure, 'b')).toMatchObject({ months_open: null, security: null });
  });
});
