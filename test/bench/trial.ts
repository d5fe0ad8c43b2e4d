import { addDays } from '#core/contact/time/wall-clock.ts';
import { type Design, design as designSchema } from '#core/experiment/define.ts';
import { raw, sql } from '#core/sql/sql.ts';
import type { Session } from '#server/engine/engine.ts';
import { insertDesign } from '#server/store/experiments/designs.ts';
import { insertDraw } from '#server/store/experiments/draws.ts';
import { insertEvent } from '#server/store/experiments/events.ts';
import { insertVersion } from '#server/store/experiments/versions.ts';

export const trialId = 'bench';
export const startsOn = '2026-06-01';
export const waves = 20;
/** Windows of 60 days have closed for everybody. */
export const today = '2026-09-01';
const styles = ['neutral', 'loss_aversion', 'social_proof'];
const at = `${startsOn}T06:00:00.000Z`;

export const trialDesign = (given: Partial<Design> = {}): Design =>
  designSchema.parse({
    name: 'Tres estilos',
    segmentId: 'late',
    control: styles[0],
    arms: styles.map((name) => ({
      name,
      weight: 1,
      touches: [{ day: 0, style: name, channel: 'sms', templates: ['sms'] }],
    })),
    secondary: [
      { id: 'cash', horizonDays: 30 },
      { id: 'days_to_cure', horizonDays: 30 },
      { id: 'promises_kept', horizonDays: 30 },
    ],
    plan: 'staggered_sequential',
    entryDays: waves,
    looks: 4,
    segments: ['country', 'bucket'],
    ...given,
  });

/** A number under `of` for each person and purpose. */
const luck = (purpose: number, of: number) => `CAST(hash(i, ${purpose}) % ${of} AS INTEGER)`;
const entered = `DATE '${startsOn}' + CAST(i % ${waves} AS INTEGER)`;
const arm = `(['${styles.join("', '")}'])[1 + CAST(i // ${waves} % 3 AS INTEGER)]`;

/**
 * People and what is known of each; one account a person, 30 strata, two currencies. Three in ten pay off within the
 * month, two points more under loss aversion.
 */
const people = (count: number) => `CREATE TABLE bench_people AS
  SELECT i, 'c' || i AS customer_id, 'a' || i AS account_id, '${trialId}:' || i AS assignment_id,
    ${arm} AS arm, 's' || ${luck(1, 30)} AS stratum, ${entered} AS entered_on, 1 + ${luck(2, 55)} AS days_past_due,
    CASE WHEN i % 3 = 0 THEN 'CO' ELSE 'MX' END AS country, CASE WHEN i % 3 = 0 THEN 'COP' ELSE 'MXN' END AS currency,
    round(exp(4 + ${luck(3, 3000)} / 1000.0), 2) AS arrears,
    ${luck(4, 1000)} < 300 + CASE WHEN ${arm} = 'loss_aversion' THEN 20 ELSE 0 END AS pays_off,
    ${luck(5, 10)} = 0 AS pays_part, 1 + ${luck(6, 45)} AS pays_after,
    ${luck(7, 1000)} < 4 AS complains, ${luck(8, 1000)} < 10 AS opts_out, ${luck(9, 1000)} < 3 AS in_hardship,
    ${luck(10, 100)} < 8 AS promises, ${luck(11, 100)} < 95 AS cleared, ${luck(12, 100)} < 92 AS delivered, ${luck(13, 30)} AS day
  FROM range(${count}) r(i)`;

