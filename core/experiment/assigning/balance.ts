import type { Dialect } from '../../sql/dialects/dialect.ts';
import { join, raw, type Sql, sql } from '../../sql/sql.ts';

/** Sums of a covariate over the people of one arm for whom it is known. */
export interface CovariateSums {
  covariate: string;
  arm: string;
  n: number;
  total: number;
  squares: number;
}

export interface BalanceRow {
  covariate: string;
  arm: string;
  mean: number | null;
  controlMean: number | null;
  standardisedDifference: number | null;
}

const numbers = ['days_past_due', 'customer_tenure_months', 'accounts', 'score'];
const amounts = ['balance', 'arrears'];
const categories = ['country', 'product_type'];

/**
 * Sums of each covariate by arm, over lead accounts (`leadAccounts`) and assignments (customer_id, arm). Amounts
 * apart by currency; each category is a covariate of its own, 1 or 0 for everybody.
 */
export function covariateSums(dialect: Dialect, lead: Sql, assigned: Sql): Sql {
  const value = (name: string) => dialect.float(raw(`p.${name}`));
  const sums = sql`${dialect.cast(raw('count(v)'), 'bigint')} AS n, sum(v) AS total, sum(v * v) AS squares`;
  const parts = [
    ...numbers.map((name) => sql`SELECT ${name} AS covariate, arm, ${value(name)} AS v FROM people p`),
    ...amounts.map(
      (name) =>
        sql`SELECT ${dialect.concat(sql`${`${name}:`}`, raw('currency'))} AS covariate, arm, ${value(name)} AS v FROM people p`,
    ),
  ];
  const shares = categories.map(
    (name) => sql`SELECT ${dialect.concat(sql`${`${name}:`}`, raw(`c.${name}`))} AS covariate, p.arm,
        CASE WHEN p.${raw(name)} = c.${raw(name)} THEN 1.0 ELSE 0.0 END AS v
      FROM people p CROSS JOIN (SELECT DISTINCT ${raw(name)} FROM people WHERE ${raw(name)} IS NOT NULL) c`,
  );
  return sql`WITH people AS (
      SELECT l.*, a.arm FROM (${lead}) l JOIN (${assigned}) a ON a.customer_id = l.customer_id
    )
    SELECT covariate, arm, ${sums} FROM (${join([...parts, ...shares], ' UNION ALL ')}) x
    WHERE covariate IS NOT NULL GROUP BY covariate, arm ORDER BY covariate, arm`;
}

const meanOf = ({ n, total }: CovariateSums): number | null => (n > 0 ? total / n : null);
const varianceOf = ({ n, total, squares }: CovariateSums): number =>
  n > 1 ? Math.max(0, (squares - (total * total) / n) / (n - 1)) : 0;

/**
 * Each arm's mean beside control's, and their difference over √((s² arm + s² control) / 2) (Austin 2009,
 * Statistics in Medicine 28:3083): over 0.1 is worth a look. null where nobody's value is known or nobody
 * differs.
 */
export function standardisedDifferences(sums: readonly CovariateSums[], control: string): BalanceRow[] {
  const controls = new Map(sums.filter((row) => row.arm === control).map((row) => [row.covariate, row]));
  return sums
    .filter((row) => row.arm !== control && row.n > 0)
    .map((row) => {
      const beside = controls.get(row.covariate);
      const [mean, controlMean] = [meanOf(row), beside ? meanOf(beside) : null];
      const spread = beside ? Math.sqrt((varianceOf(row) + varianceOf(beside)) / 2) : 0;
      return {
        covariate: row.covariate,
        arm: row.arm,
        mean,
        controlMean,
        standardisedDifference:
          mean !== null && controlMean !== null && spread > 0 ? (mean - controlMean) / spread : null,
      };
    });
}
