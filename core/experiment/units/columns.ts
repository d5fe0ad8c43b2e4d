import type { Dialect } from '../../sql/dialects/dialect.ts';
import { ident, join, literal, raw, type Sql, sql } from '../../sql/sql.ts';
import type { UnitMetric } from '../evidence/unit-table.ts';
import type { Metric, OutcomeWindow } from '../metric.ts';
import { clearingSql } from '../metrics/parts/arrears.ts';

/** A metric over a window, in a currency where it is money: one column of the table of units, or two for a ratio. */
export interface UnitColumn {
  /** Of the metric in the catalogue. */
  metricId: string;
  metric: Metric;
  horizonDays: number;
  currency: string | null;
}

/** Its name in evidence, such as "cured:30" or "cash:30:MXN". */
export const columnId = ({ metricId, horizonDays, currency }: Omit<UnitColumn, 'metric'>): string =>
  [metricId, horizonDays, ...(currency === null ? [] : [currency])].join(':');

export const unitMetric = (column: UnitColumn, cap?: number): UnitMetric => ({
  id: columnId(column),
  y: columnId(column),
  ...(column.metric.kind === 'ratio' ? { d: `d ${columnId(column)}` } : {}),
  ...(cap === undefined ? {} : { cap }),
});

/** Id and columns of the outcome beside whether an own message was delivered: the first unit column as y, that as d. */
export const reachedId = 'reached';

export interface OutcomesInput {
  /** Name of the relation of `baselineSql`. */
  baseline: Sql;
  columns: readonly UnitColumn[];
  asOf: string;
  experimentId: string;
  /** Window of the primary metric: messages in it count as having reached somebody, balances in it correct shorter windows. */
  primaryDays: number;
  /** Relation with `clearingOf` the same columns, where it was made before. */
  cleared?: Sql;
}

/** What all columns that follow from clearing are read from, over all their windows; null: there is none. */
export function clearingOf(dialect: Dialect, input: OutcomesInput): Sql | null {
  const { baseline, columns, asOf, primaryDays } = input;
  const days = new Set(
    columns.filter(({ metric }) => metric.byClearing).map(({ horizonDays }) => horizonDays),
  );
  if (days.size === 0) return null;
  const windows = [...days].map((horizonDays) => ({ horizonDays, followedDays: primaryDays }));
  const people = sql`SELECT customer_id, entered_on FROM ${baseline}`;
  return sql`${clearingSql(dialect, { people, asOf, windows })} SELECT * FROM clearing`;
}

const byWindow = (columns: readonly UnitColumn[]): Map<string, UnitColumn[]> => {
  const windows = new Map<string, UnitColumn[]>();
  for (const column of columns) {
    const key = columnId({ ...column, currency: null });
    windows.set(key, [...(windows.get(key) ?? []), column]);
  }
  return windows;
};

/**
 * The table of units: the baseline with one column per metric and window, named by `columnId` ("d …" is a ratio's
 * denominator), `reached` (1: an own message was delivered) and `present` (in the portfolio). A person without an
 * outcome has 0; NULL where the window has not closed by the last known day, where the portfolio does not know the
 * person, or, of money, where the person's currency is another: such people are left out of that metric. Payments in a
 * currency that is not the person's own are left out.
 */
export function unitsSql(dialect: Dialect, input: OutcomesInput): Sql {
  const { baseline, columns, asOf } = input;
  const window = (horizonDays: number): OutcomeWindow => ({
    people: sql`SELECT customer_id, entered_on FROM ${baseline}`,
    horizonDays,
    asOf,
    followedDays: input.primaryDays,
    ...(input.cleared && { cleared: input.cleared }),
  });
  const windows = [...byWindow(columns).values()];
  const values = windows.flatMap((group, i) =>
    group.flatMap((column) => {
      const { horizonDays, currency, metric } = column;
      const closed = sql`b.present AND ${dialect.addDays(raw('b.entered_on'), horizonDays)} <= ${dialect.date(asOf)}`;
      const own = currency === null ? closed : sql`${closed} AND b.currency = ${literal(currency)}`;
      const of = (part: string, name: string) =>
        sql`CASE WHEN ${own} THEN coalesce(${raw(`o${i}.${part}`)}, 0) END AS ${ident(name)}`;
      const { y, d } = unitMetric(column);
      return metric.kind === 'ratio' ? [of('y', y), of('d', d!)] : [of('y', y)];
    }),
  );
  const joins = windows.map(([first], i) => {
    const name = raw(`o${i}`);
    const currency = first!.metric.unit === 'money' ? sql` AND ${name}.currency = b.currency` : raw('');
    return sql`
    LEFT JOIN (${first!.metric.outcomes(dialect, window(first!.horizonDays))}) ${name}
      ON ${name}.customer_id = b.customer_id${currency}`;
  });
  const last = dialect.addDays(raw('b.entered_on'), input.primaryDays + 1);
  const delivered = sql`SELECT k.customer_id FROM current_contacts k JOIN ${baseline} b ON b.customer_id = k.customer_id
      WHERE k.experiment_id = ${input.experimentId} AND coalesce(k.delivered, false) AND k.sent_at >= b.entered_on
        AND k.sent_at < ${last} AND k.sent_at < ${dialect.addDays(dialect.date(asOf), 1)} GROUP BY k.customer_id`;
  return sql`SELECT b.*, ${join([
    ...values,
    sql`CASE WHEN r.customer_id IS NULL THEN CAST(0 AS DOUBLE) ELSE CAST(1 AS DOUBLE) END AS reached`,
  ])}
    FROM ${baseline} b${join(joins, '')}
    LEFT JOIN (${delivered}) r ON r.customer_id = b.customer_id`;
}
