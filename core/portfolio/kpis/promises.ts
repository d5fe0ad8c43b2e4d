import { z } from 'zod';
import { literal, raw, sql } from '../../sql/sql.ts';
import { field } from '../../text/field.ts';
import { defineKpi, type KpiRow } from '../kpi.ts';
import { column, columns } from './parts/columns.ts';
import { contactsInScope, inWindow, ofAccount } from './parts/events.ts';
import { amountOf, inOrder, interval, ratio, total } from './parts/rows.ts';

const parameters = z.object({
  paidShare: z.coerce
    .number()
    .min(0.01)
    .max(1)
    .default(0.95)
    .meta(
      field('Parte pagada', 'Part paid', {
        es: 'Parte de lo prometido que hay que pagar: 0,95 es el 95 %',
        en: 'Part of the promised amount that has to be paid: 0.95 is 95%',
      }),
    ),
  graceDays: z.coerce
    .number()
    .int()
    .min(0)
    .max(60)
    .default(3)
    .meta(
      field('Días de gracia', 'Days of grace', {
        es: 'Después de la fecha prometida, y todavía cuentan',
        en: 'After the promised date, that still count',
      }),
    ),
});

/**
 * Promises by month: how many for each right-party contact, and of those that have matured how many were kept by the
 * payments, with what the loaded column says beside it. Wilson interval of 95 % for kept.
 */
export default defineKpi({
  text: {
    title: { es: 'Promesas de pago', en: 'Promises to pay' },
    summary: {
      es: 'Promesas por contacto con el titular, y cuántas de las vencidas se cumplieron.',
      en: 'Promises for each right-party contact, and how many of the matured ones were kept.',
    },
  },
  definition: {
    es: 'Promesas del mes sobre contactos con el titular del mes (una persona puede prometer sin que la llamen: la razón puede pasar de 1). Cumplida: pagado, entre la promesa y tres días tras su fecha, al menos el 95 % de lo prometido (ambos se pueden cambiar), según los pagos no devueltos; solo promesas vencidas con ese plazo. Un pago cuenta para cada promesa abierta de la cuenta. Fechas: las de la promesa y el contacto; el tramo, el del mes anterior.',
    en: 'Promises of the month over right-party contacts of the month (a person may promise without being called: the ratio may exceed 1). Kept: paid, between the promise and three days after its date, at least 95 % of what was promised (both can be changed), by payments not reversed; only promises past that time. A payment counts for every open promise of the account. Dates are those of promise and contact; the bucket is that of the month before.',
  },
  population: {
    es: 'Promesas hechas y contactos enviados en las fechas.',
    en: 'Promises made and contacts sent on the dates.',
  },
  denominator: {
    es: 'Tasa de promesa: contactos con el titular. Cumplidas: promesas vencidas.',
    en: 'Promise rate: right-party contacts. Kept: matured promises.',
  },
  needs: [{ table: 'promises' }, { table: 'payments' }],
  parameters,
  columns: [
    columns.month,
    column('right_party', 'count', 'Contactos con el titular', 'Right-party contacts'),
    column('promises', 'count', 'Promesas', 'Promises'),
    column('promise_rate', 'ratio', 'Promesas por contacto', 'Promises per contact'),
    column('matured', 'count', 'Vencidas', 'Matured'),
    column('kept', 'count', 'Cumplidas', 'Kept'),
    column('kept_share', 'share', 'Cumplidas, proporción', 'Kept share'),
    columns.lower,
    columns.upper,
    column('noted', 'count', 'Con cumplimiento anotado', 'Noted as kept or not'),
    column('noted_kept_share', 'share', 'Cumplidas según la columna', 'Kept by the column'),
  ],
  statement: (scope) => {
    const { dialect, asOf, parameters: chosen } = scope;
    const last = dialect.addDays(raw('r.due_on'), chosen.graceDays);
    const month = (at: string) => dialect.monthStart(raw(at));
    return sql`WITH made AS (
  SELECT r.promise_id, r.account_id, r.made_at, r.due_on, r.amount, r.kept, ${month('r.made_at')} AS month, ${last} <= ${dialect.date(literal(asOf))} AS matured
  FROM current_promises AS r
  WHERE ${inWindow(scope, raw('r.made_at'))} AND ${ofAccount(scope, raw('r.account_id'), raw('r.made_at'))}
), paid AS (
  SELECT r.promise_id, sum(p.amount) AS paid
  FROM made AS r
  JOIN current_payments AS p ON p.account_id = r.account_id AND p.paid_at >= ${dialect.cast(raw('r.made_at'), 'date')}
    AND p.paid_at < ${dialect.addDays(raw('r.due_on'), chosen.graceDays + 1)} AND NOT coalesce(p.reversed, false)
  WHERE r.matured GROUP BY r.promise_id
), spoken AS (
  SELECT ${month('k.sent_at')} AS month, ${dialect.countIf(raw('k.right_party'))} AS right_party, count(k.right_party) AS noted
  FROM (${contactsInScope(scope)}) AS k GROUP BY 1
), promised AS (
  SELECT r.month, ${dialect.countIf(raw('true'))} AS promises, ${dialect.countIf(raw('r.matured'))} AS matured,
    ${dialect.countIf(sql`r.matured AND coalesce(p.paid, 0) >= ${raw(String(chosen.paidShare))} * r.amount`)} AS kept,
    ${dialect.countIf(raw('r.matured AND r.kept IS NOT NULL'))} AS noted, ${dialect.countIf(raw('r.matured AND r.kept'))} AS noted_kept
  FROM made AS r LEFT JOIN paid AS p ON p.promise_id = r.promise_id GROUP BY 1
)
SELECT ${dialect.cast(raw('coalesce(a.month, s.month)'), 'text')} AS month, CASE WHEN s.noted > 0 THEN s.right_party END AS right_party,
  coalesce(a.promises, 0) AS promises, coalesce(a.matured, 0) AS matured, coalesce(a.kept, 0) AS kept,
  coalesce(a.noted, 0) AS noted, coalesce(a.noted_kept, 0) AS noted_kept
FROM promised AS a FULL JOIN spoken AS s ON s.month = a.month
ORDER BY 1`;
  },
  answer: (found) => {
    const rows = found.map(({ noted_kept, ...row }): KpiRow => {
      const { share, lower, upper } = interval(amountOf(row, 'kept'), amountOf(row, 'matured'));
      const contacts = amountOf(row, 'right_party');
      return {
        month: row.month ?? null,
        right_party: row.right_party ?? null,
        promises: row.promises ?? 0,
        promise_rate: row.right_party === null ? null : ratio(amountOf(row, 'promises'), contacts),
        matured: row.matured ?? 0,
        kept: row.kept ?? 0,
        kept_share: share,
        lower,
        upper,
        noted: row.noted ?? 0,
        noted_kept_share: ratio(Number(noted_kept ?? 0), amountOf(row, 'noted')),
      };
    });
    const matured = total(rows, 'matured');
    return {
      rows: inOrder(rows, ['month']),
      n: total(rows, 'promises'),
      of: matured,
      figures: {
        kept_share: ratio(total(rows, 'kept'), matured),
        promise_rate: ratio(total(rows, 'promises'), total(rows, 'right_party')),
        right_party: total(rows, 'right_party'),
      },
    };
  },
});
