import { scoreColumn } from '../segment/columns.ts';
import type { Dialect } from '../sql/dialects/dialect.ts';
import { ident, raw, type Sql, sql } from '../sql/sql.ts';
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

/** What `pastOutcomes` gives: people, those who cleared, and sums over people with a score. */
export interface PastSums {
  n: number;
  events: number;
  scored: number;
  scored_events: number;
  score_sum: number | null;
  score_squares: number | null;
  score_events: number | null;
}

/**
 * What became of people like those of the segment: customers with an account that met its conditions on the
 * first date, something past due and no blocking flag. Cleared: on some snapshot within the span, every account
 * they had on the first date is there with 0 days past due. An account that has left the book is not there, so
 * its holder counts as not cleared; charged-off and sold ones likewise. People with no snapshot at all in the
 * span are left out.
 */
export function pastOutcomes(dialect: Dialect, { facts, predicate, span, score }: PastPeople): Sql {
  const scoreOf = score === null ? dialect.cast(raw('NULL'), 'double') : sql`f.${ident(scoreColumn(score))}`;
  const flagged = ['dispute', 'hardship', 'vulnerable', 'deceased', 'insolvent', 'cease_contact', 'plan'].map(
    (kind) => sql` AND NOT f.${ident(`flag:${kind}`)}`,
  );
  return sql`WITH people AS (
      SELECT f.customer_id, min(${scoreOf}) AS score
      FROM (${facts}) f
      WHERE (${predicate})${flagged.reduce((text, part) => sql`${text}${part}`)}
      GROUP BY f.customer_id
    ), held AS (
      SELECT p.customer_id, a.account_id, s.days_past_due
      FROM people p
      JOIN ${ident('current_accounts')} a ON a.customer_id = p.customer_id
      JOIN ${ident('current_snapshots')} s ON s.account_id = a.account_id AND s.as_of = ${dialect.date(span.from)}
    ), late AS (
      SELECT customer_id, count(*) AS accounts FROM held GROUP BY customer_id HAVING max(days_past_due) > 0
    ), days AS (
      SELECT h.customer_id, s.as_of,
        sum(CASE WHEN s.days_past_due = 0 AND coalesce(s.status, '') NOT IN ('charged_off', 'sold', 'written_off') THEN 1 ELSE 0 END) AS clear
      FROM held h
      JOIN ${ident('current_snapshots')} s ON s.account_id = h.account_id
      WHERE s.as_of > ${dialect.date(span.from)} AND s.as_of <= ${dialect.date(span.until)}
      GROUP BY h.customer_id, s.as_of
    ), outcomes AS (
      SELECT l.customer_id, max(CASE WHEN d.clear = l.accounts THEN 1 ELSE 0 END) AS cleared
      FROM late l JOIN days d ON d.customer_id = l.customer_id
      GROUP BY l.customer_id
    )
    SELECT ${dialect.countIf(raw('true'))} AS n, ${dialect.countIf(raw('o.cleared = 1'))} AS events,
      ${dialect.countIf(raw('p.score IS NOT NULL'))} AS scored,
      ${dialect.countIf(raw('p.score IS NOT NULL AND o.cleared = 1'))} AS scored_events,
      sum(p.score) AS score_sum, sum(p.score * p.score) AS score_squares, sum(p.score * o.cleared) AS score_events
    FROM outcomes o JOIN people p ON p.customer_id = o.customer_id`;
}

/** Squared correlation of score and outcome over people with a score; null where either does not vary. */
export function squaredCorrelation(sums: PastSums): number | null {
  const { scored: n, scored_events: y } = sums;
  const [x, xx, xy] = [sums.score_sum ?? 0, sums.score_squares ?? 0, sums.score_events ?? 0];
  const spread = (n * xx - x * x) * (n * y - y * y);
  if (n < 2 || spread <= 0) return null;
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
