import { afterEach, beforeEach, expect, it } from 'vitest';
import { requireFreshContacts, workspaceNow } from '#server/store/contact-ledger.ts';
import { writeSetting } from '#server/store/workspace.ts';
import { put, putLoad } from '../../support/contact-fixture.ts';
import { openTestWorkspace, type TestWorkspace } from '../../support/workspace.ts';

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
