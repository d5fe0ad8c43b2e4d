import { afterAll, beforeAll, expect, it } from 'vitest';
import calendar from '#core/features/calendar.ts';
import contacts from '#core/features/contacts.ts';
import delinquency from '#core/features/delinquency.ts';
import reachability from '#core/features/reachability.ts';
import { duckdb } from '#core/sql/dialects/duckdb.ts';
import { buildFeatures } from '#core/sql/features.ts';
import { raw, sql } from '#core/sql/sql.ts';
import { openTestWorkspace, type TestWorkspace } from '../../support/workspace.ts';

let workspace: TestWorkspace;
beforeAll(async () => {
  workspace = await openTestWorkspace();
  await workspace.context.engine.transaction(async (session) => {
    const run = (text: string) => session.run(raw(text));
    await run(`INSERT INTO loads (load_id, state, recipe, recipe_hash, files, tables, rejected, simulated, loaded_at, by_principal)
      VALUES (1, 'live', 'test', 'r', '[]', '[]', 0, true, TIMESTAMP '2026-11-01', 'owner')`);
    await run(
      `INSERT INTO accounts (account_id, customer_id, currency, load_id, source_row) VALUES ('a1', 'c1', 'COP', 1, 1), ('a2', 'c1', 'COP', 1, 2), ('a3', 'c2', 'MXN', 1, 3)`,
    );
    await run(`INSERT INTO snapshots (account_id, as_of, days_past_due, load_id, source_row)
      SELECT 'a1', last_day(DATE '2026-01-15' + to_months(m::INTEGER)), d, 1, m FROM (VALUES (0, 0), (1, 20), (2, 50), (3, 80), (4, 40), (5, 70)) t(m, d)`);
    await run(`INSERT INTO payments (payment_id, account_id, paid_at, amount, load_id, source_row) VALUES
      ('p1', 'a1', TIMESTAMP '2026-02-15 08:00', 10, 1, 1), ('p2', 'a2', TIMESTAMP '2026-03-15 08:00', 10, 1, 2), ('p3', 'a1', TIMESTAMP '2026-04-17 08:00', 10, 1, 3),
      ('p4', 'a1', TIMESTAMP '2026-05-02 08:00', 10, 1, 4), ('p5', 'a3', TIMESTAMP '2026-03-31 08:00', 10, 1, 5), ('p6', 'a3', TIMESTAMP '2026-02-28 08:00', 10, 1, 6),
      ('p7', 'a3', TIMESTAMP '2026-07-01 08:00', 10, 1, 7)`);
    await run(`INSERT INTO contacts (contact_id, customer_id, channel, style, sent_at, delivered, replied, right_party, load_id, source_row) VALUES
      ('k1', 'c1', 'sms', 'neutral', TIMESTAMP '2026-06-01 10:00', true, false, false, 1, 1), ('k2', 'c1', 'sms', 'reciprocity', TIMESTAMP '2026-06-10 10:00', true, true, false, 1, 2),
      ('k3', 'c1', 'call', NULL, TIMESTAMP '2026-06-29 10:00', true, NULL, true, 1, 3), ('k4', 'c1', 'call', NULL, TIMESTAMP '2026-02-01 10:00', true, NULL, true, 1, 4)`);
    await run(`INSERT INTO contact_permissions (customer_id, channel, basis, granted_at, revoked_at, load_id, source_row) VALUES
      ('c1', 'sms', 'consent', TIMESTAMP '2025-01-01', NULL, 1, 1), ('c1', 'email', 'consent', TIMESTAMP '2025-01-01', TIMESTAMP '2026-06-20 09:00', 1, 2),
      ('c1', 'call', 'contract', TIMESTAMP '2025-01-01', TIMESTAMP '2026-07-01 00:00', 1, 3), ('c1', 'letter', 'contract', TIMESTAMP '2026-07-01 00:00', NULL, 1, 4)`);
    await run(`INSERT INTO contact_points (customer_id, channel, address, valid, verified_at, load_id, source_row) VALUES
      ('c1', 'sms', 'x', true, TIMESTAMP '2026-06-25', 1, 1), ('c1', 'email', 'x', true, TIMESTAMP '2026-05-01', 1, 2), ('c1', 'call', 'x', false, TIMESTAMP '2026-05-01', 1, 3),
      ('c1', 'letter', 'x', true, NULL, 1, 4)`);
  });
});
afterAll(() => workspace.close());

const population = sql`(SELECT * FROM (VALUES ('a1', 'c1', DATE '2026-06-30'), ('a3', 'c2', DATE '2026-06-30')) v(account_id, customer_id, as_of))`;
const read = (family: Parameters<typeof buildFeatures>[2][number]['family']) =>
  workspace.context.engine.rows(
    sql`${buildFeatures(duckdb, population, [{ id: 'one', family }])} ORDER BY p.account_id`,
  );

it('learns the usual pay day from all the accounts of the person, the latest of equals', async () => {
  const [first, second] = await read(calendar);
  expect(first).toMatchObject({
    usual_pay_day: 15,
    days_to_pay_day: 15,
    days_since_pay_day: 15,
    pay_day_share: 0.75,
    month_gone: 1,
    quarter: 'Q2',
  });
  expect(second).toMatchObject({
    usual_pay_day: 31,
    days_to_pay_day: 31,
    days_since_pay_day: 0,
    pay_day_share: 1,
  });
});

it('counts a channel as reachable with permission and address of by then', async () => {
  const [first, second] = await read(reachability);
  expect(first).toMatchObject({
    channels_permitted: 2,
    channels_valid: 2,
    channels_reachable: 1,
    channels_withdrawn: 1,
    days_since_withdrawn: 10,
    days_since_verified: 5,
    reachable_sms: 1,
    reachable_email: 0,
    reachable_call: 0,
    reachable_letter: 0,
  });
  expect(second).toMatchObject({ channels_permitted: 0, channels_reachable: 0, days_since_withdrawn: null });
});

it('tells what answered best by channel and by style, of the last 90 days', async () => {
  const [first, second] = await read(contacts);
  expect(first).toMatchObject({
    contacts_7d: 1,
    contacts_90d: 3,
    sms_90d: 2,
    answered_share_90d: 2 / 3,
    calls_answered_share_90d: 1,
    messages_answered_share_90d: 0.5,
    best_channel: 'call',
    best_channel_share: 1,
    best_style: 'reciprocity',
    styles_90d: 2,
    last_channel: 'call',
  });
  expect(second).toMatchObject({ contacts_90d: 0, best_channel: null, answered_share_90d: null });
});

it('tells how fast lateness rolls', async () => {
  const [first] = await read(delinquency);
  expect(first).toMatchObject({
    days_past_due: 70,
    dpd_change_3m: 20,
    late_streak: 5,
    roll_speed: 14,
    rolls_forward_6m: 4,
    rolls_back_6m: 1,
    late_months_6m: 5,
    late_30_months_6m: 4,
    months_since_worst: 2,
    snapshots_6m: 6,
  });
});
