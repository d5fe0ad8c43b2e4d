import { raw, sql } from '#core/sql/sql.ts';
import type { Session } from '#server/engine/engine.ts';

/** Month ends from January 2025 to June 2026. */
export const riskDates = Array.from({ length: 18 }, (_, i) =>
  new Date(Date.UTC(2025, i + 1, 0)).toISOString().slice(0, 10),
);
export const riskToday = '2026-07-01';

/**
 * A book of accounts whose lives are written out. `people` accounts in each of two currencies and two products, seen every
 * month end; one in ten rolls a month at a time from month 2 + (i mod 16) and is charged off six months later, one in
 * twenty is paid off and closed in month 9. Of the charged off, about half pay a tenth of their balance 30 days later,
 * for which a cost of 2 is recorded.
 */
export async function insertRiskBook(session: Session, people: number): Promise<void> {
  const statements = [
    `INSERT INTO loads (load_id, state, recipe, recipe_hash, files, tables, rejected, simulated, loaded_at, by_principal)
      VALUES (1, 'live', 'test', 'r', '[{"name":"risk","sha256":"1"}]', '[]', 0, true, TIMESTAMP '2026-07-01', 'owner')`,
    `INSERT OR REPLACE INTO settings VALUES ('today', '"${riskToday}"'), ('simulated', 'true')`,
    `CREATE OR REPLACE TEMP TABLE held AS SELECT i, 'c' || lpad(i::VARCHAR, 6, '0') AS customer_id, 'account-' || lpad(i::VARCHAR, 6, '0') AS account_id,
      CASE WHEN i % 2 = 0 THEN 'MXN' ELSE 'COP' END AS currency, CASE WHEN i % 4 < 2 THEN 'card' ELSE 'loan' END AS product_type,
      CASE WHEN i % 10 = 3 OR i % 10 = 4 THEN 2 + i % 16 END AS late_from, CASE WHEN i % 20 = 7 OR i % 20 = 8 THEN 9 END AS closed_in, 1000 + i % 500 AS balance
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
      SELECT 'p' || account_id, account_id, lost_on + INTERVAL 30 DAY, lost_on + INTERVAL 30 DAY, balance / 10, false, 1, i FROM lost WHERE md5_number_lower('pays ' || i) % 2 = 0`,
    `INSERT INTO payments (payment_id, account_id, paid_at, known_at, amount, reversed, load_id, source_row)
      SELECT 'r' || account_id, account_id, lost_on + INTERVAL 20 DAY, lost_on + INTERVAL 20 DAY, balance / 2, true, 1, 500000 + i FROM lost`,
    `INSERT INTO costs (cost_id, occurred_at, account_id, kind, amount, currency, load_id, source_row)
      SELECT 'k' || account_id, lost_on + INTERVAL 30 DAY, account_id, 'commission', 2, currency, 1, i FROM lost WHERE md5_number_lower('pays ' || i) % 2 = 0`,
  ];
  for (const statement of statements) await session.run(raw(statement));
}

/** A champion of value-at-risk that gives accounts a chance by how late they are, scored on the last date. */
export async function insertRiskScores(session: Session, versionId = 'risk-1'): Promise<void> {
  const asOf = riskDates.at(-1)!;
  const population = { n: 1, events: 1, rate: 1, customers: 1, asOf: [], observed: 'monthly', sampled: 1 };
  const card = {
    question: { es: '¿?', en: '?' },
    decision: { es: '·', en: '·' },
    identification: 'current_policy',
    population: { ...population, excluded: [], outcomes: [], byDate: [] },
    horizonDays: 365,
    data: { dataVersion: 'd', loads: [1] },
    learner: { id: 'scorecard', options: {}, seed: 1 },
    validation: { kind: 'none', folds: 0, trainedOn: [], testedOn: [], looks: 1 },
    results: [],
    baselines: [],
    calibration: [],
    gain: [],
    features: [],
    points: [],
    warnings: [],
    limits: [],
    createdAt: '2026-07-01T00:00:00Z',
    expiresOn: '2027-07-01',
  };
  const saved = {
    model: { learner: 'scorecard', fitted: {}, calibration: null },
    parameters: {},
    families: [],
  };
  await session.run(sql`INSERT INTO models VALUES ('value-at-risk', ${versionId})`);
  await session.run(sql`INSERT INTO model_versions (version_id, model, learner, state, card, fitted, feature_set_id, data_version, approved_by, created_at, by_principal)
    VALUES (${versionId}, 'value-at-risk', 'scorecard', 'champion', ${JSON.stringify(card)}, ${JSON.stringify(saved)}, 'f', 'd', 'Ana', TIMESTAMP '2026-07-01', 'owner')`);
  await session.run(sql`INSERT INTO scores SELECT ${versionId}, account_id, as_of,
      CASE WHEN days_past_due = 0 THEN 0.01 WHEN days_past_due < 30 THEN 0.2 WHEN days_past_due < 60 THEN 0.4 ELSE 0.7 END
    FROM current_snapshots WHERE as_of = CAST(${asOf} AS DATE) AND days_past_due < 90 AND status = 'active'`);
  await session.run(
    sql`INSERT INTO score_runs SELECT ${versionId}, CAST(${asOf} AS DATE), count(*), 'd', TIMESTAMP '2026-07-01', 'owner' FROM scores`,
  );
}
