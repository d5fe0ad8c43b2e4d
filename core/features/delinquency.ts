import { ident, join, raw, type Sql, sql } from '../sql/sql.ts';
import { markChangeable } from './changeable.ts';
import type { FeatureColumn, FeatureFamily } from './feature.ts';
import { lastInMonth, ratio, snapshotHistory } from './history.ts';

const lags = [0, 1, 2, 3, 4, 5] as const;
const numeric = (name: string, es: string, en: string): FeatureColumn => ({
  name,
  kind: 'numeric',
  title: { es, en },
});

const levels = [
  numeric('days_past_due', 'Días de mora', 'Days past due'),
  numeric('dpd_1m', 'Días de mora, un mes antes', 'Days past due, a month before'),
  numeric('dpd_2m', 'Días de mora, dos meses antes', 'Days past due, two months before'),
  numeric('dpd_3m', 'Días de mora, tres meses antes', 'Days past due, three months before'),
];

const summaries = [
  numeric('dpd_change_1m', 'Cambio de la mora en un mes', 'Change of days past due in a month'),
  numeric('dpd_change_3m', 'Cambio de la mora en tres meses', 'Change of days past due in three months'),
  numeric('roll_speed', 'Días de mora por mes de la racha', 'Days past due per month of the streak'),
  numeric('rolls_forward_6m', 'Meses en que la mora creció, de 6', 'Months it rolled forward, of 6'),
  numeric('rolls_back_6m', 'Meses en que la mora bajó, de 6', 'Months it rolled back, of 6'),
  numeric('dpd_max_3m', 'Mora máxima, 3 meses', 'Most days past due, 3 months'),
  numeric('dpd_max_6m', 'Mora máxima, 6 meses', 'Most days past due, 6 months'),
  numeric('dpd_mean_3m', 'Mora media, 3 meses', 'Mean days past due, 3 months'),
  numeric('dpd_mean_6m', 'Mora media, 6 meses', 'Mean days past due, 6 months'),
  numeric('late_months_3m', 'Meses en mora, de 3', 'Months late, of 3'),
  numeric('late_months_6m', 'Meses en mora, de 6', 'Months late, of 6'),
  numeric('late_30_months_6m', 'Meses con 30 días o más, de 6', 'Months 30 days late or more, of 6'),
  numeric('late_streak', 'Meses seguidos en mora', 'Months late in a row'),
  numeric('months_since_late', 'Meses desde la mora anterior', 'Months since last late'),
  numeric('months_since_worst', 'Meses desde su mayor mora', 'Months since it was latest'),
  numeric('cures_6m', 'Veces que volvió a estar al día, 6 meses', 'Times back to 0 days, 6 months'),
  numeric('new_entry', 'Recién entra en mora', 'Newly late'),
  numeric('snapshots_6m', 'Meses observados, de 6', 'Months observed, of 6'),
];

const states = lags.map(
  (lag): FeatureColumn => ({
    name: `status_${lag}m`,
    kind: 'categorical',
    title:
      lag === 0
        ? { es: 'Estado', en: 'Status' }
        : {
            es: lag === 1 ? 'Estado, un mes antes' : `Estado, ${lag} meses antes`,
            en: lag === 1 ? 'Status, a month before' : `Status, ${lag} months before`,
          },
  }),
);

const dpd = (lag: number): Sql => ident(`d${lag}`);
const whenLag = (below: number): Sql => raw(`lag < ${below}`);
const moved = (lag: number, how: Sql): Sql =>
  sql`CASE WHEN ${dpd(lag)} ${how} ${dpd(lag + 1)} THEN 1 ELSE 0 END`;
const cured = (lag: number): Sql => sql`CASE WHEN ${dpd(lag)} = 0 AND ${dpd(lag + 1)} > 0 THEN 1 ELSE 0 END`;
const pairs = [0, 1, 2, 3, 4] as const;
const monthsWhere = (months: number, condition: (lag: number) => Sql): Sql =>
  join(
    lags.slice(0, months).map((lag) => sql`CASE WHEN ${condition(lag)} THEN 1 ELSE 0 END`),
    ' + ',
  );
