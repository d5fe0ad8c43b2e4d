import { raw } from '#core/sql/sql.ts';
import type { Session } from '#server/engine/engine.ts';
import { insertSmallBook } from './small-book.ts';

/** The date features are asked for: the second of the small book's three snapshots. */
export const livelyDate = '2026-09-30';

const insert = (table: string, columns: string, select: string, load = 1) =>
  raw(
    `INSERT INTO ${table} (${columns}, load_id, source_row) SELECT ${select}, ${load}, row_number() OVER () FROM`,
  );

const from = (statement: { text: string }, source: string) => raw(`${statement.text} ${source}`);

/** The small book with payments, contacts and promises up to its second date. */
export async function insertLivelyBook(session: Session, people: number): Promise<void> {
  await insertSmallBook(session, people);
  const accounts = `(SELECT *, md5_number_lower(account_id) % 100 AS luck FROM accounts WHERE load_id = 1)`;
  await session.run(
    from(
      insert(
        'payments',
        'payment_id, account_id, paid_at, known_at, amount, reversed',
        `'p' || account_id || m, account_id, TIMESTAMP '2026-09-12 10:00:00' - to_months(m::INTEGER), TIMESTAMP '2026-09-13 00:00:00' - to_months(m::INTEGER), 10.5 + luck, luck % 9 = 0`,
      ),
      `${accounts} a, range(4) t(m) WHERE (luck + m) % 3 > 0`,
    ),
  );
  await session.run(
    from(
      insert(
        'contacts',
        'contact_id, customer_id, account_id, channel, style, sent_at, known_at, delivered, opened, replied, right_party',
        `'k' || account_id || m, customer_id, account_id, CASE WHEN luck % 2 = 0 THEN 'sms' ELSE 'call' END, 'neutral', TIMESTAMP '2026-09-20 15:00:00' - to_days((m * 20)::INTEGER), TIMESTAMP '2026-09-20 16:00:00' - to_days((m * 20)::INTEGER), luck % 5 > 0, luck % 3 = 0, luck % 7 = 0, luck % 4 = 0`,
      ),
      `${accounts} a, range(3) t(m) WHERE (luck + m) % 4 > 0`,
    ),
  );
  await session.run(
    from(
      insert(
        'promises',
        'promise_id, account_id, made_at, due_on, amount, kept',
        `'r' || account_id || m, account_id, TIMESTAMP '2026-09-15 10:00:00' - to_months(m::INTEGER), DATE '2026-10-02' - to_months(m::INTEGER), 20, CASE WHEN m > 0 THEN luck % 2 = 0 END`,
      ),
      `${accounts} a, range(3) t(m) WHERE (luck + m) % 5 = 0`,
    ),
  );
}

/** Permissions and verified addresses of the lively book, some withdrawn before its date. */
export async function insertLivelyReach(session: Session): Promise<void> {
  const holders = `(SELECT DISTINCT customer_id, md5_number_lower(customer_id) % 100 AS luck FROM accounts WHERE load_id = 1)`;
  await session.run(
    from(
      insert(
        'contact_permissions',
        'customer_id, channel, basis, granted_at, revoked_at',
        `customer_id, 'whatsapp', 'consent', TIMESTAMP '2025-03-01', CASE WHEN luck % 4 = 0 THEN TIMESTAMP '2026-07-01' + to_days(luck::INTEGER) END`,
      ),
      `${holders} p WHERE luck % 3 > 0`,
    ),
  );
  await session.run(
    from(
      insert(
        'contact_points',
        'customer_id, channel, address, valid, verified_at',
        `customer_id, channel, 'x', luck % 6 > 0, TIMESTAMP '2026-04-01' + to_days((luck * 3)::INTEGER)`,
      ),
      `${holders} p, (VALUES ('whatsapp'), ('email')) t(channel) WHERE luck % 5 > 0`,
    ),
  );
}

/** Rows nobody could know on the date: later snapshots, payments, contacts, promises, permissions and addresses, and news of earlier ones. */
export async function insertFuture(session: Session): Promise<void> {
  const accounts = '(SELECT * FROM accounts WHERE load_id = 1) a';
  const customers = '(SELECT * FROM customers WHERE load_id = 1) a';
  await session.run(
    raw(`INSERT INTO loads (load_id, state, recipe, recipe_hash, files, tables, rejected, simulated, loaded_at, by_principal)
    VALUES (2, 'live', 'future', 'f', '[]', '[]', 0, true, TIMESTAMP '2026-12-01', 'owner')`),
  );
  const rows: [table: string, columns: string, select: string, source: string][] = [
    [
      'snapshots',
      'account_id, as_of, balance, arrears, days_past_due, minimum_due, status',
      `account_id, DATE '2026-10-01', 999999, 999, 120, 99, 'changed'`,
      accounts,
    ],
    [
      'accounts',
      'account_id, customer_id, currency, credit_limit, opened_on',
      `'new' || account_id, customer_id, currency, 900000, DATE '2026-10-01'`,
      accounts,
    ],
    [
      'snapshots',
      'account_id, as_of, balance, days_past_due',
      `'new' || account_id, DATE '2026-10-31', 500000, 5`,
      accounts,
    ],
    [
      'payments',
      'payment_id, account_id, paid_at, known_at, amount',
      `'later' || account_id, account_id, TIMESTAMP '2026-10-01 00:00:00', TIMESTAMP '2026-10-01 00:00:00', 7777`,
      accounts,
    ],
    [
      'payments',
      'payment_id, account_id, paid_at, known_at, amount',
      `'news' || account_id, account_id, TIMESTAMP '2026-09-05 00:00:00', TIMESTAMP '2026-10-01 00:00:00', 8888`,
      accounts,
    ],
    [
      'contacts',
      'contact_id, customer_id, channel, style, sent_at, known_at, delivered, replied, right_party',
      `'later' || account_id, customer_id, 'letter', 'future', TIMESTAMP '2026-10-01 00:00:00', TIMESTAMP '2026-10-01 00:00:00', true, true, true`,
      accounts,
    ],
    [
      'contacts',
      'contact_id, customer_id, channel, style, sent_at, known_at, delivered, replied, right_party',
      `'news' || account_id, customer_id, 'letter', 'future', TIMESTAMP '2026-09-30 23:00:00', TIMESTAMP '2026-10-01 00:00:00', true, true, true`,
      accounts,
    ],
    [
      'promises',
      'promise_id, account_id, made_at, due_on, amount, kept',
      `'later' || account_id, account_id, TIMESTAMP '2026-10-01 00:00:00', DATE '2026-10-05', 5, true`,
      accounts,
    ],
    [
      'contact_permissions',
      'customer_id, channel, basis, granted_at',
      `customer_id, 'letter', 'contract', TIMESTAMP '2026-10-01 00:00:00'`,
      customers,
    ],
    [
      'contact_permissions',
      'customer_id, channel, basis, granted_at, revoked_at',
      `customer_id, channel, basis, granted_at, TIMESTAMP '2026-10-01 00:00:00'`,
      `current_contact_permissions WHERE revoked_at IS NULL`,
    ],
    [
      'contact_points',
      'customer_id, channel, address, valid, verified_at',
      `customer_id, 'letter', 'x', true, TIMESTAMP '2026-10-01 00:00:00'`,
      customers,
    ],
  ];
  for (const [table, columns, select, source] of rows)
    await session.run(from(insert(table, columns, select, 2), source));
}
