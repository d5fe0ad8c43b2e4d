import { afterAll, beforeAll, expect, it } from 'vitest';
import { contactCosts } from '#models/self-cure/waiting/past.ts';
import { insertBook } from '../../../support/books/book.ts';
import { openTestWorkspace, type TestWorkspace } from '../../../support/workspace.ts';

const calls = [
  { sent_at: '2024-03-01 10:00:00', cost: '90' },
  { sent_at: '2025-06-29 10:00:00', cost: '90' },
  { sent_at: '2025-07-02 10:00:00', cost: '2' },
  { sent_at: '2026-06-01 10:00:00', cost: '4' },
  { sent_at: '2026-06-30 10:00:00', cost: null },
];

let workspace: TestWorkspace;
beforeAll(async () => {
  workspace = await openTestWorkspace();
  await workspace.context.engine.transaction((session) =>
    insertBook(session, 1, {
      accounts: [{ account_id: 'a', customer_id: 'c', currency: 'PEN' }],
      contacts: calls.map((call, i) => ({
        ...call,
        contact_id: `k${i}`,
        customer_id: 'c',
        account_id: 'a',
        channel: 'call',
      })),
    }),
  );
});
afterAll(() => workspace.close());

it('a contact costs what those of the newest year cost, whatever older ones did', async () => {
  const { engine } = workspace.context;
  expect(await engine.rows(contactCosts(engine.dialect))).toEqual([{ currency: 'PEN', cost: 3, n: 2 }]);
});
