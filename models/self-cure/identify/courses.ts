import type { Dialect } from '#core/sql/dialects/dialect.ts';
import { current } from '#core/sql/dialects/duckdb.ts';
import { double } from '#core/sql/double.ts';
import { literal, raw, type Sql, sql } from '#core/sql/sql.ts';
import type { DecisionDate } from '../../question.ts';
import { candidates } from '../candidates.ts';
import type { Exposure } from '../censoring.ts';
import { fates } from '../fates.ts';
import { outcomeOf, targetOf } from '../outcomes.ts';
import type { SelfCureParameters } from '../parameters.ts';
import { strata } from './strata.ts';

export interface Scope {
  dialect: Dialect;
  parameters: SelfCureParameters;
  dates: readonly DecisionDate[];
}

/** Everybody at risk on the dates, in parentheses. */
export const atRisk = ({ dialect, parameters, dates }: Scope): Sql =>
  sql`(SELECT account_id, customer_id, as_of FROM (${candidates(
    dialect,
    parameters,
    dates.map(({ asOf }) => asOf),
  )}) c WHERE c.excluded IS NULL)`;

/** Rows of people held out of contact from the date to the end of the horizon: account_id, as_of, in parentheses. */
export const heldOut = ({ dialect, dates }: Scope): Sql =>
  sql`(SELECT DISTINCT a.account_id, d.as_of FROM ${current('accounts')} a JOIN ${current('holdouts')} h ON h.customer_id = a.customer_id
  JOIN ${dialect.inline(
    [
      ['as_of', 'date'],
      ['horizon_end', 'date'],
    ],
    dates.map(({ asOf, horizonEnd }) => [asOf, horizonEnd]),
  )} d ON h.started_on <= d.as_of AND (h.ended_on IS NULL OR h.ended_on > d.horizon_end)
  WHERE h.kind = 'no_contact')`;

/** People by a hash of their identifier, so that what decides the weights is counted on a part of a large portfolio. */
const sampled = ({ dialect }: Scope, population: Sql, share: number): Sql =>
  share >= 1
    ? population
    : sql`(SELECT * FROM ${population} q WHERE ${dialect.md5Word(dialect.concat(literal('contact:'), sql`q.customer_id`), 0)} < ${Math.floor(share * 2 ** 32)})`;

/**
 * How each row with a known outcome went, day by day: account_id, as_of, target, stratum, `until` (days to what settled
 * it, or to the horizon), `partial_day`, `contact_day` (first contact, null: none by then), `dated`, `held` (1: held out).
 */
export function courses(scope: Scope, products: readonly string[], share = 1): Sql {
  const { dialect, parameters, dates } = scope;
  const population = sampled(scope, atRisk(scope), share);
  const days = (end: Sql) => dialect.daysBetween(sql`w.as_of`, end);
  const settled = sql`CASE WHEN w.outcome = 'lost' THEN w.lost_on WHEN w.cured_on IS NOT NULL THEN w.cured_on ELSE w.horizon_end END`;
  return sql`WITH at_risk AS (SELECT * FROM ${population} p),
fate AS (SELECT w.*, ${outcomeOf()} AS outcome FROM (${fates(dialect, raw('at_risk'), dates)}) w),
settled AS (SELECT w.account_id, w.as_of, w.dated, ${targetOf(sql`w.outcome`)} AS target, CAST(${days(settled)} AS INTEGER) AS until,
  CAST(${days(sql`w.partial_on`)} AS INTEGER) AS partial_day, CAST(${days(sql`w.contacted_on`)} AS INTEGER) AS contact_day FROM fate w)
SELECT s.account_id, s.as_of, s.target, g.stratum, s.until, CASE WHEN s.partial_day < s.until THEN s.partial_day END AS partial_day,
  CASE WHEN s.contact_day <= s.until THEN s.contact_day END AS contact_day, s.dated, CASE WHEN h.account_id IS NULL THEN 0 ELSE 1 END AS held
FROM settled s JOIN (${strata(dialect, parameters, products, raw('at_risk'))}) g ON g.account_id = s.account_id AND g.as_of = s.as_of
LEFT JOIN ${heldOut(scope)} h ON h.account_id = s.account_id AND h.as_of = s.as_of
WHERE s.target IS NOT NULL`;
}

export interface HoldoutRow {
  n: number;
  customers: number;
  cured: number;
  contacted: number;
  share: number | null;
  at_risk: number;
}

