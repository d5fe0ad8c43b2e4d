import { z } from 'zod';
import { literal, raw, type Sql, sql } from '../../sql/sql.ts';
import { field } from '../../text/field.ts';
import { buckets } from '../buckets.ts';
import { defineKpi, type KpiScope } from '../kpi.ts';
import { accountsInScope } from './parts/accounts.ts';
import { column, columns } from './parts/columns.ts';
import { told } from './parts/exchange.ts';
import { accountStates, monthNumber, monthNumberOf } from './parts/states.ts';
import { cohortSteps, triangle } from './parts/triangle.ts';

const lateBuckets = ['1-29', '30-59', '60-89', '90-119', '120-179', '180+'] as const;
const parameters = z.object({
  cohort: z
    .enum(['entry', 'origination'])
    .default('entry')
    .meta(
      field(
        'Cosecha por',
        'Cohort by',
        { es: 'Primera entrada a un tramo, o apertura', en: 'First entry to a bucket, or opening' },
        {
          entry: { es: 'Primera entrada en mora', en: 'First entry to a bucket' },
          origination: { es: 'Apertura', en: 'Opening' },
        },
      ),
    ),
  entry: z
    .enum(lateBuckets)
    .default('1-29')
    .meta(
      field('Tramo de entrada', 'Entry bucket', {
        es: 'Ese tramo o uno más tardío comienza la cosecha',
        en: 'That bucket, or a later one, begins the cohort',
      }),
    ),
  step: z
    .enum(cohortSteps)
    .default('month')
    .meta(
      field(
        'Cada cosecha junta',
        'A cohort puts together',
        { es: 'Cuántos meses de comienzo', en: 'How many months of beginnings' },
        {
          month: { es: 'Un mes', en: 'A month' },
          quarter: { es: 'Un trimestre', en: 'A quarter' },
          year: { es: 'Un año', en: 'A year' },
        },
      ),
    ),
});
type Scope = KpiScope<z.output<typeof parameters>>;

/** What each account did, once: its months of first sight, first lateness, first day at 0 after it, charge-off. */
const lives = (fromDays: number): Sql => sql`SELECT account_id, min(month) AS seen,
    min(CASE WHEN days_past_due >= ${raw(String(fromDays))} AND state NOT IN ('charged_off', 'closed') THEN month END) AS entered,
    min(CASE WHEN days_past_due >= ${raw(String(fromDays))} AND state NOT IN ('charged_off', 'closed') THEN as_of END) AS entered_on,
    min(CASE WHEN state = 'charged_off' THEN month END) AS charged_off
  FROM states GROUP BY account_id`;

/** Only those that were in the bucket asked for in the month their cohort begins. */
const begunIn = ({ filter: { bucket } }: Scope, zero: Sql): Sql =>
  bucket === undefined
    ? raw('')
    : sql` AND (v.account_id, ${zero}) IN (SELECT (account_id, month) FROM states WHERE state = ${literal(bucket)})`;

/**
 * Cohorts with their month zero: account_id, currency, cohort (month number), began (date), charged_off (month
 * number). By origination: accounts opened since the first snapshot. By entry: accounts that were seen, or opened,
 * before they were first as late as the bucket, so that the entry is the first.
 */
function cohorts(scope: Scope): Sql {
  const opened = monthNumberOf(scope, raw('a.opened_on'));
  const first = raw(String(monthNumber(scope.dates[0] ?? scope.asOf)));
  const [zero, began, when] =
    scope.parameters.cohort === 'origination'
      ? [opened, raw('a.opened_on'), sql`a.opened_on IS NOT NULL AND ${opened} >= ${first}`]
      : [
          raw('v.entered'),
          raw('v.entered_on'),
          sql`v.entered IS NOT NULL AND (v.entered > v.seen OR ${opened} = v.seen)`,
        ];
  const since = scope.filter.since;
  const late = since === undefined ? raw('') : sql` AND ${began} >= ${scope.dialect.date(literal(since))}`;
  return sql`SELECT v.account_id, a.currency, ${zero} AS cohort, ${began} AS began,
    least(v.charged_off, CASE WHEN a.charged_off_on <= ${scope.dialect.date(literal(scope.asOf))} THEN ${monthNumberOf(scope, raw('a.charged_off_on'))} END) AS charged_off
  FROM lives AS v JOIN (${accountsInScope(scope)}) AS a ON a.account_id = v.account_id
  WHERE ${when}${late}${begunIn(scope, zero)}`;
}

/**
 * Vintages: of each cohort, what share has been at 0 again after being late (cured), charged off, and the cash
 * collected, cumulated by month on book. Only cells that the whole cohort has lived through up to the date are there.
 * Counts are told over all currencies (currency null) and per currency, cash per currency.
 */
