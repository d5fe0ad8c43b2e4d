import { z } from 'zod';
import { literal, raw, type Sql, sql } from '../../sql/sql.ts';
import { defineKpi, type KpiRow } from '../kpi.ts';
import { column, columns } from './parts/columns.ts';
import { amountOf, grouped, inOrder, ratio, total } from './parts/rows.ts';
import { accountStates, inBucket, monthDate, monthNumber } from './parts/states.ts';

const tops = [
  ['top_1_percent', 0.01],
  ['top_10_percent', 0.1],
] as const;

/** One row a group: dimension, currency, name, units, balance and the square of the balance, all exact. */
const by = (dimension: string, name: Sql, units: Sql): Sql =>
  sql`SELECT ${literal(dimension)} AS dimension, currency, ${name} AS name, ${units} AS units, sum(balance) AS balance, NULL AS squares
FROM held GROUP BY currency, ${name}`;

/**
 * How concentrated the open balance is on the date of the figure, per currency: by product, by country, in the
 * largest holders, and the Herfindahl–Hirschman index of each (sum of squared shares, 1 / number of equal parts to 1).
 */
export default defineKpi({
  text: {
    title: { es: 'Concentración', en: 'Concentration' },
    summary: {
      es: 'Cuánto del saldo está en pocos productos, países o titulares.',
      en: 'How much of the balance is in few products, countries or holders.',
    },
  },
  definition: {
    es: 'Saldo vigente positivo por producto, país y titular; parte que tiene el 1 % y el 10 % de titulares con más saldo (redondeado hacia arriba); e índice de Herfindahl-Hirschman, la suma de las proporciones al cuadrado (1: todo en uno). El tramo es el de la fecha; «desde» no cambia nada.',
    en: 'Positive open balance by product, country and holder; the part held by the 1% and 10% of holders with most balance (rounded up); and the Herfindahl–Hirschman index, the sum of squared shares (1: all in one). The bucket is that of the date; "since" changes nothing.',
  },
  population: {
    es: 'Cuentas vigentes con saldo positivo en la última fecha.',
    en: 'Open accounts with a positive balance on the last date.',
  },
  denominator: { es: 'Saldo vigente de la moneda', en: 'Open balance of the currency' },
  needs: [{ table: 'accounts' }, { table: 'snapshots' }, { table: 'snapshots', column: 'balance' }],
  parameters: z.object({}),
  columns: [
    columns.currency,
    column('dimension', 'code', 'Por', 'By'),
    column('name', 'code', 'Cuál', 'Which'),
    column('units', 'count', 'Cuentas o titulares', 'Accounts or holders'),
    columns.balance,
    columns.share,
  ],
  amounts: ['snapshots'],
  amountsFrom: ({ asOf }) => monthDate(monthNumber(asOf)),
  statement: (scope) => {
    const { dialect, asOf } = scope;
    const count = dialect.countIf(raw('true'));
    return sql`WITH held AS (
  SELECT s.currency, s.product_type, substr(c.jurisdiction, 1, 2) AS country, s.customer_id, s.balance
  FROM (${accountStates(scope, monthDate(monthNumber(asOf)), ['customer_id', 'product_type'])}) AS s
  LEFT JOIN current_customers AS c ON c.customer_id = s.customer_id
  WHERE s.state NOT IN ('charged_off', 'closed') AND s.balance > 0 AND ${inBucket(scope, raw('s.state'))}
), holders AS (
  SELECT currency, customer_id, ${dialect.cast(raw('sum(balance)'), 'money')} AS balance FROM held GROUP BY currency, customer_id
), ranked AS (
  SELECT currency, balance, ${dialect.rowNumber([raw('currency')], [raw('balance DESC'), raw('customer_id')])} AS place,
    count(*) OVER (PARTITION BY currency) AS holders FROM holders
)
${by('product', raw('product_type'), count)}
UNION ALL
${by('country', raw('country'), count)}
UNION ALL
SELECT 'all', currency, NULL, ${count}, sum(balance), sum(CAST(balance AS DECIMAL(38,2)) * CAST(balance AS DECIMAL(38,2))) FROM holders GROUP BY currency
${tops.reduce<Sql>(
  (text, [name, part]) => sql`${text}UNION ALL
SELECT 'holders', currency, ${literal(name)}, ${count}, sum(balance), NULL FROM ranked WHERE place <= ceil(holders * ${raw(String(part))}) GROUP BY currency
`,
  raw(''),
)}ORDER BY 2, 1, 3`;
  },
  answer: (found) => {
    const rows = grouped(inOrder(found, ['currency']), ['currency']).flatMap((group): KpiRow[] => {
      const all = group.find(({ dimension }) => dimension === 'all');
      const whole = amountOf(all, 'balance');
      const parts = (dimension: string) => group.filter((row) => row.dimension === dimension);
      const index = (dimension: string) =>
        parts(dimension).reduce((sum, row) => sum + (amountOf(row, 'balance') / whole) ** 2, 0);
      const herfindahl = (name: string, units: number, value: number): KpiRow => ({
        currency: all?.currency ?? null,
        dimension: 'hhi',
        name,
        units,
        balance: all?.balance ?? null,
        share: Math.min(1, value),
      });
      return [
        ...(['product', 'country', 'holders'] as const).flatMap((dimension) =>
          inOrder(parts(dimension), ['name']).map(
            ({ squares, ...row }): KpiRow => ({
              currency: row.currency ?? null,
              dimension,
              name: row.name ?? null,
              units: row.units ?? null,
              balance: row.balance ?? null,
              share: ratio(amountOf(row, 'balance'), whole),
            }),
          ),
        ),
        herfindahl('product', parts('product').length, index('product')),
        herfindahl('country', parts('country').length, index('country')),
        herfindahl('holders', amountOf(all, 'units'), amountOf(all, 'squares') / whole ** 2),
      ];
    });
    const accounts = total(
      found.filter(({ dimension }) => dimension === 'product'),
      'units',
    );
    return {
      rows,
      n: accounts,
      of: accounts,
      figures: {
        holders: total(
          found.filter(({ dimension }) => dimension === 'all'),
          'units',
        ),
      },
    };
  },
});
