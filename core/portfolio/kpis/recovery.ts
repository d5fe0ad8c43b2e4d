import { z } from 'zod';
import { literal, raw, sql } from '../../sql/sql.ts';
import { field } from '../../text/field.ts';
import { defineKpi, type KpiRow } from '../kpi.ts';
import { accountsInScope } from './parts/accounts.ts';
import { column, columns } from './parts/columns.ts';
import { inWindow, ofAccount } from './parts/events.ts';
import { told } from './parts/exchange.ts';
import { amountOf, inOrder, ratio, total } from './parts/rows.ts';

const parameters = z.object({
  windowDays: z.coerce
    .number()
    .int()
    .min(1)
    .max(1095)
    .default(90)
    .meta(
      field('Días de ventana', 'Days of the window', {
        es: 'Después de la entrega; el efectivo de esos días cuenta',
        en: 'After placement; cash of those days counts',
      }),
    ),
  split: z
    .enum(['none', 'agency'])
    .default('none')
    .meta(
      field(
        'Agencias',
        'Agencies',
        { es: 'Todas juntas, o cada una', en: 'All together, or each' },
        { none: { es: 'Todas juntas', en: 'All together' }, agency: { es: 'Cada una', en: 'Each' } },
      ),
    ),
});

/**
 * Recovery (liquidation) by month of placement, per currency: cash collected in the window over the balance placed, of
 * placements whose window has ended. It may exceed 1 and has no interval: sums of money, not counts.
 */
export default defineKpi({
  text: {
    title: { es: 'Recuperación por cosecha de entrega', en: 'Recovery by placement cohort' },
    summary: {
      es: 'Efectivo cobrado en la ventana sobre el saldo entregado.',
      en: 'Cash collected in the window over the balance placed.',
    },
  },
  definition: {
    es: 'Pagos no devueltos desde la entrega hasta que acaba la ventana (o hasta la devolución, si fue antes), sobre el saldo entregado; solo entregas cuya ventana ya terminó. Las fechas son de la entrega; el tramo, el del mes anterior a ella.',
    en: 'Payments not reversed from the placement to the end of the window (or to the return, if sooner), over the balance placed; only placements whose window has ended. Dates are those of the placement; the bucket is that of the month before it.',
  },
  population: {
    es: 'Entregas a agencias con la ventana terminada.',
    en: 'Placements with agencies whose window has ended.',
  },
  denominator: { es: 'Saldo entregado de esas entregas', en: 'Balance placed of those placements' },
  needs: [{ table: 'placements' }, { table: 'accounts' }, { table: 'payments' }],
  parameters,
  columns: [
    column('cohort', 'month', 'Cosecha', 'Cohort'),
    columns.currency,
    column('agency', 'code', 'Agencia', 'Agency'),
    column('placements', 'count', 'Entregas', 'Placements'),
    column('matured', 'count', 'Con la ventana terminada', 'Window ended'),
    column('balance_placed', 'money', 'Saldo entregado', 'Balance placed'),
    column('cash', 'money', 'Efectivo', 'Cash'),
    column('recovery', 'ratio', 'Recuperación', 'Recovery'),
  ],
  amounts: ['placements', 'payments'],
  statement: (scope) => {
    const { dialect, asOf, parameters: chosen } = scope;
    const end = dialect.cast(dialect.addDays(raw('p.placed_on'), chosen.windowDays), 'date');
    const placed = told(scope, raw('a.currency'), raw('p.placed_on'));
    const paid = told(scope, raw('w.account_currency'), dialect.cast(raw('y.paid_at'), 'date'));
    return sql`WITH placed AS (
  SELECT p.account_id, p.agency, p.placed_on, ${dialect.monthStart(raw('p.placed_on'))} AS cohort, a.currency AS account_currency, ${placed.currency} AS currency,
    ${placed.amount(raw('p.balance_placed'))} AS balance_placed, least(${end}, coalesce(p.returned_on, ${end})) AS ends_on,
    ${end} <= ${dialect.date(literal(asOf))} AS matured
  FROM current_placements AS p JOIN (${accountsInScope(scope)}) AS a ON a.account_id = p.account_id${placed.join}
  WHERE ${inWindow(scope, raw('p.placed_on'))} AND ${ofAccount(scope, raw('p.account_id'), raw('p.placed_on'))}
), collected AS (
  SELECT w.account_id, w.agency, w.placed_on, sum(${paid.amount(raw('y.amount'))}) AS cash
  FROM placed AS w
  JOIN current_payments AS y ON y.account_id = w.account_id AND y.paid_at >= w.placed_on
    AND y.paid_at < ${dialect.addDays(raw('w.ends_on'), 1)} AND NOT coalesce(y.reversed, false)${paid.join}
  WHERE w.matured GROUP BY 1, 2, 3
)
SELECT ${dialect.cast(raw('w.cohort'), 'text')} AS cohort, w.currency, ${chosen.split === 'agency' ? raw('w.agency') : raw('NULL')} AS agency,
  ${dialect.countIf(raw('true'))} AS placements, ${dialect.countIf(raw('w.matured'))} AS matured,
  ${dialect.sumIf(raw('w.balance_placed'), raw('w.matured'))} AS balance_placed,
  ${dialect.sumIf(raw('coalesce(c.cash, 0)'), raw('w.matured'))} AS cash
FROM placed AS w LEFT JOIN collected AS c ON c.account_id = w.account_id AND c.agency = w.agency AND c.placed_on = w.placed_on
GROUP BY 1, 2, 3
ORDER BY 1, 2, 3`;
  },
  answer: (found, { parameters: chosen }) => {
    const rows = found.map(
      (row): KpiRow => ({
        ...row,
        recovery: row.cash === null ? null : ratio(amountOf(row, 'cash'), amountOf(row, 'balance_placed')),
      }),
    );
    return {
      rows: inOrder(rows, ['cohort', 'currency', 'agency']),
      n: total(rows, 'placements'),
      of: total(rows, 'matured'),
      figures: { window_days: chosen.windowDays },
    };
  },
});
