import { bucketOf } from '../portfolio/buckets.ts';
import { flagKinds } from '../portfolio/tables/people.ts';
import type { Dialect } from '../sql/dialects/dialect.ts';
import { ident, join, literal, raw, type Sql, sql } from '../sql/sql.ts';
import { flagColumn, scoreColumn } from './columns.ts';
import { type FactSources, factParts, joinParts, rankExpression, ranksAsked } from './parts.ts';

/** Which scores stand under a model's name: those one version gave on one date. */
export interface ScoreSource {
  model: string;
  versionId: string;
  asOf: string;
}

const current = (table: string): Sql => ident(`current_${table}`);

/** Flags set on a date, one row per customer that has any, one 0/1 column per kind. */
export function flagsOn(dialect: Dialect, day: Sql): Sql {
  const columns = flagKinds.map(
    (kind) => sql`max(CASE WHEN kind = ${literal(kind)} THEN 1 ELSE 0 END) AS ${ident(flagColumn(kind))}`,
  );
  return sql`SELECT customer_id, ${join(columns)}
    FROM ${current('flags')}
    WHERE started_on <= ${dialect.cast(day, 'date')}
      AND (ended_on IS NULL OR ended_on > ${dialect.cast(day, 'date')})
    GROUP BY customer_id`;
}

/** Facts beyond the columns, as they are named by `factsAsked`, and what they are read from. */
export interface FactsAsked extends FactSources {
  asked: readonly string[];
}

/**
 * What is known of each account on a date, with the features, days since, arms, styles, channels, percentiles and deciles
 * asked for beside it; see `baseFacts`.
 */
export function accountFacts(
  dialect: Dialect,
  asOf: string,
  scores: readonly ScoreSource[] = [],
  more?: FactsAsked,
): Sql {
  const base = baseFacts(dialect, asOf, scores);
  if (!more) return base;
  const facts = joinParts(base, factParts(dialect, asOf, more, more.asked), (part) => sql`(${part.rows})`);
  const ranks = ranksAsked(more.asked);
  if (ranks.length === 0) return facts;
  const columns = ranks.map((rank) => sql`${rankExpression(dialect, rank)} AS ${ident(rank)}`);
  return sql`SELECT e.*, ${join(columns)} FROM (${facts}) e`;
}

/**
 * What is known of each account on a date: one row per account that has a snapshot on it, with account_id,
 * customer_id (the holder), the columns of `factColumns`, one boolean `flag:<kind>` per flag and one number
 * `score:<model>` per score source. What is not known is NULL; a flag without a row is false.
 */
export function baseFacts(dialect: Dialect, asOf: string, scores: readonly ScoreSource[] = []): Sql {
  const day = dialect.date(asOf);
  const flags = flagKinds.map(
    (kind) => sql`coalesce(g.${ident(flagColumn(kind))}, 0) = 1 AS ${ident(flagColumn(kind))}`,
  );
  const alias = (i: number) => raw(`m${i}`);
  const scored = scores.map((source, i) => sql`${alias(i)}.score AS ${ident(scoreColumn(source.model))}`);
  const scoreJoins = scores.map(
    (source, i) =>
      sql` LEFT JOIN scores ${alias(i)} ON ${alias(i)}.account_id = s.account_id AND ${alias(i)}.version_id = ${source.versionId} AND ${alias(i)}.as_of = ${dialect.date(source.asOf)}`,
  );
  return sql`SELECT s.account_id, a.customer_id, s.days_past_due, ${bucketOf(raw('s.days_past_due'))} AS bucket,
    s.balance, s.arrears, s.minimum_due, a.credit_limit, a.currency, a.product_type,
    coalesce(s.status, a.status) AS account_status,
    ${dialect.monthsBetween(raw('a.opened_on'), day)} AS account_age_months,
    ${dialect.monthsBetween(raw('c.customer_since'), day)} AS customer_tenure_months,
    c.customer_type, substr(c.jurisdiction, 1, 2) AS country, c.jurisdiction, c.language,
    ${join([...flags, ...scored])}
    FROM ${current('snapshots')} s
    JOIN ${current('accounts')} a ON a.account_id = s.account_id
    LEFT JOIN ${current('customers')} c ON c.customer_id = a.customer_id
    LEFT JOIN (${flagsOn(dialect, day)}) g ON g.customer_id = a.customer_id${join(scoreJoins, '')}
    WHERE s.as_of = ${day}`;
}
