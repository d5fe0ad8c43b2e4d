import type { Assumptions } from '../experiment/define.ts';
import type { Channel } from '../portfolio/tables/people.ts';
import type { Dialect } from '../sql/dialects/dialect.ts';
import { current } from '../sql/dialects/duckdb.ts';
import { join, raw, type Sql, sql } from '../sql/sql.ts';
import type { RuleKind, RuleTables } from './rule.ts';
import type { KnownClause } from './rule-set.ts';
import type { ZoneOffset } from './time/zone-offsets.ts';

/** What a place means for a message: the rules, the clocks and the instants, or the clause that blocks it. */
export interface PlanPlace {
  jurisdiction: string;
  timeZone: string;
  channel: Channel;
  window: string;
  ruleSet: string;
  version: string;
  zone: string;
  zones: readonly string[];
  zoneSource: string;
  instants: readonly number[];
  plannedLocal: number;
  sendBefore: number;
  sendBeforeLocal: number;
  /** Clause that blocks the place as a whole; null when the rules decide. */
  blockedBy: number | null;
}

/** An instant in milliseconds as the engine reads it. */
export const timestampText = (ms: number): string => new Date(ms).toISOString().replace('Z', '');

const placeColumns = [
  ['jurisdiction', 'text'],
  ['time_zone', 'text'],
  ['channel', 'text'],
  ['send_window', 'text'],
  ['rule_set', 'text'],
  ['rule_version', 'text'],
  ['zone', 'text'],
  ['zone_source', 'text'],
  ['planned_at', 'timestamp'],
  ['planned_local', 'timestamp'],
  ['send_before', 'timestamp'],
  ['send_before_local', 'timestamp'],
  ['blocked_by', 'integer'],
] as const;

export const planPlaces = (dialect: Dialect, places: readonly PlanPlace[]): Sql => sql`
CREATE TEMPORARY TABLE plan_places AS SELECT * FROM ${dialect.inline(
  placeColumns,
  places.map((place) => [
    place.jurisdiction,
    place.timeZone,
    place.channel,
    place.window,
    place.ruleSet,
    place.version,
    place.zone,
    place.zoneSource,
    ...(place.blockedBy === null
      ? [place.instants[0] ?? 0, place.plannedLocal, place.sendBefore, place.sendBeforeLocal].map(
          timestampText,
        )
      : [null, null, null, null]),
    place.blockedBy,
  ]),
)} p`;

/** Each place on each clock and at each instant it may mean, as a relation. */
export const planClocksRows = (dialect: Dialect, places: readonly PlanPlace[]): Sql =>
  dialect.inline(
    [
      ['jurisdiction', 'text'],
      ['time_zone', 'text'],
      ['channel', 'text'],
      ['send_window', 'text'],
      ['rule_set', 'text'],
      ['zone', 'text'],
      ['planned_at', 'timestamp'],
    ],
    places
      .filter((place) => place.blockedBy === null)
      .flatMap((place) =>
        place.zones.flatMap((zone) =>
          place.instants.map((at) => [
            place.jurisdiction,
            place.timeZone,
            place.channel,
            place.window,
            place.ruleSet,
            zone,
            timestampText(at),
          ]),
        ),
      ),
  );

export const planClocks = (dialect: Dialect, places: readonly PlanPlace[]): Sql => sql`
CREATE TEMPORARY TABLE plan_clocks AS SELECT * FROM ${planClocksRows(dialect, places)} p`;

/**
 * Puts the wall clock beside planned messages(assignment_id, customer_id, channel, rule_set, zone, planned_at): the
 * relation `readings` of the rules.
 */
export const readingsOf = (dialect: Dialect, planned: Sql, offsets: Sql): Sql => {
  const local = dialect.addSeconds(sql`p.planned_at`, sql`o.seconds`);
  return sql`
SELECT p.assignment_id, p.customer_id, p.channel, p.rule_set, p.zone, p.planned_at, ${local} AS local_at,
  ${dialect.cast(local, 'date')} AS local_date, ${dialect.isoWeekday(local)} AS weekday, ${dialect.minuteOfDay(local)} AS minute
FROM ${planned} p
JOIN ${offsets} o ON o.zone = p.zone AND p.planned_at >= o.from_utc AND p.planned_at < o.to_utc`;
};

