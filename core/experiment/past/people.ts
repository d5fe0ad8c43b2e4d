import { flagKinds } from '../../portfolio/tables/people.ts';
import { flagColumn, scoreColumn } from '../../segment/columns.ts';
import type { Dialect } from '../../sql/dialects/dialect.ts';
import { ident, join, raw, type Sql, sql } from '../../sql/sql.ts';
import type { PastSpan } from './spans.ts';

export interface PastPeople {
  /** Account facts on the span's first date. */
  facts: Sql;
  /** The segment's predicate over them. */
  predicate: Sql;
  span: PastSpan;
  /** Model whose scores of that date are in the facts, or null. */
  score: string | null;
}

/** Not among the accounts a person could clear. */
const gone = sql`('charged_off', 'sold', 'written_off')`;

/**
 * People like those of the segment on a past date: customers with an account that met its conditions, something past
 * due and no blocking flag, and any snapshot later in the span. One row each: customer_id, score (the lowest of their
 * accounts; NULL without a model), accounts (how many they had) and cleared: 1 where on some later snapshot of the
 * span every one of those was there with 0 days past due. An account that has left the book is not there, so its
 * holder counts as not cleared; charged-off and sold ones likewise.
 */
export function pastPeople(dialect: Dialect, { facts, predicate, span, score }: PastPeople): Sql {
  const scoreOf = score === null ? dialect.cast(raw('NULL'), 'double') : sql`f.${ident(scoreColumn(score))}`;
  const flagged = flagKinds.map((kind) => sql` AND NOT f.${ident(flagColumn(kind))}`);
  const [from, until] = [dialect.date(span.from), dialect.date(span.until)];
  return sql`WITH people AS (
      SELECT f.customer_id, min(${scoreOf}) AS score
      FROM (${facts}) f
      WHERE (${predicate})${join(flagged, '')}
      GROUP BY f.customer_id
    ), held AS (
      SELECT p.customer_id, a.account_id, s.days_past_due
      FROM people p
      JOIN ${ident('current_accounts')} a ON a.customer_id = p.customer_id
      JOIN ${ident('current_snapshots')} s ON s.account_id = a.account_id AND s.as_of = ${from}
    ), late AS (
      SELECT customer_id, count(*) AS accounts FROM held GROUP BY customer_id HAVING max(days_past_due) > 0
    ), days AS (
      SELECT h.customer_id, s.as_of,
        sum(CASE WHEN s.days_past_due = 0 AND coalesce(s.status, '') NOT IN ${gone} THEN 1 ELSE 0 END) AS clear
      FROM held h
      JOIN ${ident('current_snapshots')} s ON s.account_id = h.account_id
      WHERE s.as_of > ${from} AND s.as_of <= ${until}
      GROUP BY h.customer_id, s.as_of
    ), outcomes AS (
      SELECT l.customer_id, l.accounts, max(CASE WHEN d.clear = l.accounts THEN 1 ELSE 0 END) AS cleared
      FROM late l JOIN days d ON d.customer_id = l.customer_id
      GROUP BY l.customer_id, l.accounts
    )
    SELECT o.customer_id, p.score, o.accounts, o.cleared
    FROM outcomes o JOIN people p ON p.customer_id = o.customer_id`;
}

/** Sums over people with an outcome y, and over those of them with a score x. */
export interface PastSums {
  n: number;
  sum: number;
  squares: number;
  scored: number;
  scored_sum: number;
  scored_squares: number;
  score_sum: number;
  score_squares: number;
  score_outcome: number;
}

/** One row of `PastSums` over a relation of people with their score and outcome y. */
export function pastSums(dialect: Dialect, people: Sql): Sql {
  const y = dialect.float(raw('o.y'));
  const known = (value: Sql) => sql`coalesce(${value}, 0)`;
  const scored = (value: Sql) => known(dialect.sumIf(value, raw('o.score IS NOT NULL')));
  return sql`SELECT ${dialect.countIf(raw('true'))} AS n, ${known(sql`sum(${y})`)} AS sum,
      ${known(sql`sum(${y} * ${y})`)} AS squares, ${dialect.countIf(raw('o.score IS NOT NULL'))} AS scored,
      ${scored(y)} AS scored_sum, ${scored(sql`${y} * ${y}`)} AS scored_squares,
      ${known(raw('sum(o.score)'))} AS score_sum, ${known(raw('sum(o.score * o.score)'))} AS score_squares,
      ${known(sql`sum(o.score * ${y})`)} AS score_outcome
    FROM (${people}) o`;
}

/** What became of people like those of the segment: y is 1 where all was cleared. */
export const pastOutcomes = (dialect: Dialect, past: PastPeople): Sql =>
  pastSums(dialect, sql`SELECT p.customer_id, p.score, p.cleared AS y FROM (${pastPeople(dialect, past)}) p`);

/** Squared correlation of score and outcome over people with a score; null where either does not vary. */
export function squaredCorrelation(sums: PastSums): number | null {
  const { scored: n, scored_sum: y, scored_squares: yy } = sums;
  const { score_sum: x, score_squares: xx, score_outcome: xy } = sums;
  const spread = (n * xx - x * x) * (n * yy - y * y);
  if (n < 2 || !(spread > 0)) return null;
  return (n * xy - x * y) ** 2 / spread;
}

/**
 * Mean score of accounts that meet a condition and of those that meet it leaving scores aside, today: how much
 * choosing by the score moves the base rate.
 */
export function meanScores(facts: Sql, predicate: Sql, widened: Sql, model: string): Sql {
  const score = ident(scoreColumn(model));
  return sql`SELECT avg(CASE WHEN ${predicate} THEN f.${score} END) AS chosen, avg(f.${score}) AS widened
    FROM (${facts}) f WHERE ${widened}`;
}