/** Table, its columns and where they come from. */
const canonical: readonly [table: string, columns: string, from: string][] = [
  [
    'customers',
    'customer_id, customer_type, jurisdiction, language',
    `SELECT customer_id, 'person', country, 'es' FROM bench_people`,
  ],
  [
    'accounts',
    'account_id, customer_id, product_type, opened_on, currency',
    `SELECT account_id, customer_id, CASE WHEN i % 2 = 0 THEN 'card' ELSE 'loan' END, DATE '2024-05-20', currency FROM bench_people`,
  ],
  ...['2026-05-31', '2026-06-30', '2026-07-31', '2026-08-31'].map((day): [string, string, string] => [
    'snapshots',
    'account_id, as_of, balance, arrears, days_past_due, minimum_due',
    `SELECT account_id, DATE '${day}', 10 * arrears, CASE WHEN past > 0 THEN arrears ELSE 0 END, past, 20 FROM (
      SELECT *, CASE WHEN pays_off AND entered_on + pays_after <= DATE '${day}' THEN 0
        ELSE days_past_due + CAST(DATE '${day}' - DATE '2026-05-31' AS INTEGER) END AS past FROM bench_people)`,
  ]),
  [
    'payments',
    'payment_id, account_id, paid_at, amount, reversed',
    `SELECT 'p' || i, account_id, (entered_on + pays_after) + INTERVAL 11 HOUR, CASE WHEN pays_off THEN arrears ELSE round(arrears / 3, 2) END, false
      FROM bench_people WHERE pays_off OR pays_part
      UNION ALL SELECT 'b' || i, account_id, (DATE '${startsOn}' - 1 - day) + INTERVAL 9 HOUR, 30, i % 400 = 7 FROM bench_people WHERE i % 4 = 1`,
  ],
  [
    'contacts',
    'contact_id, customer_id, account_id, channel, style, sent_at, delivered, cost, experiment_id, arm',
    `SELECT 'k' || i, customer_id, account_id, 'sms', arm, entered_on + INTERVAL 16 HOUR, delivered, 0.05, '${trialId}', arm FROM bench_people WHERE cleared`,
  ],
  [
    'contact_permissions',
    'customer_id, channel, basis, granted_at, revoked_at',
    `SELECT customer_id, 'sms', 'consent', TIMESTAMP '2025-01-01', CASE WHEN opts_out THEN (entered_on + day) + INTERVAL 12 HOUR END FROM bench_people`,
  ],
  [
    'complaints',
    'complaint_id, customer_id, occurred_at',
    `SELECT 'x' || i, customer_id, (entered_on + day) + INTERVAL 12 HOUR FROM bench_people WHERE complains`,
  ],
  [
    'flags',
    'customer_id, kind, started_on',
    `SELECT customer_id, 'hardship', entered_on + day FROM bench_people WHERE in_hardship`,
  ],
  [
    'promises',
    'promise_id, account_id, made_at, due_on, amount',
    `SELECT 'r' || i, account_id, (entered_on + day // 2) + INTERVAL 10 HOUR, entered_on + day // 2 + 5, arrears FROM bench_people WHERE promises`,
  ],
];

const application: readonly string[] = [
  `INSERT INTO assignments (assignment_id, experiment_id, customer_id, arm, stratum, block, propensity, salt, plan_hash, assigned_at, entered_on, wave, cohort, text_lot)
    SELECT assignment_id, '${trialId}', customer_id, arm, stratum, 0, 1 / 3.0, 'salt', 'plan', TIMESTAMP '${startsOn}', entered_on, 1 + i % ${waves}, DATE '${startsOn}', 0 FROM bench_people`,
  `INSERT INTO batches SELECT 'b' || entered_on, '${trialId}', 1, 'written', '{}', entered_on + INTERVAL 6 HOUR, 'owner' FROM bench_people GROUP BY entered_on`,
  `INSERT INTO contact_checks (batch_id, assignment_id, experiment_id, customer_id, arm, touch, channel, planned_at, planned_local, send_before, send_before_local, time_zone, zone_source, rule_set, rule_version, state)
    SELECT 'b' || entered_on, assignment_id, '${trialId}', customer_id, arm, 1, 'sms', sent, sent, sent, sent, 'UTC', 'explicit', 'bench', '1', 'sent'
    FROM (SELECT *, entered_on + INTERVAL 16 HOUR AS sent FROM bench_people WHERE cleared)`,
  `INSERT INTO exclusions SELECT 'b' || entered_on, assignment_id, '${trialId}', customer_id, arm, 'cap', 'bench', '1', 'verified', true FROM bench_people WHERE NOT cleared`,
  `INSERT INTO export_runs (export_id, batch_id, experiment_id, destination, options, state, rows_sent, rows_excluded, started_at, by_principal)
    SELECT 'e' || entered_on, 'b' || entered_on, '${trialId}', 'file', '{}', 'done', 0, 0, entered_on + INTERVAL 7 HOUR, 'owner' FROM bench_people GROUP BY entered_on`,
  `INSERT INTO export_rows (export_id, message_key, assignment_id, customer_id, arm, touch, channel, state)
    SELECT 'e' || entered_on, 'm' || i, assignment_id, customer_id, arm, 1, 'sms', 'written' FROM bench_people WHERE cleared`,
  ...[
    ['complaints', 'complains'],
    ['opt_outs', 'opts_out'],
    ['hardship', 'in_hardship'],
  ].map(
    ([metric, happened]) => `INSERT INTO harm_counts
    SELECT '${trialId}', '${metric}', 30, d.day, p.entered_on, p.arm, count(*), sum(CASE WHEN ${happened} AND p.entered_on + p.day <= d.day THEN 1 ELSE 0 END)
    FROM bench_people p JOIN (SELECT DISTINCT CAST(day AS DATE) AS day FROM generate_series(DATE '${startsOn}', DATE '${addDays(startsOn, waves + 30)}', INTERVAL 1 DAY) t(day)) d
      ON d.day >= p.entered_on GROUP BY d.day, p.entered_on, p.arm`,
  ),
];