export const planReadings = (dialect: Dialect, offsets: Sql): Sql => sql`
CREATE TEMPORARY TABLE plan_readings AS ${readingsOf(
  dialect,
  raw(`(SELECT m.assignment_id, m.customer_id, k.channel, k.rule_set, k.zone, k.planned_at FROM plan_people m
  JOIN plan_clocks k ON k.jurisdiction = m.jurisdiction AND k.time_zone = m.time_zone AND k.channel = m.channel AND k.send_window = m.send_window)`),
  offsets,
)}`;

interface TouchSpan {
  from: number;
  to: number;
  now: string;
  experimentId: string;
  touch: number;
}

/**
 * Contacts of some people made within a span, by anybody on any channel, and places reserved by other batches and not expired. A
 * message exported counts until the ledger shows it: by the key it left with, or else by a contact of that experiment from the day
 * before its planned instant on. Such a contact shows one message alone, the one planned nearest to it.
 */
export const touchesOf = (dialect: Dialect, persons: Sql, span: TouchSpan): Sql => {
  const from = dialect.timestamp(timestampText(span.from));
  const to = dialect.timestamp(timestampText(span.to));
  const apart = sql`abs(${dialect.millisecondsBetween(sql`s.planned_at`, sql`l.sent_at`)})`;
  return sql`WITH people AS (SELECT DISTINCT customer_id FROM ${persons}),
ledger AS (
  SELECT t.contact_id, t.customer_id, t.channel, t.sent_at, t.experiment_id, t.delivered, t.right_party FROM ${current('contacts')} t
  JOIN people p ON p.customer_id = t.customer_id WHERE t.sent_at >= ${from} AND t.sent_at < ${to}
),
checks AS (
  SELECT c.* FROM contact_checks c JOIN people p ON p.customer_id = c.customer_id
  WHERE c.planned_at >= ${from} AND c.planned_at < ${to} AND c.state IN ('reserved', 'sent')
),
named AS (SELECT l.contact_id, r.assignment_id, r.touch FROM ledger l JOIN export_rows r ON r.message_key = l.contact_id AND r.customer_id = l.customer_id),
shown AS (
  SELECT assignment_id, touch FROM named
  UNION SELECT assignment_id, touch FROM (
    SELECT s.assignment_id, s.touch,
      ${dialect.rowNumber([sql`l.contact_id`], [apart, sql`s.planned_at`, sql`s.touch`])} AS place
    FROM (SELECT * FROM ledger l ANTI JOIN named n ON n.contact_id = l.contact_id) l
    JOIN (SELECT * FROM checks c ANTI JOIN named n ON n.assignment_id = c.assignment_id AND n.touch = c.touch WHERE c.state = 'sent') s
      ON s.experiment_id = l.experiment_id AND s.customer_id = l.customer_id AND l.sent_at >= ${dialect.addDays(sql`s.planned_at`, -1)}
  ) x WHERE place = 1
)
SELECT customer_id, channel, sent_at AS happened_at, coalesce(delivered, true) AS reached,
  channel = 'call' AND coalesce(right_party, delivered, true) AS conversation
FROM ledger
UNION ALL
SELECT c.customer_id, c.channel, c.planned_at, true, c.channel = 'call' FROM checks c
LEFT JOIN shown s ON s.assignment_id = c.assignment_id AND s.touch = c.touch
WHERE NOT (c.experiment_id = ${span.experimentId} AND c.touch = ${span.touch})
  AND ((c.state = 'reserved' AND c.reserved_until > ${dialect.timestamp(span.now)}) OR (c.state = 'sent' AND s.assignment_id IS NULL))`;
};

export const planTouches = (dialect: Dialect, span: TouchSpan): Sql =>
  sql`
CREATE TEMPORARY TABLE plan_touches AS
${touchesOf(dialect, raw('plan_people'), span)}`;

