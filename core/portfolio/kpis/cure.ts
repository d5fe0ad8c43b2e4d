import { z } from 'zod';
import { join, literal, raw, type Sql, sql } from '../../sql/sql.ts';
import { field } from '../../text/field.ts';
import { bucketNames } from '../buckets.ts';
import { defineKpi, type KpiRow, type KpiScope } from '../kpi.ts';
import { column, columns } from './parts/columns.ts';
import { openings, withPairs } from './parts/pairs.ts';
import { amountOf, dateAfter, inOrder, interval, ratio, total } from './parts/rows.ts';
import { monthNumberOf } from './parts/states.ts';

const parameters = z.object({
  again: z.coerce
    .number()
    .int()
    .min(1)
    .max(180)
    .default(30)
    .meta(
      field('Recae desde', 'Defaults again from', {
        es: 'Días de mora desde los que una cuenta curada ha recaído',
        en: 'Days past due from which a cured account has defaulted again',
      }),
    ),
});
type Scope = KpiScope<z.output<typeof parameters>>;

/** Months after the cure that are looked at: the snapshots of about 90 days. */
const followedMonths = 3;
const lateBuckets = bucketNames.slice(1);

const rank = (state: Sql): Sql =>
  sql`CASE ${join(
    bucketNames.map((name, i) => sql`WHEN ${state} = ${literal(name)} THEN ${raw(String(i))}`),
    ' ',
  )} END`;

/** Cured accounts of each opening month, with what the three snapshots after the cure say. */
function followed(scope: Scope): Sql {
  const { dialect, parameters: chosen } = scope;
  const defaulted = sql`f.days_past_due >= ${raw(String(chosen.again))} AND f.state <> 'closed' OR f.state = 'charged_off'`;
  const chargedOff = sql`${monthNumberOf(scope, raw('c.charged_off_on'))} <= c.month + ${raw(String(1 + followedMonths))}`;
  return sql`SELECT c.month, c.before, ${dialect.countIf(raw('again OR closed OR last_month = c.month + 4'))} AS followed,
    ${dialect.countIf(raw('again'))} AS again
  FROM (
    SELECT c.month, c.before, c.account_id, coalesce(max(CASE WHEN ${defaulted} THEN 1 ELSE 0 END), 0) = 1 OR coalesce(${chargedOff}, false) AS again,
      coalesce(max(CASE WHEN f.state = 'closed' THEN 1 ELSE 0 END), 0) = 1 AS closed, max(f.month) AS last_month
    FROM pairs AS c
    LEFT JOIN states AS f ON f.account_id = c.account_id AND f.month > c.month + 1 AND f.month <= c.month + ${raw(String(1 + followedMonths))}
    WHERE c.after = '0'
    GROUP BY c.month, c.before, c.account_id, c.charged_off_on
  ) AS c GROUP BY c.month, c.before`;
}

/**
 * Cure by bucket and month: accounts of a late bucket that are at 0 a month later, over the accounts of the bucket.
 * Beside it, of the cured ones that can be followed for three more snapshots, those that default again. Improved
 * (a lower bucket, not 0) and closed are other numbers. Wilson intervals of 95 %.
 */
