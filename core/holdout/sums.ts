import type { Metric, OutcomeWindow } from '../experiment/metric.ts';
import type { Dialect } from '../sql/dialects/dialect.ts';
import { current } from '../sql/dialects/duckdb.ts';
import { raw, type Sql, sql } from '../sql/sql.ts';

/** Sums of a metric by cohort and side over people(customer_id, entered_on, held); who has no outcome counts 0. */
export function outcomeSums(
  dialect: Dialect,
  metric: Metric,
  people: Sql,
  window: Omit<OutcomeWindow, 'people'>,
): Sql {
  const outcomes = metric.outcomes(dialect, {
    ...window,
    people: sql`SELECT customer_id, entered_on FROM (${people}) w`,
  });
  return sql`SELECT '' AS currency, ${cohortOf(dialect)} AS cohort, p.held, ${sumsOf(dialect)}
    FROM (${people}) p LEFT JOIN (${outcomes}) o ON o.customer_id = p.customer_id
    GROUP BY cohort, p.held ORDER BY cohort, p.held`;
}

/** The same of an amount, each person under the currency of their first account, in that currency alone. */
export function amountSums(
  dialect: Dialect,
  metric: Metric,
  people: Sql,
  window: Omit<OutcomeWindow, 'people'>,
): Sql {
  const outcomes = metric.outcomes(dialect, {
    ...window,
    people: sql`SELECT customer_id, entered_on FROM (${people}) w`,
  });
  const first = dialect.rowNumber([raw('k.customer_id')], [raw('k.account_id')]);
  return sql`SELECT c.currency, ${cohortOf(dialect)} AS cohort, p.held, ${sumsOf(dialect)}
    FROM (${people}) p
    JOIN (SELECT customer_id, currency FROM (SELECT k.customer_id, k.currency, ${first} AS place FROM ${current('accounts')} k) x WHERE place = 1) c
      ON c.customer_id = p.customer_id
    LEFT JOIN (${outcomes}) o ON o.customer_id = p.customer_id AND o.currency = c.currency
    GROUP BY c.currency, cohort, p.held ORDER BY c.currency, cohort, p.held`;
}

const cohortOf = (dialect: Dialect): Sql => dialect.cast(raw('p.entered_on'), 'text');

const sumsOf = (dialect: Dialect): Sql =>
  sql`${dialect.cast(raw('count(*)'), 'bigint')} AS n, coalesce(sum(coalesce(o.y, 0)), 0) AS total, coalesce(sum(coalesce(o.y, 0) * coalesce(o.y, 0)), 0) AS squares`;
