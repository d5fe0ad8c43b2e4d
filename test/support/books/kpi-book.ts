import { raw, sql } from '#core/sql/sql.ts';
import type { Session } from '#server/engine/engine.ts';

/** Month-ends of the book, oldest first. */
export const kpiDates = ['2026-03-31', '2026-04-30', '2026-05-31', '2026-06-30', '2026-07-31', '2026-08-31'];

export const kpiSegment = '0199aaaa-0000-7000-8000-000000000001';

const luck = (seed: string, below: number): string => `CAST(md5_number_lower(${seed}) % ${below} AS INTEGER)`;

/**
 * A made-up book with rows in every table a key figure reads: `people` customers of two countries and currencies,
 * one account each and every seventh two, six months that wander between buckets, some charged off, closed or gone.
 */
export async function insertKpiBook(session: Session, people = 240): Promise<void> {
  const put = (table: string, columns: string, select: string) =>
    session.run(
      raw(
        `INSERT INTO ${table} (${columns}, load_id, source_row) SELECT *, 1, row_number() OVER () FROM (${select}) x`,
      ),
    );
  await session.run(sql`INSERT INTO loads (load_id, state, recipe, recipe_hash, files, tables, rejected, simulated, loaded_at, by_principal)
    VALUES (1, 'live', 'test', 'r', '[{"name":"book","sha256":"0"}]', '[]', 0, true, TIMESTAMP '2026-09-01', 'owner')`);
  await session.run(
    raw(`CREATE OR REPLACE TEMP TABLE held AS
    SELECT i, k, 'c' || i AS customer_id, 'a' || i || '-' || k AS account_id,
      CASE WHEN i % 3 = 0 THEN 'CO' ELSE 'MX' END AS country, ${luck("'x' || i || '-' || k", 1000)} AS luck
    FROM range(${people}) t(i), range(2) u(k) WHERE k = 0 OR i % 7 = 0`),
  );
  await session.run(
    raw(`CREATE OR REPLACE TEMP TABLE lived AS
    SELECT *, CASE WHEN off AND m > 3 THEN 'charged_off' WHEN luck % 29 = 1 AND m = 5 THEN 'closed' END AS status,
      CASE ${luck("'d' || account_id || m // 2", 8)} WHEN 0 THEN 12 WHEN 1 THEN 40 WHEN 2 THEN 75 WHEN 3 THEN 130 ELSE 0 END + m % 2 * ${luck("'e' || account_id || m", 2)} * 31 AS dpd
    FROM (SELECT h.*, m, luck % 17 = 3 AS off, (DATE '2026-04-01' + to_months(m::INTEGER) - INTERVAL 1 DAY)::DATE AS as_of FROM held h, range(6) t(m))
    WHERE NOT (luck % 23 = 5 AND m = 5)`),
  );
  await put('customers', 'customer_id, jurisdiction', 'SELECT DISTINCT customer_id, country FROM held');
  await put(
    'accounts',
    'account_id, customer_id, product_type, opened_on, currency, charged_off_on',
    `SELECT account_id, customer_id, CASE WHEN luck % 2 = 0 THEN 'card' ELSE 'loan' END, DATE '2026-01-05' + luck % 150,
      CASE country WHEN 'CO' THEN 'COP' ELSE 'MXN' END, CASE WHEN luck % 17 = 3 THEN DATE '2026-07-15' END FROM held`,
  );
  await put(
    'snapshots',
    'account_id, as_of, days_past_due, balance, status',
    'SELECT account_id, as_of, dpd, 100.5 + luck * 3 + m, status FROM lived',
  );
  await put(
    'payments',
    'payment_id, account_id, paid_at, amount, reversed',
    `SELECT account_id || m, account_id, as_of - INTERVAL (luck % 20) DAY + INTERVAL 5 HOUR, 10.25 + luck % 50, luck % 11 = 0 FROM lived WHERE (luck + m) % 3 > 0`,
  );
  await put(
    'contacts',
    'contact_id, customer_id, account_id, channel, style, sent_at, delivered, opened, replied, right_party, cost',
    `SELECT 'k' || account_id || m, customer_id, CASE WHEN luck % 5 > 0 THEN account_id END, CASE WHEN luck % 2 = 0 THEN 'sms' ELSE 'call' END,
      CASE luck % 3 WHEN 0 THEN 'neutral' WHEN 1 THEN 'loss_aversion' END, as_of - INTERVAL (m % 9) DAY + INTERVAL 14 HOUR,
      luck % 6 > 0, luck % 4 = 0, luck % 8 = 0, CASE WHEN luck % 2 = 1 THEN luck % 3 = 0 END, 0.35 FROM lived WHERE dpd > 0`,
  );
  await put(
    'promises',
    'promise_id, account_id, made_at, due_on, amount, kept',
    `SELECT 'r' || account_id || m, account_id, as_of - INTERVAL 12 DAY, as_of - 5, 15, luck % 2 = 0 FROM lived WHERE luck % 4 = 1 AND m > 0`,
  );
  await put(
    'placements',
    'account_id, agency, placed_on, balance_placed, returned_on',
    `SELECT account_id, CASE WHEN luck % 2 = 0 THEN 'norte' ELSE 'sur' END, DATE '2026-04-10' + luck % 60, 200.5 + luck, CASE WHEN luck % 5 = 0 THEN DATE '2026-08-01' END FROM held WHERE luck % 6 = 1`,
  );
  await put(
    'costs',
    'cost_id, occurred_at, agency, kind, amount, currency',
    `SELECT 'g' || m || agency || currency, TIMESTAMP '2026-03-20 10:00:00' + to_months(m::INTEGER), agency, 'fee', 40.1 + m, currency
      FROM range(6) t(m), (VALUES ('norte'), ('sur'), (NULL)) a(agency), (VALUES ('COP'), ('MXN')) c(currency)`,
  );
  await put(
    'complaints',
    'complaint_id, customer_id, occurred_at, channel',
    `SELECT 'q' || account_id, customer_id, TIMESTAMP '2026-06-20 12:00:00', CASE WHEN luck % 2 = 0 THEN 'sms' END FROM held WHERE luck % 10 = 4`,
  );
  await put(
    'contact_permissions',
    'customer_id, channel, basis, granted_at, revoked_at',
    `SELECT DISTINCT customer_id, 'sms', 'consent', TIMESTAMP '2025-01-01', CASE WHEN i % 12 = 0 THEN TIMESTAMP '2026-07-10 09:00:00' END FROM held`,
  );
  await session.run(
    sql`INSERT INTO segments VALUES (${kpiSegment}, 'half', '{}', '{}', 'd', NULL, TIMESTAMP '2026-09-01', 'owner')`,
  );
  await session.run(
    sql`INSERT INTO segment_members SELECT ${kpiSegment}, account_id, customer_id, DATE '2026-08-31' FROM held WHERE i % 2 = 0`,
  );
  await session.run(raw('DROP TABLE held; DROP TABLE lived'));
}

/** Rates of both currencies into US dollars, from before the book on. */
export const insertRates = (session: Session): Promise<number> =>
  session.run(
    raw(`INSERT INTO exchange_rates (currency, quote_currency, valid_on, rate, load_id, source_row)
    VALUES ('COP', 'USD', DATE '2026-01-01', 0.00025, 1, 1), ('COP', 'USD', DATE '2026-06-15', 0.0003, 1, 2), ('MXN', 'USD', DATE '2026-01-01', 0.05, 1, 3)`),
  );
