import type { FeatureColumn } from '#core/features/feature.ts';
import { ratio } from '#core/features/history.ts';
import { channels } from '#core/portfolio/tables/people.ts';
import type { Dialect } from '#core/sql/dialects/dialect.ts';
import { current } from '#core/sql/dialects/duckdb.ts';
import { join, literal, raw, type Sql, sql } from '#core/sql/sql.ts';
import type { DecisionDate } from '../question.ts';
import type { Sample } from '../training-set.ts';
import { isDrawn } from '../uplift/data/sample.ts';
import { daysBetween, lastDecisionDay } from './dates.ts';
import type { ChannelParameters } from './parameters.ts';
import { candidates, moneyIn, permittedColumns } from './people.ts';

const arms = ['none', ...channels];
const ownColumn = (name: string, es: string, en: string): FeatureColumn => ({
  name,
  kind: 'numeric',
  title: { es, en },
});

export const decisionColumns: readonly FeatureColumn[] = [
  ownColumn(
    'decision_days_past_due',
    'Días de mora el día de la decisión',
    'Days past due on the day of the decision',
  ),
  ownColumn('decision_snapshot_age', 'Días desde el último corte', 'Days since the last snapshot'),
  ownColumn(
    'decision_paid_since',
    'Pagado desde el corte sobre lo vencido',
    'Paid since the snapshot over the arrears',
  ),
];

/** How far back a snapshot may lie for an account to be known on a day. */
const knownDays = 46;

/**
 * Rows (account_id, customer_id, day) with where the account stood by its last snapshot before the day and what was paid
 * since: those still late and not paid up. Adds state_on, arrears, currency, place and the columns of the decision.
 */
function withState(dialect: Dialect, { minDaysPastDue, maxDaysPastDue }: ChannelParameters, rows: Sql): Sql {
  const seen = sql`SELECT r.account_id, r.day, max(s.as_of) AS state_on
FROM ${rows} r JOIN ${current('snapshots')} s ON s.account_id = r.account_id AND s.as_of < r.day
  AND s.as_of >= ${dialect.addDays(sql`r.day`, -knownDays)}
GROUP BY r.account_id, r.day`;
  const since = sql`SELECT e.account_id, e.day, sum(y.amount) AS paid
FROM (${seen}) e JOIN ${current('payments')} y ON y.account_id = e.account_id AND ${moneyIn}
  AND y.paid_at >= ${dialect.addDays(sql`e.state_on`, 1)} AND y.paid_at < e.day
GROUP BY e.account_id, e.day`;
  const age = dialect.daysBetween(sql`e.state_on`, sql`r.day`);
  return sql`SELECT r.account_id, r.customer_id, r.day, e.state_on, s.arrears, a.currency, c.jurisdiction AS place,
  s.days_past_due + ${age} - 1 AS decision_days_past_due, ${age} - 1 AS decision_snapshot_age,
  ${ratio(dialect, sql`coalesce(y.paid, 0)`, sql`s.arrears`)} AS decision_paid_since
FROM ${rows} r JOIN (${seen}) e ON e.account_id = r.account_id AND e.day = r.day
JOIN ${current('snapshots')} s ON s.account_id = r.account_id AND s.as_of = e.state_on
JOIN ${current('accounts')} a ON a.account_id = r.account_id
LEFT JOIN ${current('customers')} c ON c.customer_id = r.customer_id
LEFT JOIN (${since}) y ON y.account_id = r.account_id AND y.day = r.day
WHERE s.days_past_due BETWEEN ${minDaysPastDue} AND ${maxDaysPastDue} AND (s.arrears IS NULL OR coalesce(y.paid, 0) < s.arrears)`;
}

/** Paid on any account in the window, and how much in the account's own currency. */
const paidAfter = (dialect: Dialect, { windowDays }: ChannelParameters, rows: Sql): Sql =>
  sql`SELECT r.customer_id, r.day, sum(CASE WHEN a.currency = r.currency THEN y.amount ELSE 0 END) AS amount
FROM ${rows} r JOIN ${current('accounts')} a ON a.customer_id = r.customer_id
JOIN ${current('payments')} y ON y.account_id = a.account_id AND ${moneyIn}
  AND y.paid_at >= r.day AND y.paid_at < ${dialect.addDays(sql`r.day`, windowDays)}
GROUP BY r.customer_id, r.day`;

/**
 * Past decisions. In a country and period in which they were written down (of at least half as many people as attempts
 * were made with), those and no others, but for days on which a person had two; elsewhere every day with an attempt (its first one) and one day drawn by a fixed lottery, if nothing was attempted on it.
 */
