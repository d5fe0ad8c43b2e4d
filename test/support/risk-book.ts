import { raw } from '#core/sql/sql.ts';
import type { Session } from '#server/engine/engine.ts';

/** Month ends from January 2025 to June 2026. */
export const riskDates = Array.from({ length: 18 }, (_, i) =>
  new Date(Date.UTC(2025, i + 1, 0)).toISOString().slice(0, 10),
);
export const riskToday = '2026-07-01';

const monthEnd = (month: number): string => riskDates[month]!;

/**
 * A book of accounts whose lives are written out. `people` accounts in each of two currencies and two products, seen every
 * month end; one in ten rolls a month at a time from month 2 + (i mod 12) and is charged off six months later, one in
 * twenty is paid off and closed in month 9. Of the charged off, every second pays a tenth of its balance 30 days later,
 * for which a cost of 2 is recorded.
 */
export async function insertRiskBook(session: Session, people: number): Promise<void> {
  const statements = [
    `INSERT INTO loads (load_id, state, recipe, recipe_hash, files, tables, rejected, simulated, loaded_at, by_principal)
      VALUES (1, 'live', 'test', 'r', '[{"name":"risk","sha256":"1"}]', '[]', 0, true, TIMESTAMP '2026-07-01', 'owner')`,
    `INSERT OR REPLACE INTO settings VALUES ('today', '"${riskToday}"'), ('simulated', 'true')`,
    `CREATE OR REPLACE TEMP TABLE held AS SELECT i, 'c' || lpad(i::VARCHAR, 6, '0') AS customer_id, 'account-' || lpad(i::VARCHAR, 6, '0') AS account_id,
      CASE WHEN i % 2 = 0 THEN 'MXN' ELSE 'COP' END AS currency, CASE WHEN i % 4 < 2 THEN 'card' ELSE 'loan' END AS product_type,
      CASE WHEN i % 10 = 3 OR i % 10 = 4 THEN 2 + i % 12 END AS late_from, CASE WHEN i % 20 = 7 OR i % 20 = 8 THEN 9 END AS closed_in, 1000 + i % 500 AS balance
      FROM range(${4 * people}) t(i)`,
    `INSERT INTO customers (customer_id, jurisdiction, load_id, source_row) SELECT customer_id, 'MX', 1, i FROM held`,
    `CREATE OR REPLACE TEMP TABLE month_ends AS SELECT * FROM (VALUES ${riskDates
      .map((date, month) => `(${month}, DATE '${date}')`)
      .join(', ')}) v(month, as_of)`,
    `CREATE OR REPLACE TEMP TABLE lost AS SELECT h.*, m.as_of AS lost_on FROM held h JOIN month_ends m ON m.month = h.late_from + 6`,
    `INSERT INTO accounts (account_id, customer_id, product_type, currency, credit_limit, rate, charged_off_on, status, load_id, source_row)
      SELECT h.account_id, h.customer_id, h.product_type, h.currency, CASE WHEN h.product_type = 'card' THEN 2000 END, 0.2, l.lost_on, 'active', 1, h.i
      FROM held h LEFT JOIN lost l ON l.account_id = h.account_id`,
    `INSERT INTO snapshots (account_id, as_of, balance, arrears, days_past_due, status, load_id, source_row)
      SELECT h.account_id, m.as_of, CASE WHEN m.month >= coalesce(h.closed_in, 99) THEN 0 ELSE h.balance END, 0,
        CASE WHEN m.month >= h.late_from THEN 30 * (m.month - h.late_from) + 5 ELSE 0 END,
        CASE WHEN m.month >= coalesce(h.closed_in, 99) THEN 'closed' WHEN m.month >= h.late_from + 6 THEN 'charged_off' ELSE 'active' END, 1, m.month * 1000000 + h.i
      FROM held h CROSS JOIN month_ends m WHERE m.month <= coalesce(h.closed_in, 99)`,
    `INSERT INTO payments (payment_id, account_id, paid_at, known_at, amount, reversed, load_id, source_row)
      SELECT 'p' || account_id, account_id, lost_on + INTERVAL 30 DAY, lost_on + INTERVAL 30 DAY, balance / 10, false, 1, i FROM lost WHERE (i // 10) % 2 = 0`,
    `INSERT INTO payments (payment_id, account_id, paid_at, known_at, amount, reversed, load_id, source_row)
      SELECT 'r' || account_id, account_id, lost_on + INTERVAL 20 DAY, lost_on + INTERVAL 20 DAY, balance / 2, true, 1, 500000 + i FROM lost`,
    `INSERT INTO costs (cost_id, occurred_at, account_id, kind, amount, currency, load_id, source_row)
      SELECT 'k' || account_id, lost_on + INTERVAL 30 DAY, account_id, 'commission', 2, currency, 1, i FROM lost WHERE (i // 10) % 2 = 0`,
  ];
  for (const statement of statements) await session.run(raw(statement));
}

export const riskMonth = monthEnd;