export default defineKpi({
  text: {
    title: { es: 'Cura y recaída', en: 'Cure and re-default' },
    summary: {
      es: 'De cada tramo, cuántas cuentas vuelven a 0 en un mes, y cuántas de esas recaen en 90 días.',
      en: 'Of each bucket, how many accounts are back at 0 in a month, and how many of those default again in 90 days.',
    },
  },
  definition: {
    es: 'Cura: cuentas del tramo b el mes anterior que están en 0 un mes después, sobre las cuentas de b. Mejora: pasan a un tramo menor que no es 0; es otro número. Recaída: curadas que en las tres fechas siguientes (unos 90 días) vuelven a la mora elegida o se castigan, sobre las curadas que se pudieron seguir; solo cohortes con las tres fechas ya vistas. El tramo es el de partida; las fechas, las de la apertura y la última.',
    en: 'Cure: accounts of bucket b the month before that are at 0 a month later, over the accounts of b. Improved: they move to a lower bucket that is not 0; another number. Re-default: cured accounts that on the next three dates (about 90 days) are again as late as chosen or charged off, over the cured ones that could be followed; only cohorts with the three dates already seen. The bucket is the one they start from; dates are those of the opening and the last one.',
  },
  population: {
    es: 'Cuentas en mora el mes anterior, ni castigadas ni cerradas.',
    en: 'Accounts late in the month before, neither charged off nor closed.',
  },
  denominator: {
    es: 'Cura: cuentas del tramo el mes anterior. Recaída: curadas seguidas tres fechas.',
    en: 'Cure: accounts of the bucket in the month before. Re-default: cured accounts followed for three dates.',
  },
  needs: [{ table: 'accounts' }, { table: 'snapshots' }],
  parameters,
  columns: [
    columns.asOf,
    columns.bucket,
    columns.of,
    column('cured', 'count', 'Curadas', 'Cured'),
    column('share', 'share', 'Cura', 'Cure rate'),
    columns.lower,
    columns.upper,
    column('improved', 'count', 'Mejoradas', 'Improved'),
    column('improved_share', 'share', 'Mejora', 'Improved share'),
    column('closed', 'count', 'Cerradas', 'Closed'),
    column('followed', 'count', 'Curadas seguidas', 'Cured, followed'),
    column('again', 'count', 'Recaídas', 'Defaulted again'),
    column('again_share', 'share', 'Recaída', 'Re-default rate'),
    column('again_lower', 'share', 'Recaída desde (95 %)', 'Re-default from (95%)'),
    column('again_upper', 'share', 'Recaída hasta (95 %)', 'Re-default to (95%)'),
  ],
  statement: (scope) => {
    const { dialect } = scope;
    const late = raw(lateBuckets.map((name) => literal(name).text).join(', '));
    return sql`${withPairs(scope, openings(scope), sql`e.state IN (${late})`, ['days_past_due'])}
SELECT p.month, p.before AS bucket, p.of, p.cured, p.improved, p.closed, coalesce(f.followed, 0) AS followed, coalesce(f.again, 0) AS again
FROM (
  SELECT month, before, ${dialect.countIf(raw('true'))} AS of, ${dialect.countIf(raw("after = '0'"))} AS cured,
    ${dialect.countIf(sql`after <> '0' AND ${rank(raw('after'))} < ${rank(raw('before'))}`)} AS improved,
    ${dialect.countIf(raw("after = 'closed'"))} AS closed
  FROM pairs GROUP BY month, before
) AS p
LEFT JOIN (
  ${followed(scope)}
) AS f ON f.month = p.month AND f.before = p.before
ORDER BY p.month, p.before`;
  },
  answer: (found, scope) => {
    const matured = new Set(openings(scope, 1 + followedMonths));
    const rows = found.map(({ month, ...row }): KpiRow => {
      const [of, cured] = [amountOf(row, 'of'), amountOf(row, 'cured')];
      const seen = matured.has(Number(month));
      const relapse = interval(amountOf(row, 'again'), seen ? amountOf(row, 'followed') : 0);
      return {
        as_of: dateAfter(scope.dates, Number(month), 1),
        bucket: row.bucket ?? null,
        of,
        cured,
        ...interval(cured, of),
        improved: amountOf(row, 'improved'),
        improved_share: ratio(amountOf(row, 'improved'), of),
        closed: amountOf(row, 'closed'),
        followed: seen ? amountOf(row, 'followed') : null,
        again: seen ? amountOf(row, 'again') : null,
        again_share: relapse.share,
        again_lower: relapse.lower,
        again_upper: relapse.upper,
      };
    });
    const now = rows.filter(({ as_of }) => as_of === scope.asOf);
    const n = total(now, 'of');
    const followedRows = rows.filter(({ followed: count }) => count !== null);
    const last = followedRows.at(-1)?.as_of ?? null;
    const cohort = followedRows.filter(({ as_of }) => as_of === last);
    return {
      rows: inOrder(rows, ['as_of', 'bucket']),
      n,
      of: n,
      figures: {
        cured: total(now, 'cured'),
        cure_share: ratio(total(now, 'cured'), n),
        again_share: ratio(total(cohort, 'again'), total(cohort, 'followed')),
        again_of: last,
      },
    };
  },
});