export function decisions(
  dialect: Dialect,
  parameters: ChannelParameters,
  dates: readonly DecisionDate[],
  sample: Sample,
): Sql {
  const { windowDays } = parameters;
  const periods = dialect.inline(
    [
      ['as_of', 'date'],
      ['last_day', 'date'],
      ['days', 'integer'],
    ],
    dates.map((date) => {
      const last = lastDecisionDay(date, windowDays);
      return [date.asOf, last, daysBetween(date.asOf, last)];
    }),
  );
  const cohort = sql`SELECT c.account_id, c.customer_id, c.as_of AS period, p.last_day, p.days, coalesce(u.jurisdiction, '') AS place
FROM (${candidates(
    dialect,
    parameters,
    dates.map(({ asOf }) => asOf),
  )}) c JOIN ${periods} p ON p.as_of = c.as_of LEFT JOIN ${current('customers')} u ON u.customer_id = c.customer_id
WHERE c.excluded IS NULL AND ${isDrawn(dialect, sample, sql`c.customer_id`)}`;
  const turn = dialect.rowNumber(
    [sql`c.customer_id`, sql`c.period`, dialect.cast(sql`t.sent_at`, 'date')],
    [sql`t.sent_at`, sql`t.contact_id`],
  );
  const attempts = sql`SELECT account_id, customer_id, period, place, day, arm FROM (SELECT c.account_id, c.customer_id, c.period, c.place, t.channel AS arm,
    ${dialect.cast(sql`t.sent_at`, 'date')} AS day, ${turn} AS turn
  FROM cohort c JOIN ${current('contacts')} t ON t.customer_id = c.customer_id
    AND t.sent_at >= ${dialect.addDays(sql`c.period`, 1)} AND t.sent_at < ${dialect.addDays(sql`c.last_day`, 1)}) t WHERE turn = 1`;
  const chances = join(arms.map((arm) => sql`max(w.${raw(`p_${arm}`)}) AS ${raw(`p_${arm}`)}`));
  const written = sql`SELECT c.account_id, c.customer_id, c.period, c.place, w.decided_on AS day, min(w.channel) AS arm, ${chances}, count(*) AS entries
FROM cohort c JOIN ${current('contact_decisions')} w ON w.customer_id = c.customer_id
  AND w.decided_on > c.period AND w.decided_on <= c.last_day
GROUP BY c.account_id, c.customer_id, c.period, c.place, w.decided_on`;
  const writing = sql`SELECT w.place, w.period FROM (SELECT place, period, count(DISTINCT customer_id) AS people FROM written GROUP BY place, period) w
LEFT JOIN (SELECT place, period, count(DISTINCT customer_id) AS people FROM attempts GROUP BY place, period) t ON t.place = w.place AND t.period = w.period
WHERE 2 * w.people >= coalesce(t.people, 0)`;
  const word = dialect.md5Word(
    dialect.concat(
      literal('decision:'),
      sql`c.customer_id`,
      literal(':'),
      dialect.cast(sql`c.period`, 'text'),
    ),
    0,
  );
  const drawn = sql`SELECT c.account_id, c.customer_id, c.period, c.place,
  ${dialect.cast(dialect.addDays(sql`c.period`, sql`CAST(1 + ${word} % c.days AS INTEGER)`), 'date')} AS day FROM cohort c WHERE c.days > 0`;
  const unwritten = sql`NOT EXISTS (SELECT 1 FROM writing w WHERE w.place = t.place AND w.period = t.period)`;
  const nothing = join(arms.map((arm) => sql`CAST(NULL AS DOUBLE) AS ${raw(`p_${arm}`)}`));
  const columns = join(decisionColumns.map(({ name }) => raw(`s.${name}`)));
  const allowed = (arm: string) => {
    const [p, permitted] = [raw(`d.p_${arm}`), raw(`m.permitted_${arm}`)];
    return sql`CASE WHEN d.recorded = 1 THEN CASE WHEN ${p} > 0 THEN 1 ELSE 0 END ELSE ${permitted} END AS ${raw(`permitted_${arm}`)}`;
  };
  return sql`WITH cohort AS (${cohort}), attempts AS (${attempts}), written AS (${written}), writing AS (${writing}),
decided AS (
  SELECT account_id, customer_id, day, arm, 1 AS recorded, ${join(arms.map((arm) => raw(`p_${arm}`)))} FROM written t WHERE entries = 1 AND NOT ${unwritten}
  UNION ALL SELECT account_id, customer_id, day, arm, 0, ${nothing} FROM attempts t WHERE ${unwritten}
  UNION ALL SELECT account_id, customer_id, day, 'none', 0, ${nothing} FROM (${drawn}) t WHERE ${unwritten}
    AND NOT EXISTS (SELECT 1 FROM attempts x WHERE x.customer_id = t.customer_id AND x.day = t.day)),
known AS (${withState(dialect, parameters, raw('decided'))})
SELECT s.account_id, s.customer_id, s.day, s.state_on, d.arm, CASE WHEN y.customer_id IS NULL THEN 0 ELSE 1 END AS target, coalesce(y.amount, 0) AS amount,
  s.currency, s.arrears, s.place, d.recorded, ${join(arms.map((arm) => raw(`d.p_${arm}`)))}, ${join(arms.map(allowed))}, ${columns}
FROM known s JOIN decided d ON d.customer_id = s.customer_id AND d.day = s.day
JOIN (${permittedColumns(dialect, raw('known'))}) m ON m.customer_id = s.customer_id AND m.day = s.day
LEFT JOIN (${paidAfter(dialect, parameters, raw('known'))}) y ON y.customer_id = s.customer_id AND y.day = s.day`;
}

/** People decided on the day after a snapshot. */
export function people(dialect: Dialect, parameters: ChannelParameters, asOf: string): Sql {
  const decided = sql`SELECT account_id, customer_id, ${dialect.cast(dialect.addDays(sql`as_of`, 1), 'date')} AS day
FROM (${candidates(dialect, parameters, [asOf])}) c WHERE excluded IS NULL`;
  return sql`WITH decided AS (${decided}), known AS (${withState(dialect, parameters, raw('decided'))})
SELECT s.*, ${join(arms.map((arm) => raw(`m.permitted_${arm}`)))}
FROM known s JOIN (${permittedColumns(dialect, raw('known'))}) m ON m.customer_id = s.customer_id AND m.day = s.day`;
}
