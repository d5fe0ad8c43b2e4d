import type { Dialect } from '../../sql/dialects/dialect.ts';
import { ident, raw, type Sql, sql } from '../../sql/sql.ts';
import type { Metric } from '../metric.ts';
import type { PastSpan } from './spans.ts';

const dayMs = 86_400_000;

/** Days a span covers: at least the horizon, more where snapshots are coarser than it. */
export const spanDays = ({ from, until }: PastSpan): number => (Date.parse(until) - Date.parse(from)) / dayMs;

/**
 * A metric's outcome of each past person (`pastPeople`) over the span: customer_id, score, currency, y and d. People
 * without an outcome have 0; amounts are in the outcome's currency, else in that of their first account. `d` is 1
 * where the metric is no ratio. y is capped at the metric's own quantile, within its currency.
 */
export function metricOutcomes(dialect: Dialect, metric: Metric, people: Sql, span: PastSpan): Sql {
  const entered = sql`SELECT p.customer_id, ${dialect.date(span.from)} AS entered_on FROM (${people}) p`;
  const outcomes = metric.outcomes(dialect, {
    people: entered,
    horizonDays: spanDays(span),
    asOf: span.until,
  });
  const money = metric.unit === 'money';
  const currency = money ? sql`coalesce(o.currency, c.currency)` : raw('NULL');
  const own = sql`SELECT a.customer_id, ${dialect.argMax(raw('a.currency'), raw('a.account_id'))} AS currency
      FROM ${ident('current_accounts')} a GROUP BY a.customer_id`;
  const rows = sql`SELECT p.customer_id, p.score, ${dialect.cast(currency, 'text')} AS currency,
      coalesce(${dialect.float(raw('o.y'))}, 0) AS y,
      ${metric.kind === 'ratio' ? sql`coalesce(${dialect.float(raw('o.d'))}, 0)` : raw('1')} AS d
    FROM (${people}) p LEFT JOIN (${outcomes}) o ON o.customer_id = p.customer_id${
      money ? sql` LEFT JOIN (${own}) c ON c.customer_id = p.customer_id` : raw('')
    }`;
  if (metric.capAt === null) return rows;
  const capped = sql`SELECT q.currency, ${dialect.quantile(raw('q.y'), metric.capAt)} AS cap FROM (${rows}) q GROUP BY q.currency`;
  return sql`SELECT r.customer_id, r.score, r.currency, least(r.y, k.cap) AS y, r.d
    FROM (${rows}) r JOIN (${capped}) k ON coalesce(k.currency, '') = coalesce(r.currency, '')`;
}

/** A ratio's level, and its people's y made linear: (y − ratio · d) ÷ mean of d, whose variance is the ratio's. */
export const linearised = (dialect: Dialect, rows: Sql): Sql =>
  sql`SELECT r.customer_id, r.score, t.ratio + (r.y - t.ratio * r.d) / t.mean AS y
    FROM (${rows}) r
    CROSS JOIN (SELECT sum(y) / nullif(sum(d), 0) AS ratio, ${dialect.float(raw('avg(d)'))} AS mean FROM (${rows}) s) t
    WHERE t.ratio IS NOT NULL`;

/** Quantiles a tenth apart around one, for the density there. */
export const quantilesAround = (dialect: Dialect, rows: Sql, q: number): Sql =>
  sql`SELECT ${dialect.quantile(raw('r.y'), q)} AS level, ${dialect.quantile(raw('r.y'), q - 0.1)} AS below,
      ${dialect.quantile(raw('r.y'), q + 0.1)} AS above FROM (${rows}) r`;

/** People by currency, most first. */
export const currenciesOf = (dialect: Dialect, rows: Sql): Sql =>
  sql`SELECT r.currency, ${dialect.countIf(raw('true'))} AS n FROM (${rows}) r
    WHERE r.currency IS NOT NULL GROUP BY r.currency ORDER BY n DESC, r.currency`;
