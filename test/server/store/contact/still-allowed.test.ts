import { afterAll, beforeAll, expect, it } from 'vitest';
import { duckdb } from '#core/sql/dialects/duckdb.ts';
import { raw, sql } from '#core/sql/sql.ts';
import { withheldNow } from '#server/store/contact/still-allowed.ts';
import { put, putLoad } from '../../../support/contact/contact-fixture.ts';
import { openTestWorkspace, type TestWorkspace } from '../../../support/workspace.ts';

let workspace: TestWorkspace;
const run = 'run-1';
const since = '2026-03-03T15:00:00.000Z';
const clearing = { at: since, checkedAt: since };
const later = '2026-03-03T15:01:00';
const earlier = '2026-03-03T14:00:00';

const names = [
  'quiet',
  'opted-out',
  'other-channel',
  'given-again',
  'ceased',
  'disputes',
  'dead',
  'ended',
  'paid',
  'paid-before',
  'paid-little',
  'sent-back',
  'paid-no-minimum',
  'paid-current',
  'promised',
  'promised-before',
  'tk_1',
  'several',
  'called-back',
  'complained',
  'complained-before',
  'paid-in-two',
  'promised-told-late',
  'promised-long-ago',
  'complained-told-late',
  'paid-told-late',
  'loaded-late',
  'loaded-before-too',
];
const permission = (customer_id: string, channel: string, granted_at: string, revoked_at: string | null) => ({
  customer_id,
  channel,
  basis: 'consent',
  granted_at,
  revoked_at,
});
const flag = (customer_id: string, kind: string, ended_on: string | null = null) => ({
  customer_id,
  kind,
  started_on: '2026-03-03',
  ended_on,
});
const payment = (customer: string, amount: string, known_at: string, reversed = false) => ({
  payment_id: `p-${customer}`,
  account_id: `a-${customer}`,
  paid_at: '2026-03-02T09:00:00',
  known_at,
  amount,
  reversed,
});

beforeAll(async () => {
  workspace = await openTestWorkspace();
  const { context } = workspace;
  await putLoad(context, '2026-03-03T00:00:00');
  await context.engine.run(raw('ALTER TABLE export_rows ADD COLUMN IF NOT EXISTS seq BIGINT'));
  await put(
    context,
    'export_rows',
    names.map((customer_id, i) => ({
      export_id: run,
      message_key: `k${i}`,
      assignment_id: `as${i}`,
      customer_id,
      arm: 'a',
      touch: 1,
      channel: 'sms',
      state: 'pending',
      seq: i + 1,
    })),
    false,
  );
  await put(
    context,
    'accounts',
    names.map((customer_id) => ({ account_id: `a-${customer_id}`, customer_id, currency: 'COP' })),
  );
  await put(
    context,
    'snapshots',
    names.map((name) => ({
      account_id: `a-${name}`,
      as_of: '2026-02-28',
      balance: '500.00',
      arrears: '100.00',
      minimum_due: name === 'paid-no-minimum' ? null : '80.00',
      days_past_due: name === 'paid-current' ? 0 : 40,
    })),
  );
  await put(context, 'contact_permissions', [
    permission('opted-out', 'sms', '2025-01-01T00:00:00', later),
    permission('other-channel', 'email', '2025-01-01T00:00:00', later),
    permission('given-again', 'sms', later, earlier),
    permission('several', 'sms', '2025-01-01T00:00:00', later),
  ]);
  await put(context, 'flags', [
    flag('ceased', 'cease_contact'),
    flag('disputes', 'dispute'),
    flag('dead', 'deceased'),
    flag('ended', 'dispute', '2026-03-02'),
    flag('several', 'hardship'),
  ]);
  await put(context, 'payments', [
    payment('paid', '80.00', later),
    payment('paid-before', '80.00', earlier),
    payment('paid-little', '79.99', later),
    payment('sent-back', '80.00', later, true),
    payment('paid-no-minimum', '100.00', later),
    payment('paid-current', '80.00', later),
    payment('several', '80.00', later),
  ]);
  await put(context, 'promises', [
    { promise_id: '1', account_id: 'a-promised', made_at: later, due_on: '2026-03-10', amount: '50.00' },
    {
      promise_id: '2',
      account_id: 'a-promised-before',
      made_at: earlier,
      due_on: '2026-03-10',
      amount: '50.00',
    },
  ]);
  const paidAfterBalances = { ...payment('paid-in-two', '40.00', later), paid_at: later };
  await put(context, 'payments', [
    { ...paidAfterBalances, payment_id: 'two-1', paid_at: earlier, known_at: earlier },
    { ...paidAfterBalances, payment_id: 'two-2' },
    { ...payment('paid-told-late', '80.00', earlier), paid_at: earlier },
  ]);
  await put(context, 'complaints', [
    { complaint_id: '1', customer_id: 'complained', occurred_at: later },
    { complaint_id: '2', customer_id: 'complained-before', occurred_at: earlier },
  ]);
  const event = { sender_id: 's', id_hash: 1, happened_at: earlier, received_at: later, load_id: 1 };
  await put(
    context,
    'events',
    [
      ['promised', 'promised-told-late', '2026-03-10'],
      ['promised', 'promised-long-ago', '2026-02-10'],
      ['complained', 'complained-told-late', null],
      ['paid', 'paid-told-late', null],
    ].map(([kind, name, due_on], seq) => ({
      ...event,
      seq,
      event_id: `e${seq}`,
      kind: kind ?? '',
      customer_id: name ?? '',
      account_id: kind === 'complained' ? null : `a-${name}`,
      due_on: due_on ?? null,
    })),
    false,
  );
  await context.engine.run(
    sql`INSERT INTO loads SELECT * REPLACE (2 AS load_id, TIMESTAMP '2026-03-03 15:02:00' AS loaded_at) FROM loads WHERE load_id = 1`,
  );
  const promise = { made_at: '2026-03-01T10:00:00', due_on: '2026-03-10', amount: '5.00' };
  await put(context, 'promises', [{ ...promise, promise_id: 'both', account_id: 'a-loaded-before-too' }]);
  for (const [source_row, promise_id, account_id] of [
    [1, 'both', 'a-loaded-before-too'],
    [2, 'late', 'a-loaded-late'],
  ] as const)
    await put(context, 'promises', [{ ...promise, promise_id, account_id, load_id: 2, source_row }], false);
  const recall = { reason: 'payment', detected_at: later, state: 'pending', customer_id: 'called-back' };
  await put(context, 'recalls', [{ recall_id: 'r', export_id: run, ...recall }], false);
  await context.engine.run(
    sql`INSERT INTO forgettings VALUES ('f', NULL, 'tk_1', 'asked', '2026-03-03', 'owner', '2026-03-03', NULL)`,
  );
}, 60_000);
afterAll(() => workspace.close());