export default defineKpi({
  text: {
    title: { es: 'Cosechas', en: 'Vintages' },
    summary: {
      es: 'Por cosecha y mes de vida: curadas, castigadas y efectivo, acumulados.',
      en: 'By cohort and month on book: cured, charged off and cash, cumulated.',
    },
  },
  definition: {
    es: 'Cosecha por primera entrada al tramo elegido, o a uno peor, o por apertura desde la primera fecha de saldos. Acumulado hasta cada mes de vida: cuentas que tras la mora volvieron a 0, castigadas, y pagos no devueltos desde el comienzo. Solo celdas que toda la cosecha ya vivió. Una entrada anterior a la primera fecha de la cuenta no se conoce y no cuenta. El tramo del filtro es el del mes en que empieza la cosecha; «desde» deja fuera cosechas anteriores. Sin moneda: todas, solo por conteo.',
    en: 'Cohort by first entry to the bucket chosen, or to a worse one, or by opening since the first date of balances. Cumulated up to each month on book: accounts back at 0 after being late, charged off, and payments not reversed since the beginning. Only cells the whole cohort has lived through. An entry before the first date of the account is not known and does not count. The bucket of the filter is that of the month the cohort begins; "since" leaves earlier cohorts out. No currency: all of them, by count only.',
  },
  population: {
    es: 'Cuentas cuya entrada (o apertura) se vio; siguen contando si salen de observación.',
    en: 'Accounts whose entry (or opening) was seen; they keep counting if they leave observation.',
  },
  denominator: { es: 'Cuentas de la cosecha', en: 'Accounts of the cohort' },
  needs: [{ table: 'accounts' }, { table: 'snapshots' }],
  parameters,
  columns: [
    column('cohort', 'month', 'Cosecha', 'Cohort'),
    columns.currency,
    column('month_on_book', 'count', 'Mes de vida', 'Month on book'),
    columns.accounts,
    column('cured', 'count', 'Curadas', 'Cured'),
    column('cured_share', 'share', 'Curadas, proporción', 'Cured share'),
    column('charged_off', 'count', 'Castigadas', 'Charged off'),
    column('charged_off_share', 'share', 'Castigadas, proporción', 'Charged-off share'),
    column('cash', 'money', 'Efectivo', 'Cash'),
  ],
  amounts: ['payments'],
  statement: (scope) => {
    const { dialect, asOf } = scope;
    const fromDays = buckets.find(({ name }) => name === scope.parameters.entry)?.fromDays ?? 1;
    const money = told(scope, raw('c.currency'), dialect.cast(raw('p.paid_at'), 'date'));
    const plain = { ...scope, filter: { ...scope.filter, quote: undefined } };
    const count = dialect.countIf(raw('true'));
    const paid = monthNumberOf(scope, raw('p.paid_at'));
    return sql`WITH states AS (
  ${accountStates(plain, undefined, ['days_past_due'])}
), lives AS (
  ${lives(fromDays)}
), cohorts AS (
  ${cohorts(scope)}
), cures AS (
  SELECT c.account_id, min(s.month) AS cured
  FROM cohorts AS c
  JOIN (
    SELECT account_id, min(month) AS late FROM states WHERE days_past_due > 0 AND state NOT IN ('charged_off', 'closed') GROUP BY account_id
  ) AS l ON l.account_id = c.account_id
  JOIN states AS s ON s.account_id = c.account_id AND s.state = '0' AND s.month > greatest(c.cohort, l.late)
  GROUP BY c.account_id
)
SELECT 'accounts' AS kind, cohort, ${scope.filter.quote === undefined ? raw('currency') : literal(scope.filter.quote)} AS currency, 0 AS month_on_book, ${count} AS accounts, NULL AS cash FROM cohorts GROUP BY 2, 3
UNION ALL
SELECT 'cured', c.cohort, ${scope.filter.quote === undefined ? raw('c.currency') : literal(scope.filter.quote)}, u.cured - c.cohort, ${count}, NULL FROM cohorts AS c JOIN cures AS u ON u.account_id = c.account_id GROUP BY 2, 3, 4
UNION ALL
SELECT 'charged_off', cohort, ${scope.filter.quote === undefined ? raw('currency') : literal(scope.filter.quote)}, greatest(0, charged_off - cohort), ${count}, NULL FROM cohorts WHERE charged_off IS NOT NULL GROUP BY 2, 3, 4
UNION ALL
SELECT 'cash', c.cohort, ${money.currency}, ${paid} - c.cohort, NULL, sum(${money.amount(raw('p.amount'))})
FROM cohorts AS c
JOIN current_payments AS p ON p.account_id = c.account_id AND p.paid_at >= ${scope.parameters.cohort === 'entry' ? dialect.addDays(raw('c.began'), 1) : raw('c.began')}
  AND p.paid_at < ${dialect.addDays(dialect.date(literal(asOf)), 1)} AND NOT coalesce(p.reversed, false)${money.join}
GROUP BY 2, 3, 4
UNION ALL
SELECT 'payments_from', NULL, NULL, ${monthNumberOf(scope, raw('min(p.paid_at)'))}, NULL, NULL FROM current_payments AS p
ORDER BY 1, 2, 3, 4`;
  },
  answer: (found, scope) => {
    const rows = triangle(found, monthNumber(scope.asOf), scope.parameters.step);
    const all = rows.filter(({ currency, month_on_book }) => currency === null && month_on_book === 0);
    const n = all.reduce((sum, { accounts }) => sum + Number(accounts), 0);
    return { rows, n, of: n, figures: { cohorts: all.length, oldest: all[0]?.cohort ?? null } };
  },
});
