import { current } from '../sql/dialects/duckdb.ts';
import { raw, type Sql, sql } from '../sql/sql.ts';
import type { FeatureColumn, FeatureFamily } from './feature.ts';
import { ratio } from './history.ts';

const column = (kind: FeatureColumn['kind'], name: string, es: string, en: string): FeatureColumn => ({
  name,
  kind,
  title: { es, en },
});
const clock = {
  es: 'Es el calendario: se conoce de antemano.',
  en: 'It is the calendar: known in advance.',
};
/** Past payments the usual day is learned from; fewer than two of them say nothing. */
const lookBackDays = 400;
const leastPayments = 2;
/** Days a payment may be off the usual day and still be near it. */
const nearDays = 3;
/** From this day on, a day of the month counts as its end, whatever the month's length. */
const endOfMonth = 28;

/**
 * Where the date stands in the month, in the year and against the day the person usually pays: the most frequent day
 * of the month of the last 400 days' payments on any of the person's accounts, the later one among equals. Days 28 to
 * 31 are one day, the month's end; days are those of UTC.
 */
const calendar: FeatureFamily = {
  text: {
    title: { es: 'Calendario y día de pago', en: 'Calendar and payday' },
    summary: {
      es: 'A cuántos días está la fecha del día en que la persona suele pagar, y en qué parte del mes y del año cae',
      en: 'How many days the date is from the day the person usually pays, and where it falls in the month and the year',
    },
  },
  needs: ['payments', 'accounts'],
  known: {
    es: 'El día habitual se aprende solo de pagos que ya se conocían al terminar el día del puntaje.',
    en: 'The usual day is learned only from payments known by the end of the date of the score.',
  },
  columns: [
    column('numeric', 'usual_pay_day', 'Día del mes en que suele pagar', 'Day of the month it usually pays'),
    column('numeric', 'days_to_pay_day', 'Días hasta su día de pago', 'Days to the usual pay day'),
    column('numeric', 'days_since_pay_day', 'Días desde su día de pago', 'Days since the usual pay day'),
    column(
      'numeric',
      'pay_day_share',
      'Parte de los pagos cerca de ese día',
      'Share of payments near that day',
    ),
    {
      ...column('numeric', 'month_gone', 'Parte del mes transcurrida', 'Share of the month gone by'),
      known: clock,
      ofDate: true,
    },
    {
      ...column('categorical', 'quarter', 'Trimestre del año', 'Quarter of the year'),
      known: clock,
      ofDate: true,
    },
  ],
  build(dialect, population) {
    const next = dialect.addDays(sql`p.as_of`, 1);
    const dayOf = (date: Sql): Sql => sql`(${dialect.daysBetween(dialect.monthStart(date), date)} + 1)`;
    const lengthOf = (date: Sql): Sql => dayOf(dialect.monthEnd(date));
    const end = raw(String(endOfMonth));
    const paid = sql`SELECT p.customer_id, p.as_of, y.paid_at, least(${dayOf(dialect.cast(sql`y.paid_at`, 'date'))}, ${end}) AS pay_day
FROM (SELECT DISTINCT customer_id, as_of FROM ${population}) p
JOIN ${current('accounts')} a ON a.customer_id = p.customer_id
JOIN ${current('payments')} y ON y.account_id = a.account_id
  AND y.paid_at < ${next} AND coalesce(y.known_at, y.paid_at) < ${next} AND y.paid_at >= ${dialect.addDays(sql`p.as_of`, -lookBackDays)}
WHERE y.amount > 0`;
    const byDay = sql`SELECT customer_id, as_of, pay_day, ${dialect.countIf(raw('true'))} AS times, max(paid_at) AS latest
FROM (${paid}) e GROUP BY customer_id, as_of, pay_day`;
    const apart = sql`abs(d.pay_day - u.usual)`;
    const usual = sql`SELECT u.customer_id, u.as_of, u.usual, sum(d.times) AS times,
  ${dialect.sumIf(sql`d.times`, sql`least(${apart}, 30 - ${apart}) <= ${raw(String(nearDays))}`)} AS near
FROM (SELECT customer_id, as_of, ${dialect.argMax(sql`pay_day`, sql`times`, sql`latest`)} AS usual
  FROM by_day GROUP BY customer_id, as_of) u
JOIN by_day d ON d.customer_id = u.customer_id AND d.as_of = u.as_of
GROUP BY u.customer_id, u.as_of, u.usual HAVING sum(d.times) >= ${raw(String(leastPayments))}`;
    const nextMonth = dialect.addDays(dialect.monthEnd(sql`as_of`), 1);
    const lastMonth = dialect.addDays(dialect.monthStart(sql`as_of`), -1);
    const inMonth = (length: Sql): Sql => sql`CASE WHEN usual = ${end} THEN ${length} ELSE usual END`;
    return sql`WITH by_day AS (${byDay}),
placed AS (SELECT p.account_id, p.as_of, u.usual, u.times, u.near, ${dayOf(sql`p.as_of`)} AS today, ${lengthOf(sql`p.as_of`)} AS days,
  ${dialect.monthsBetween(dialect.date('1900-01-01'), sql`p.as_of`)} % 12 AS month_no
  FROM ${population} p LEFT JOIN (${usual}) u ON u.customer_id = p.customer_id AND u.as_of = p.as_of)
SELECT account_id, as_of, ${inMonth(sql`31`)} AS usual_pay_day,
  CASE WHEN ${inMonth(sql`days`)} > today THEN ${inMonth(sql`days`)} - today ELSE days - today + ${inMonth(lengthOf(nextMonth))} END AS days_to_pay_day,
  CASE WHEN ${inMonth(sql`days`)} <= today THEN today - ${inMonth(sql`days`)} ELSE today + ${lengthOf(lastMonth)} - ${inMonth(lengthOf(lastMonth))} END AS days_since_pay_day,
  ${ratio(dialect, sql`near`, sql`times`)} AS pay_day_share, ${ratio(dialect, sql`today`, sql`days`)} AS month_gone,
  ${dialect.concat(sql`'Q'`, dialect.cast(sql`${dialect.integerDivide(sql`month_no`, sql`3`)} + 1`, 'text'))} AS quarter
FROM placed`;
  },
};
export default calendar;