/**
 * A trial of daily waves that is over, with everything its results are read from, written straight into the tables:
 * what the line would have left of so many people, without the days it would take to get there.
 */
export async function putTrialOf(session: Session, count: number): Promise<void> {
  const design = trialDesign();
  await session.run(raw(people(count)));
  await session.run(sql`INSERT INTO loads (load_id, state, recipe, recipe_hash, files, tables, rejected, simulated, loaded_at, by_principal)
    VALUES (1, 'live', 'bench', 'r', '[{"name":"bench","sha256":"0"}]', '[]', 0, false, ${`${today}T00:00:00.000`}, 'owner')`);
  await session.run(sql`INSERT OR REPLACE INTO settings VALUES ('today', ${JSON.stringify(today)})`);
  let before = 0;
  for (const [table, columns, from] of canonical) {
    await session.run(
      raw(`INSERT INTO ${table} (${columns}, load_id, source_row)
        SELECT *, 1, ${before} + row_number() OVER () FROM (${from}) rows`),
    );
    before += 2 * count;
  }
  for (const statement of application) await session.run(raw(statement));
  const sizes = await session.rows<{ arm: string; n: number }>(
    sql`SELECT arm, CAST(count(*) AS BIGINT) AS n FROM bench_people GROUP BY arm ORDER BY arm`,
  );
  const days = await session.rows<{ day: string; n: number }>(
    sql`SELECT CAST(entered_on AS VARCHAR) AS day, CAST(count(*) AS BIGINT) AS n FROM bench_people GROUP BY entered_on ORDER BY entered_on`,
  );
  await insertDesign(session, {
    id: trialId,
    state: 'exported',
    status: 'running',
    planVersion: 1,
    startsOn,
    design,
    sizing: {} as never,
    texts: [],
    planHash: 'plan',
    asOf: '2026-05-31',
    dataVersion: 'bench',
    balance: [],
    createdAt: at,
    by: 'owner',
  });
  await session.run(
    sql`UPDATE designs SET starts_on = CAST(${startsOn} AS DATE) WHERE experiment_id = ${trialId}`,
  );
  await insertVersion(session, trialId, {
    version: 1,
    design,
    planHash: 'plan',
    changes: [],
    at,
    by: 'owner',
    reason: '',
  });
  await insertEvent(session, trialId, {
    kind: 'started',
    arm: null,
    on: startsOn,
    at,
    by: 'owner',
    reason: '',
    planVersion: 1,
  });
  await insertDraw(
    session,
    trialId,
    {
      cohort: startsOn,
      salt: 'salt',
      planVersion: 1,
      people: count,
      waves: days.map(({ day, n }, i) => ({ wave: i + 1, entersOn: day, people: n })),
      arms: sizes.map((one) => ({ ...one, propensity: 1 / 3 })),
      tried: 1,
      accepted: 1,
      largestDifference: null,
      leftOut: [],
      balance: [],
      acceptedSalts: ['salt'],
    },
    at,
  );
  await session.run(raw('DROP TABLE bench_people'));
}
