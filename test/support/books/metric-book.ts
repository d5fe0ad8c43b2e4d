import { raw, sql } from '#core/sql/sql.ts';
import type { Session } from '#server/engine/engine.ts';
import { insertKpiBook } from './kpi-book.ts';

/** Last day that is known in tests of metrics on this book, and the window they use. */
export const metricAsOf = '2026-07-15';
export const metricDays = 60;

/** Who entered: everybody of the book, on twenty days of May, and somebody the portfolio does not know. */
export const entered =
  raw(`SELECT customer_id, DATE '2026-05-01' + (md5_number_lower(customer_id) % 20)::INTEGER AS entered_on FROM customers
  UNION ALL SELECT 'nobody', DATE '2026-05-03'`);

/** The book of the key figures with arrears on its dates and flags. */
export async function insertMetricBook(session: Session, people = 100): Promise<void> {
  await insertKpiBook(session, people);
  await session.run(raw('UPDATE snapshots SET arrears = CASE WHEN days_past_due > 0 THEN 20 ELSE 0 END'));
  await session.run(
    raw(`INSERT INTO flags (customer_id, kind, started_on, load_id, source_row)
    SELECT customer_id, CASE WHEN i % 2 = 0 THEN 'hardship' ELSE 'cease_contact' END, DATE '2026-05-25', 1, i FROM (
      SELECT customer_id, row_number() OVER (ORDER BY customer_id) AS i FROM customers) c WHERE i % 9 < 2`),
  );
}

const rows = (table: string, columns: string, select: string) =>
  raw(
    `INSERT INTO ${table} (${columns}, load_id, source_row) SELECT x.*, 2, row_number() OVER () FROM (${select}) x`,
  );

/** Events of everybody on a day: payments, contacts, promises, complaints, flags and withdrawn permissions. */
export async function plantEvents(
  session: Session,
  given: { name: string; day: string; knownOn?: string },
): Promise<void> {
  const { name, day, knownOn = day } = given;
  const [at, known] = [`TIMESTAMP '${day} 00:00:00'`, `TIMESTAMP '${knownOn} 00:00:00'`];
  const put = (table: string, columns: string, select: string) => session.run(rows(table, columns, select));
  await session.run(sql`INSERT INTO loads (load_id, state, recipe, recipe_hash, files, tables, rejected, simulated, loaded_at, by_principal)
    SELECT 2, 'live', 'later', 'l', '[]', '[]', 0, true, TIMESTAMP '2026-09-02', 'owner' WHERE NOT EXISTS (SELECT 1 FROM loads WHERE load_id = 2)`);
  await put(
    'payments',
    'payment_id, account_id, paid_at, known_at, amount',
    `SELECT '${name}' || account_id, account_id, ${at}, ${known}, 100000 FROM accounts`,
  );
  await put(
    'contacts',
    'contact_id, customer_id, channel, sent_at, known_at, delivered, replied, cost',
    `SELECT '${name}' || customer_id, customer_id, 'sms', ${at}, ${known}, true, true, 50 FROM customers`,
  );
  if (knownOn !== day) return;
  await put(
    'promises',
    'promise_id, account_id, made_at, due_on, amount, kept',
    `SELECT '${name}' || account_id, account_id, ${at}, ${at}::DATE + 1, 1, false FROM accounts`,
  );
  await put(
    'complaints',
    'complaint_id, customer_id, occurred_at',
    `SELECT '${name}' || customer_id, customer_id, ${at} FROM customers`,
  );
  for (const kind of ['hardship', 'cease_contact'])
    await put(
      'flags',
      'customer_id, kind, started_on',
      `SELECT customer_id, '${kind}', ${at}::DATE FROM customers`,
    );
  await put(
    'contact_permissions',
    'customer_id, channel, basis, granted_at, revoked_at',
    `SELECT customer_id, 'letter', 'consent', TIMESTAMP '2025-01-01', ${at} FROM customers`,
  );
}

/** Everybody's accounts at 0 days past due, then charged off, on dates of their own. */
export async function plantSnapshots(session: Session, cleared: string, chargedOff: string): Promise<void> {
  for (const [day, late, status] of [
    [cleared, 0, 'active'],
    [chargedOff, 200, 'charged_off'],
  ] as const)
    await session.run(
      rows(
        'snapshots',
        'account_id, as_of, days_past_due, arrears, status',
        `SELECT account_id, DATE '${day}', ${late}, ${late}, '${status}' FROM accounts`,
      ),
    );
}

const planted = [
  'payments',
  'contacts',
  'promises',
  'complaints',
  'flags',
  'contact_permissions',
  'snapshots',
];

/** Takes away what was planted. */
export async function removePlanted(session: Session): Promise<void> {
  for (const table of planted) await session.run(raw(`DELETE FROM ${table} WHERE load_id = 2`));
}
