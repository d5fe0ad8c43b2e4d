import { afterEach, beforeEach, expect, it } from 'vitest';
import { ruleTables, touchesOf } from '#core/contact/check.ts';
import { duckdb } from '#core/sql/dialects/duckdb.ts';
import { raw, sql } from '#core/sql/sql.ts';
import { requireFreshContacts, workspaceNow } from '#server/store/contact/contact-ledger.ts';
import { writeSetting } from '#server/store/workspace.ts';
import { put, putLoad } from '../../../support/contact/contact-fixture.ts';
import { openTestWorkspace, type TestWorkspace } from '../../../support/workspace.ts';

let workspace: TestWorkspace;
beforeEach(async () => {
  workspace = await openTestWorkspace();
});
afterEach(() => workspace.close());

const now = '2026-11-21T12:00:00.000Z';
const at = () => ({ ...workspace.context, now: () => new Date(now) });
const contact = (sentAt: string) =>
  put(workspace.context, 'contacts', [
    { contact_id: 'k', customer_id: 'c', channel: 'sms', sent_at: sentAt, known_at: sentAt },
  ]);
const checkOf = {
  ...{ batch_id: 'b', arm: 'a', time_zone: 'z', zone_source: 'z', rule_set: 'r', rule_version: '1' },
  ...{ planned_local: now, send_before: now, send_before_local: now },
};
const judge = (stated?: string) => requireFreshContacts(at(), workspace.context.engine, stated);

it('asks nothing of a portfolio without contacts', async () => {
  await putLoad(workspace.context, '2020-01-01T00:00:00');
  await expect(judge()).resolves.toBeUndefined();
});

it.each([
  ['just loaded', '2026-11-21T11:00:00', true],
  ['24 hours old', '2026-11-20T12:00:00', true],
  ['a second over', '2026-11-20T11:59:59', false],
])('a book of today, %s', async (_, loadedAt, fresh) => {
  await putLoad(workspace.context, loadedAt);
  await contact('2026-11-01T10:00:00');
  await (fresh
    ? expect(judge()).resolves.toBeUndefined()
    : expect(judge()).rejects.toMatchObject({ code: 'contacts_stale' }));
});

it.each([
  ['its own last day', '2005-10-01', true],
  ['a month later', '2005-11-01', false],
])('a book of the past, at %s', async (_, today, fresh) => {
  await putLoad(workspace.context, '2020-01-01T00:00:00');
  await contact('2005-09-20T10:00:00');
  await put(workspace.context, 'snapshots', [{ account_id: 'a', as_of: '2005-09-30', days_past_due: 0 }]);
  await (fresh
    ? expect(judge(today)).resolves.toBeUndefined()
    : expect(judge(today)).rejects.toMatchObject({ code: 'contacts_stale' }));
  await writeSetting(workspace.context.engine, 'simulated', true);
  await expect(judge(today)).resolves.toBeUndefined();
});

it('takes the time from the workspace where it has its own', async () => {
  const { engine } = workspace.context;
  expect(await workspaceNow(at(), engine)).toBe(now);
  await writeSetting(engine, 'today', '2026-03-02');
  expect(await workspaceNow(at(), engine)).toBe('2026-03-02T00:00:00.000Z');
  expect(await workspaceNow(at(), engine, '2005-10-01')).toBe('2005-10-01T00:00:00.000Z');
});

it('a message that left counts until the ledger shows that very message, and no longer', async () => {
  await putLoad(workspace.context, now);
  const left = { experiment_id: 'e', channel: 'sms', state: 'sent', ...checkOf };
  const messages = [
    ['p1', 1, '2026-03-02T10:00:00'],
    ['p1', 2, '2026-03-03T10:00:00'],
    ['p2', 1, '2026-03-02T10:00:00'],
    ['p2', 2, '2026-03-03T10:00:00'],
  ] as const;
  for (const [customer_id, touch, planned_at] of messages) {
    const one = { assignment_id: `a-${customer_id}`, customer_id, touch };
    await put(workspace.context, 'contact_checks', [{ ...left, ...one, planned_at }], false);
    const row = {
      export_id: 'x',
      message_key: `${customer_id}-${touch}`,
      arm: 'a',
      channel: 'sms',
      state: 'written',
    };
    await put(workspace.context, 'export_rows', [{ ...row, ...one }], false);
  }
  const seen = (contact_id: string, customer_id: string, sent_at: string) => ({
    ...{ contact_id, customer_id, sent_at, known_at: sent_at },
    ...{ channel: 'sms', experiment_id: 'e', delivered: true },
  });
  await put(workspace.context, 'contacts', [
    seen('theirs', 'p1', '2026-03-02T10:00:30'),
    seen('p2-2', 'p2', '2026-03-02T10:00:30'),
  ]);
  const counted = await workspace.context.engine.rows<{ customer_id: string; happened_at: string }>(
    touchesOf(duckdb, raw("(SELECT unnest(['p1', 'p2']) AS customer_id)"), {
      from: Date.UTC(2026, 1, 20),
      to: Date.UTC(2026, 2, 20),
      now: '2026-03-03T11:00:00',
      experimentId: 'another',
      touch: 1,
    }),
  );
  expect(counted.map((one) => `${one.customer_id} ${one.happened_at}`).toSorted()).toEqual([
    'p1 2026-03-02T10:00:30Z',
    'p1 2026-03-03T10:00:00Z',
    'p2 2026-03-02T10:00:00Z',
    'p2 2026-03-02T10:00:30Z',
  ]);
});

it('how late a person is comes from the newest balances of each account, whatever day its book reaches to', async () => {
  await putLoad(workspace.context, now);
  const of = (account_id: string, customer_id: string) => ({ account_id, customer_id, currency: 'COP' });
  await put(workspace.context, 'accounts', [of('a', 'c1'), of('b', 'c2'), of('c', 'c2'), of('d', 'c3')]);
  const late = (account_id: string, as_of: string, days_past_due: number) => ({
    account_id,
    as_of,
    days_past_due,
  });
  await put(workspace.context, 'snapshots', [
    late('a', '2026-02-28', 10),
    late('b', '2026-02-27', 90),
    late('b', '2026-01-31', 120),
    late('c', '2026-02-28', 0),
    late('d', '2025-10-31', 150),
  ]);
  const { standing } = ruleTables(duckdb, null, raw('zone_offsets'));
  const rows = await workspace.context.engine.rows(sql`SELECT * FROM ${standing} s ORDER BY customer_id`);
  expect(rows).toEqual([
    { customer_id: 'c1', days_past_due: 10 },
    { customer_id: 'c2', days_past_due: 90 },
  ]);
});