/** How the people held out did: rows, people, cures, rows contacted all the same before their outcome. */
export function holdoutFigures(scope: Scope): Sql {
  const { dialect, dates } = scope;
  return sql`WITH everybody AS ${atRisk(scope)},
held AS (SELECT e.* FROM everybody e JOIN ${heldOut(scope)} h ON h.account_id = e.account_id AND h.as_of = e.as_of),
fate AS (SELECT w.*, ${outcomeOf()} AS outcome FROM (${fates(dialect, raw('held'), dates)}) w),
known AS (SELECT w.*, ${targetOf(sql`w.outcome`)} AS target FROM fate w)
SELECT ${dialect.countIf(raw('true'))} AS n, CAST(count(DISTINCT k.customer_id) AS BIGINT) AS customers, ${dialect.countIf(sql`k.target = 1`)} AS cured,
  ${dialect.countIf(sql`k.contacted_on <= coalesce(k.cured_on, k.lost_on, k.horizon_end)`)} AS contacted,
  (SELECT max(h.share) FROM ${current('holdouts')} h WHERE h.kind = 'no_contact') AS share, (SELECT CAST(count(*) AS BIGINT) FROM everybody) AS at_risk
FROM known k WHERE k.target IS NOT NULL`;
}

/** Cells of the contact hazard: stratum, day, state, late, open, contacted. */
export const contactCells = ({ dialect }: Scope, from: Sql, horizonDays: number): Sql =>
  sql`SELECT c.stratum, d.n AS day, CASE WHEN c.partial_day < d.n THEN 1 ELSE 0 END AS state, ${dialect.countIf(raw('true'))} AS late,
  ${dialect.countIf(sql`c.contact_day IS NULL OR c.contact_day >= d.n`)} AS open, ${dialect.countIf(sql`c.contact_day = d.n`)} AS contacted
FROM (${from}) c JOIN ${dialect.series(raw('1'), raw(String(horizonDays)))} d ON d.n <= c.until
WHERE c.held = 0 GROUP BY 1, 2, 3 ORDER BY 1, 2, 3`;

/** One chance of no contact for each stratum and day, as rows to join: stratum, day, clear, partly. */
const table = (exposed: readonly Exposure[]): Sql => {
  const rows = exposed.flatMap(({ stratum, before: [clear, partly] }) =>
    Array.from(
      clear,
      (value, day) => `(${stratum}, ${day}, ${double(value).text}, ${double(partly[day]!).text})`,
    ),
  );
  return raw(`(VALUES ${rows.join(', ')}) AS v(stratum, day, clear, partly)`);
};

/**
 * Rows not contacted before their outcome, with what their weight is before it is scaled: account_id, as_of, target,
 * raw_weight.
 */
export const rawWeights = (dialect: Dialect, from: Sql, exposed: readonly Exposure[]): Sql =>
  sql`WITH exposure AS (SELECT * FROM ${table(exposed)})
SELECT c.account_id, c.as_of, c.target, CASE WHEN c.held = 1 THEN 1e0 ELSE ${dialect.exp(sql`t.clear + u.partly - t.partly`)} END AS raw_weight
FROM (${from}) c JOIN exposure t ON t.stratum = c.stratum AND t.day = coalesce(c.partial_day, c.until)
JOIN exposure u ON u.stratum = c.stratum AND u.day = c.until
WHERE c.contact_day IS NULL`;

export interface WeightSums {
  n: number;
  cured: number;
  sum: number;
  sum_cured: number;
}

const exact = (dialect: Dialect, value: Sql): Sql =>
  sql`CAST(sum(${dialect.cast(sql`round(${value} * 1e6)`, 'bigint')}) AS DOUBLE) / 1e6`;

/** Rows and their weights added up as whole millionths, so that every run has the same sum. */
export const weightSums = (dialect: Dialect, weights: Sql): Sql =>
  sql`SELECT ${dialect.countIf(raw('true'))} AS n, ${dialect.countIf(sql`w.target = 1`)} AS cured,
  ${exact(dialect, sql`w.raw_weight`)} AS sum, ${exact(dialect, sql`CASE WHEN w.target = 1 THEN w.raw_weight ELSE 0e0 END`)} AS sum_cured FROM (${weights}) w`;

/** Scaled weights cut at the cap: account_id, as_of, row_weight. */
export const cutWeights = (weights: Sql, mean: number, cap: number): Sql =>
  sql`SELECT w.account_id, w.as_of, w.target, least(w.raw_weight / ${double(mean)}, ${double(cap)}) AS row_weight FROM (${weights}) w`;

export interface CutSums {
  cut: number;
  sum: number;
  squares: number;
  largest: number;
  sum_cured: number;
}

export const cutSums = (dialect: Dialect, cut: Sql, cap: number): Sql =>
  sql`SELECT ${dialect.countIf(sql`w.row_weight >= ${double(cap)}`)} AS cut, ${exact(dialect, sql`w.row_weight`)} AS sum,
  ${exact(dialect, sql`w.row_weight * w.row_weight`)} AS squares, max(w.row_weight) AS largest,
  ${exact(dialect, sql`CASE WHEN w.target = 1 THEN w.row_weight ELSE 0e0 END`)} AS sum_cured FROM (${cut}) w`;
