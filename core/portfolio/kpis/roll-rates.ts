import { z } from 'zod';
import { raw, sql } from '../../sql/sql.ts';
import { field } from '../../text/field.ts';
import { defineKpi, type KpiRow, type KpiScope } from '../kpi.ts';
import { column, columns } from './parts/columns.ts';
import { openings, withPairs } from './parts/pairs.ts';
import { amountOf, grouped, inOrder, interval, ratio, total } from './parts/rows.ts';
import { monthDate, monthNumber } from './parts/states.ts';

const parameters = z.object({
  months: z.coerce
    .number()
    .int()
    .min(1)
    .max(36)
    .default(1)
    .meta(
      field('Meses juntos', 'Months together', {
        es: 'Los últimos hasta la fecha; se suman los casos',
        en: 'The last ones up to the date; cases are added',
      }),
    ),
});

const opened = (scope: KpiScope<z.output<typeof parameters>>): number[] =>
  openings(scope).filter((month) => month >= monthNumber(scope.asOf) - scope.parameters.months);

/**
 * Gross roll: where the accounts of each state are a month later, by count over all currencies (currency null) and,
 * per currency, by count and by opening balance. Months are put together by adding numerators and denominators.
 * Each row of the matrix sums to 1. Wilson intervals of 95 % for counts, none for balances.
 */
export default defineKpi({
  text: {
    title: { es: 'Matriz de rodamiento', en: 'Roll rates' },
    summary: {
      es: 'A qué tramo pasan, en un mes, las cuentas y el saldo de cada tramo.',
      en: 'To which bucket the accounts and the balance of each bucket move in a month.',
    },
  },
  definition: {
    es: 'Bruta: cuentas del tramo b el mes anterior que están en b′ un mes después, sobre las cuentas de b; y lo mismo con el saldo de apertura. Cada fila suma 1 con «salió de observación»; castigada y cerrada no tienen vuelta. Con varios meses se suman los casos. «Hasta» elige el mes; el tramo es el de partida; «desde» deja fuera aperturas anteriores. Sin moneda: todas, solo por conteo.',
    en: 'Gross: accounts of bucket b the month before that are in b′ a month later, over the accounts of b; and the same with the opening balance. Each row sums to 1 with "left observation"; charged off and closed are final. Several months are put together by adding cases. "Until" picks the month; the bucket is the one they start from; "since" leaves earlier openings out. No currency: all of them, by count only.',
  },
  population: {
    es: 'Cuentas con saldo informado el mes anterior. Intervalos de Wilson al 95 % por conteo.',
    en: 'Accounts with a snapshot in the month before. Wilson intervals, 95 %, by count.',
  },
  denominator: {
    es: 'Cuentas (o saldo) del tramo de partida',
    en: 'Accounts (or balance) of the bucket they start from',
  },
  needs: [{ table: 'accounts' }, { table: 'snapshots' }],
  parameters,
  columns: [
    columns.currency,
    columns.before,
    columns.after,
    columns.accounts,
    columns.of,
    columns.share,
    columns.lower,
    columns.upper,
    column('opening_balance', 'money', 'Saldo de apertura', 'Opening balance'),
    column('share_of_balance', 'share', 'Del saldo', 'Of balance'),
  ],
  amounts: ['snapshots'],
  amountsFrom: (scope) => monthDate(Math.min(...opened(scope), monthNumber(scope.asOf))),
  statement: (scope) => {
    const { dialect } = scope;
    return sql`${withPairs(scope, opened(scope))}
SELECT currency, before, after, ${dialect.countIf(raw('true'))} AS accounts,
  CASE WHEN currency IS NOT NULL THEN sum(balance) END AS opening_balance,
  CASE WHEN currency IS NOT NULL THEN ${dialect.float(dialect.sumIf(raw('balance'), raw('balance > 0')))} END AS positive
FROM pairs
GROUP BY GROUPING SETS ((before, after), (currency, before, after))
ORDER BY currency, before, after`;
  },
  answer: (found, scope) => {
    const rows: KpiRow[] = grouped(inOrder(found, ['currency', 'before', 'after']), [
      'currency',
      'before',
    ]).flatMap((group) => {
      const of = total(group, 'accounts');
      const balance = total(group, 'positive');
      return group.map(({ positive, ...row }) => ({
        ...row,
        of,
        ...interval(amountOf(row, 'accounts'), of),
        share_of_balance:
          row.currency === null || positive === null ? null : ratio(Number(positive), balance),
      }));
    });
    const n = total(
      rows.filter(({ currency }) => currency === null),
      'accounts',
    );
    const ways = rows.filter(({ currency, before, after }) => currency === null && before !== after);
    const largest = ways.reduce<KpiRow>(
      (a, b) => (amountOf(b, 'accounts') > amountOf(a, 'accounts') ? b : a),
      ways[0] ?? {},
    );
    return {
      rows,
      n,
      of: n,
      figures: {
        months: opened(scope).length,
        largest_before: largest.before ?? null,
        largest_after: largest.after ?? null,
        largest_accounts: largest.accounts ?? null,
      },
    };
  },
});
