import { raw } from '#core/sql/sql.ts';
import type { Session } from '#server/engine/engine.ts';

export const learnableDates = [
  '2026-01-31',
  '2026-02-28',
  '2026-03-31',
  '2026-04-30',
  '2026-05-31',
  '2026-06-30',
  '2026-07-31',
  '2026-08-31',
] as const;

/**
 * A book of `people` customers with an account each and eight month ends. Each has a fixed carelessness; the careless
 * are late more often, stay late longer and pay less of what they owe, so that the past tells of the future.
 */
export async function insertLearnableBook(session: Session, people: number): Promise<void> {
  const statements = [
    `INSERT INTO loads (load_id, state, recipe, recipe_hash, files, tables, rejected, simulated, loaded_at, by_principal)
      VALUES (1, 'live', 'test', 'r', '[{"name":"learnable","sha256":"1"}]', '[]', 0, true, TIMESTAMP '2026-09-01', 'owner')`,
    `CREATE OR REPLACE TEMP TABLE person AS SELECT i, 'c' || lpad(i::VARCHAR, 6, '0') AS customer_id,
      'a' || lpad(i::VARCHAR, 6, '0') AS account_id, md5_number_lower('care ' || i) % 1000 / 1000.0 AS careless FROM range(${people}) t(i)`,
    `INSERT INTO customers (customer_id, jurisdiction, sex, load_id, source_row) SELECT customer_id, 'CO', 'female', 1, i FROM person`,
    `INSERT INTO accounts (account_id, customer_id, currency, credit_limit, load_id, source_row) SELECT account_id, customer_id, 'COP', 1000, 1, i FROM person`,
  ];
  for (const statement of statements) await session.run(raw(statement));
  for (const [month, date] of learnableDates.entries()) {
    const luck = (name: string) => `(md5_number_upper('${name} ${month} ' || customer_id) % 1000 / 1000.0)`;
    await session.run(
      raw(`INSERT INTO snapshots (account_id, as_of, balance, days_past_due, status, load_id, source_row)
      SELECT account_id, DATE '${date}', 500 + 400 * careless + 60 * ${luck('balance')},
        CASE WHEN ${luck('late')} < 0.08 + 0.75 * careless THEN 5 + floor(20 * ${luck('days')})::INTEGER ELSE 0 END,
        CASE WHEN i % 2 = 0 THEN 'a' ELSE 'b' END, 1, ${month} * 1000000 + i FROM person`),
    );
    await session.run(
      raw(`INSERT INTO payments (payment_id, account_id, paid_at, amount, load_id, source_row)
      SELECT account_id || '-${month}', account_id, TIMESTAMP '${date} 09:00:00' - to_days(9), 90 - 70 * careless + 10 * ${luck('paid')}, 1, ${month} * 1000000 + i
      FROM person WHERE ${luck('pays')} > careless / 2`),
    );
  }
  await session.run(raw('DROP TABLE person'));
}