const late = (days: number) => (lag: number) => sql`${dpd(lag)} >= ${raw(String(days))}`;

/** How late the account has been, month by month. */
const delinquency: FeatureFamily = {
  text: {
    title: { es: 'Historia de mora', en: 'Delinquency history' },
    summary: {
      es: 'Cuánta mora ha tenido la cuenta en los últimos seis meses, y en qué estado estaba cada mes',
      en: 'How late the account has been in the last six months, and its status in each',
    },
  },
  needs: ['snapshots'],
  known: {
    es: 'Solo usa cortes con fecha igual o anterior a la del puntaje.',
    en: 'Uses only snapshots dated on or before the date of the score.',
  },
  columns: markChangeable([...levels, ...summaries, ...states], ['days_past_due']),
  build(dialect, population) {
    const monthly = sql`SELECT account_id, as_of,
  ${join(
    lags.flatMap((lag) => [
      sql`${lastInMonth(dialect, sql`days_past_due`, lag)} AS ${dpd(lag)}`,
      sql`${lastInMonth(dialect, sql`status`, lag)} AS ${ident(`status_${lag}m`)}`,
    ]),
    ',\n  ',
  )},
  max(days_past_due) FILTER (WHERE ${whenLag(3)}) AS max_3m, max(days_past_due) FILTER (WHERE ${whenLag(6)}) AS max_6m,
  ${dialect.sumIf(sql`days_past_due`, whenLag(3))} AS sum_3m, ${dialect.sumIf(sql`days_past_due`, whenLag(6))} AS sum_6m,
  ${dialect.countIf(whenLag(3))} AS seen_3m, ${dialect.countIf(whenLag(6))} AS seen_6m,
  ${dialect.argMax(sql`lag`, sql`days_past_due`, sql`seen_on`)} FILTER (WHERE days_past_due > 0) AS since_worst,
  min(lag) FILTER (WHERE days_past_due = 0) AS since_current, max(lag) AS oldest,
  min(lag) FILTER (WHERE days_past_due > 0 AND lag > 0) AS since_late
FROM (${snapshotHistory(dialect, population)}) h
GROUP BY account_id, as_of`;
    return sql`SELECT account_id, as_of, d0 AS days_past_due, d1 AS dpd_1m, d2 AS dpd_2m, d3 AS dpd_3m, d0 - d1 AS dpd_change_1m,
  d0 - d3 AS dpd_change_3m, ${ratio(dialect, sql`d0`, sql`coalesce(since_current, oldest + 1)`)} AS roll_speed,
  ${join(
    pairs.map((lag) => moved(lag, raw('>'))),
    ' + ',
  )} AS rolls_forward_6m,
  ${join(
    pairs.map((lag) => moved(lag, raw('<'))),
    ' + ',
  )} AS rolls_back_6m,
  max_3m AS dpd_max_3m, max_6m AS dpd_max_6m,
  ${ratio(dialect, sql`sum_3m`, sql`seen_3m`)} AS dpd_mean_3m, ${ratio(dialect, sql`sum_6m`, sql`seen_6m`)} AS dpd_mean_6m,
  ${monthsWhere(3, late(1))} AS late_months_3m, ${monthsWhere(6, late(1))} AS late_months_6m,
  ${monthsWhere(6, late(30))} AS late_30_months_6m,
  coalesce(since_current, oldest + 1) AS late_streak, since_late AS months_since_late, since_worst AS months_since_worst,
  ${join(pairs.map(cured), ' + ')} AS cures_6m,
  CASE WHEN d1 IS NOT NULL THEN CASE WHEN d1 = 0 AND d0 > 0 THEN 1 ELSE 0 END END AS new_entry,
  ${monthsWhere(6, (lag) => sql`${dpd(lag)} IS NOT NULL`)} AS snapshots_6m,
  ${join(states.map((state) => ident(state.name)))}
FROM (${monthly}) m`;
  },
};
export default delinquency;