/** Holders of accounts and parties marked contactable: nobody else may be addressed. */
const addressablePeople = sql`(SELECT a.customer_id FROM ${current('accounts')} a
LEFT JOIN ${current('account_parties')} t ON t.account_id = a.account_id AND t.customer_id = a.customer_id
WHERE coalesce(t.contactable, coalesce(t.role, 'holder') = 'holder')
UNION ALL SELECT customer_id FROM ${current('account_parties')} WHERE coalesce(contactable, role = 'holder'))`;

/** Books reach to different days; what has not been in one for so long is not in it any more. */
const bookDays = 92;

/** How late each person is on any account, each at its own newest balances. */
const standingOf = (
  dialect: Dialect,
): Sql => sql`(SELECT a.customer_id, max(s.days_past_due) AS days_past_due FROM (
  SELECT account_id, ${dialect.argMax(raw('days_past_due'), raw('as_of'))} AS days_past_due FROM ${current('snapshots')}
  WHERE as_of >= ${dialect.addDays(sql`(SELECT max(as_of) FROM ${current('snapshots')})`, -bookDays)} GROUP BY account_id
) s JOIN ${current('accounts')} a ON a.account_id = s.account_id GROUP BY a.customer_id)`;

/**
 * The relations a rule reads. An assumption stands in only for what the portfolio records of nobody in that channel; it never
 * stands against a record.
 */
export function ruleTables(dialect: Dialect, assume: Assumptions | null, offsets: Sql): RuleTables {
  const given = assume?.permission;
  const unrecorded = (table: string) =>
    sql`p.channel NOT IN (SELECT channel FROM ${current(table)} WHERE channel IS NOT NULL)`;
  const assumed = given
    ? sql` UNION ALL SELECT p.customer_id, p.channel, ${given.basis}, ${dialect.timestamp('1970-01-01T00:00:00')}, NULL
FROM plan_people p WHERE p.channel = ${given.channel} AND ${unrecorded('contact_permissions')}`
    : raw('');
  const reachable = assume?.validAddress
    ? sql` UNION ALL SELECT p.customer_id, p.channel, true FROM plan_people p WHERE ${unrecorded('contact_points')}`
    : raw('');
  return {
    addressable: addressablePeople,
    standing: standingOf(dialect),
    readings: raw('plan_readings'),
    touches: raw('plan_touches'),
    offsets,
    permissions: sql`(SELECT customer_id, channel, basis, granted_at, revoked_at FROM ${current('contact_permissions')}${assumed})`,
    points: sql`(SELECT customer_id, channel, valid FROM ${current('contact_points')}${reachable})`,
    flags: sql`(SELECT customer_id, kind, started_on, ended_on FROM ${current('flags')})`,
  };
}

/** The zones in play as a relation(zone, from_utc, to_utc, seconds). */
export const offsetRows = (dialect: Dialect, offsets: readonly ZoneOffset[]): Sql =>
  dialect.inline(
    [
      ['zone', 'text'],
      ['from_utc', 'timestamp'],
      ['to_utc', 'timestamp'],
      ['seconds', 'integer'],
    ],
    offsets.map((row) => [row.zone, timestampText(row.fromUtc), timestampText(row.toUtc), row.seconds]),
  );

export const planFailures = raw(`
CREATE TEMPORARY TABLE plan_failures AS
SELECT m.assignment_id, q.blocked_by AS clause FROM plan_people m
JOIN plan_places q ON q.jurisdiction = m.jurisdiction AND q.time_zone = m.time_zone AND q.channel = m.channel AND q.send_window = m.send_window
WHERE q.blocked_by IS NOT NULL`);

/** Every clause failed, by message. */
export const failedClauses = raw(
  'SELECT DISTINCT assignment_id, clause FROM plan_failures ORDER BY assignment_id, clause',
);

