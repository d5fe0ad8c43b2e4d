import { raw, sql } from '#core/sql/sql.ts';
import type { Session } from '#server/engine/engine.ts';

export const bookDates = ['2026-08-31', '2026-09-30', '2026-10-31'] as const;
export const bookToday = '2026-11-01';

/**
 * A made-up book of `people` customers in two countries and currencies, one account each (every tenth has two), three
 * monthly snapshots, three in ten customers late at each. Of those late one month about half are clear the next.
 */
export async function insertSmallBook(session: Session, people: number): Promise<void> {
  await session.run(sql`INSERT INTO loads (load_id, state, recipe, recipe_hash, files, tables, rejected, simulated, loaded_at, by_principal)
    VALUES (1, 'live', 'test', 'r', '[{"name":"book","sha256":"0"}]', '[]', 0, true, TIMESTAMP '2026-11-01', 'owner')`);
  await session.run(
    sql`INSERT OR REPLACE INTO settings VALUES ('today', ${JSON.stringify(bookToday)}), ('simulated', 'true')`,
  );
  await session.run(
    raw(`CREATE OR REPLACE TEMP TABLE book AS
    SELECT i, 'c' || lpad(i::VARCHAR, 6, '0') AS customer_id, md5_number_lower('book ' || i) % 1000 AS luck,
      CASE WHEN i % 3 = 0 THEN 'CO' ELSE 'MX' END AS country FROM range(${people}) t(i)`),
  );
  await session.run(
    raw(`INSERT INTO customers (customer_id, customer_type, jurisdiction, time_zone, language, customer_since, load_id, source_row)
    SELECT customer_id, 'person', country, CASE country WHEN 'CO' THEN 'America/Bogota' ELSE 'America/Mexico_City' END, 'es',
      DATE '2020-01-15' + (i % 1000)::INTEGER, 1, i FROM book`),
  );
  await session.run(
    raw(`CREATE OR REPLACE TEMP TABLE held AS
    SELECT *, 'a' || lpad(i::VARCHAR, 6, '0') || '-1' AS account_id FROM book
    UNION ALL SELECT *, 'a' || lpad(i::VARCHAR, 6, '0') || '-2' FROM book WHERE i % 10 = 0`),
  );
  await session.run(
    raw(`INSERT INTO accounts (account_id, customer_id, product_type, opened_on, currency, credit_limit, load_id, source_row)
    SELECT account_id, customer_id, CASE WHEN i % 2 = 0 THEN 'card' ELSE 'loan' END, DATE '2023-05-20',
      CASE country WHEN 'CO' THEN 'COP' ELSE 'MXN' END, 5000, 1, row_number() OVER (ORDER BY account_id) FROM held`),
  );
  for (const [month, date] of bookDates.entries())
    await session.run(
      raw(`INSERT INTO snapshots (account_id, as_of, balance, arrears, days_past_due, minimum_due, load_id, source_row)
      SELECT account_id, DATE '${date}', 100 + luck * CASE country WHEN 'CO' THEN 4000 ELSE 1 END, CASE WHEN late THEN ${30.25 + 10 * month} ELSE 0 END,
        CASE WHEN late THEN 1 + luck % 58 ELSE 0 END, 20, 1, ${month} * 1000000 + row_number() OVER (ORDER BY account_id)
      FROM (SELECT *, md5_number_upper('month ${month} ' || customer_id) % 10 < 3 OR
        (${month} > 0 AND md5_number_upper('month ${Math.max(0, month - 1)} ' || customer_id) % 10 < 3 AND luck % 2 = 0) AS late FROM held)`),
    );
  for (const channel of ['sms', 'email'])
    await session.run(
      raw(`INSERT INTO contact_permissions (customer_id, channel, basis, granted_at, load_id, source_row)
      SELECT customer_id, '${channel}', 'consent', TIMESTAMP '2025-01-01', 1, i FROM book`),
    );
  await session.run(
    raw(`INSERT INTO contact_points (customer_id, channel, address, valid, load_id, source_row)
    SELECT customer_id, 'sms', 'x', i % 50 <> 7, 1, i FROM book`),
  );
  await session.run(raw('DROP TABLE held; DROP TABLE book'));
}

/** Scores of a champion of self-cure on a date: higher for those with more luck. */
export async function insertScores(session: Session, asOf: string): Promise<void> {
  await session.run(raw(`INSERT OR IGNORE INTO models VALUES ('self-cure', 'v1')`));
  await session.run(sql`INSERT OR IGNORE INTO model_versions (version_id, model, learner, state, card, fitted, feature_set_id, data_version, created_at, by_principal)
    VALUES ('v1', 'self-cure', 'scorecard', 'champion', ${JSON.stringify({ results: [{ population: 'all', n: 1000, events: 500, brier: 0.2 }] })}, '{}', 'f', 'd', TIMESTAMP '2026-11-01', 'owner')`);
  await session.run(sql`INSERT INTO scores SELECT 'v1', account_id, as_of, 0.2 + 0.6 * CAST(days_past_due AS DOUBLE) / 60
    FROM current_snapshots WHERE as_of = CAST(${asOf} AS DATE) AND days_past_due > 0`);
  await session.run(sql`INSERT INTO score_runs SELECT 'v1', CAST(${asOf} AS DATE), count(*), 'd', TIMESTAMP '2026-11-01', 'owner'
    FROM scores WHERE as_of = CAST(${asOf} AS DATE)`);
}