const held = async (from: number, to: number, instant = since) =>
  (
    await withheldNow(
      workspace.context.engine,
      duckdb,
      run,
      { fromSeq: from, toSeq: to },
      { at: instant, checkedAt: instant },
    )
  ).map(({ seq, reason }) => [names[seq - 1], reason]);

it('withholds whoever changed since, each with the gravest reason, and nobody else', async () => {
  expect(await held(1, names.length)).toEqual([
    ['opted-out', 'opt_out'],
    ['ceased', 'cease_contact'],
    ['disputes', 'dispute'],
    ['dead', 'deceased'],
    ['paid', 'paid'],
    ['paid-no-minimum', 'paid'],
    ['promised', 'promised'],
    ['tk_1', 'forgotten'],
    ['several', 'opt_out'],
    ['called-back', 'paid'],
    ['complained', 'complaint'],
    ['paid-in-two', 'paid'],
    ['promised-told-late', 'promised'],
    ['complained-told-late', 'complaint'],
    ['paid-told-late', 'paid'],
    ['loaded-late', 'promised'],
  ]);
});

it('looks at the stretch asked for alone, both ends included, and at payments from the instant given', async () => {
  expect(await held(2, 2)).toEqual([['opted-out', 'opt_out']]);
  expect(await held(3, 4)).toEqual([]);
  expect(await held(9, 11, '2026-03-03T13:00:00.000Z')).toEqual([
    ['paid', 'paid'],
    ['paid-before', 'paid'],
  ]);
  expect(
    await withheldNow(workspace.context.engine, duckdb, 'another', { fromSeq: 1, toSeq: 99 }, clearing),
  ).toEqual([]);
});

it('answers for a few thousand of a million rows within the time of a call', async () => {
  const { engine } = workspace.context;
  await engine.run(
    raw(`INSERT INTO export_rows (export_id, message_key, assignment_id, customer_id, arm, touch, channel, state, seq)
    SELECT 'big', 'k' || n, 's' || n, 'c' || n, 'a', 1, 'sms', 'pending', n FROM range(1, 1000001) r(n)`),
  );
  await engine.run(
    raw(`INSERT INTO accounts (account_id, customer_id, currency, load_id, source_row)
    SELECT 'b' || n, 'c' || n, 'COP', 1, 100000 + n FROM range(1, 300001) r(n)`),
  );
  await engine.run(
    raw(`INSERT INTO contact_permissions (customer_id, channel, basis, granted_at, revoked_at, load_id, source_row)
    SELECT 'c' || n, 'sms', 'consent', TIMESTAMP '2025-01-01', CASE WHEN n % 1000 = 0 THEN TIMESTAMP '2026-03-03 15:01:00' END, 1, 100000 + n
    FROM range(1, 300001) r(n)`),
  );
  const started = performance.now();
  const found = await withheldNow(engine, duckdb, 'big', { fromSeq: 200_001, toSeq: 205_000 }, clearing);
  expect(found.map(({ seq }) => seq)).toEqual([201_000, 202_000, 203_000, 204_000, 205_000]);
  expect(performance.now() - started).toBeLessThan(2_000);
});