/** Whoever was forgotten stays in an experiment under another name, and gets nothing. */
export const forgottenFailures = (clause: number): Sql =>
  sql`INSERT INTO plan_failures SELECT assignment_id, ${clause} FROM plan_people
    WHERE customer_id IN (SELECT token FROM forgettings)`;

/** Who is held out of discretionary contact, given as customer_id, gets none of it from any experiment. */
export const heldOutFailures = (clause: number, held: Sql): Sql =>
  sql`INSERT INTO plan_failures SELECT assignment_id, ${clause} FROM plan_people WHERE customer_id IN (${held})`;

/** One statement for one rule kind: every assignment that fails any of its clauses. */
export const ruleFailures = (
  dialect: Dialect,
  kind: RuleKind,
  clauses: readonly KnownClause[],
  tables: RuleTables,
): Sql =>
  sql`INSERT INTO plan_failures SELECT DISTINCT assignment_id, clause FROM (${kind.exclude(dialect, tables, clauses)}) f`;

interface BatchKey {
  batchId: string;
  experimentId: string;
  touch: number;
}

/** Stores every failure; the one with the lowest clause is the reason given. */
export const insertExclusions = (
  dialect: Dialect,
  batch: BatchKey,
  clauses: readonly KnownClause[],
): Sql => sql`
INSERT INTO exclusions (batch_id, assignment_id, experiment_id, customer_id, arm, rule, rule_set, rule_version, rule_status, decides)
SELECT ${batch.batchId}, m.assignment_id, ${batch.experimentId}, m.customer_id, m.arm, k.rule, k.rule_set, k.version, k.status,
  f.clause = d.clause
FROM plan_failures f
JOIN plan_people m ON m.assignment_id = f.assignment_id
JOIN (SELECT assignment_id, min(clause) AS clause FROM plan_failures GROUP BY assignment_id) d ON d.assignment_id = f.assignment_id
JOIN ${dialect.inline(
  [
    ['clause', 'integer'],
    ['rule', 'text'],
    ['rule_set', 'text'],
    ['version', 'text'],
    ['status', 'text'],
  ],
  clauses.map((use) => [use.clause, use.rule, use.setId, use.version, use.status]),
)} k ON k.clause = f.clause`;

/** Reserves a place for everybody without a failure. */
export const insertChecks = (batch: BatchKey): Sql => sql`
INSERT INTO contact_checks (batch_id, assignment_id, experiment_id, customer_id, arm, touch, channel, planned_at, planned_local,
  send_before, send_before_local, time_zone, zone_source, rule_set, rule_version, state, reserved_until)
SELECT ${batch.batchId}, m.assignment_id, ${batch.experimentId}, m.customer_id, m.arm, ${batch.touch}, m.channel, q.planned_at,
  q.planned_local, q.send_before, q.send_before_local, q.zone, q.zone_source, q.rule_set, q.rule_version, 'reserved', q.send_before
FROM plan_people m
JOIN plan_places q ON q.jurisdiction = m.jurisdiction AND q.time_zone = m.time_zone AND q.channel = m.channel AND q.send_window = m.send_window
LEFT JOIN (SELECT DISTINCT assignment_id FROM plan_failures) f ON f.assignment_id = m.assignment_id
WHERE f.assignment_id IS NULL AND q.blocked_by IS NULL`;

export const dropPlan: readonly Sql[] = [
  'plan_people',
  'plan_places',
  'plan_clocks',
  'plan_readings',
  'plan_touches',
  'plan_failures',
].map((name) => raw(`DROP TABLE IF EXISTS ${name}`));

/** Puts the zones in play into the stored table, so that anybody can see which offsets were used. */
export const storeOffsets = (
  dialect: Dialect,
  offsets: readonly ZoneOffset[],
  tzVersion: string,
): readonly Sql[] => [
  sql`DELETE FROM zone_offsets WHERE zone IN (${join([...new Set(offsets.map((row) => row.zone))].map((zone) => sql`${zone}`))})`,
  sql`INSERT INTO zone_offsets SELECT zone, from_utc, to_utc, seconds, ${tzVersion} FROM ${offsetRows(dialect, offsets)} o`,
];
