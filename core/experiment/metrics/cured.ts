import { sql } from '../../sql/sql.ts';
import type { Metric } from '../metric.ts';
import { clearedAccounts } from './parts/arrears.ts';

/** 1 when every account that was past due on the day of entering was cleared within the window (`clearedAccounts`). */
const cured: Metric = {
  text: {
    title: { es: 'Se puso al día', en: 'Cleared arrears' },
    summary: {
      es: 'Parte de las personas que pusieron al día todas sus cuentas dentro del plazo.',
      en: 'Share of people who cleared the arrears of all their accounts within the window of days.',
    },
    definition: {
      es: 'De todas las personas asignadas, las que pusieron al día, desde que entraron hasta el fin del plazo, todas las cuentas que entonces estaban en mora. Una cuenta está al día cuando una fecha de la cartera la muestra con 0 días de mora, o cuando lo pagado desde la entrada, sin lo devuelto, alcanza lo vencido en la última fecha hasta ese día más las cuotas que vencieron después de entrar, si se conocen; no vale si una fecha posterior del plazo muestra más días de mora que los pasados desde ese pago. Castigada o vendida no es al día. Quien no tenía nada vencido cuenta como no.',
      en: 'Of all people assigned, those who from entering to the end of the window cleared every account that was past due then. An account is cleared when a date of the portfolio shows it at 0 days past due, or when payments since entering, less those reversed, reach the arrears of the last date up to that day and the instalments that fell due after entering, where known; not if a later date of the window shows more days past due than have gone by since that payment. Charged off or sold is not cleared. People with nothing past due count as no.',
    },
  },
  kind: 'proportion',
  unit: 'share',
  better: 'higher',
  margin: 0.01,
  capAt: null,
  needs: ['accounts', 'snapshots', 'payments'],
  byClearing: true,
  outcomes: (dialect, window) =>
    sql`${clearedAccounts(dialect, window)}
    SELECT customer_id, CASE WHEN count(cleared_on) = count(*) THEN CAST(1 AS DOUBLE) ELSE CAST(0 AS DOUBLE) END AS y
    FROM cleared GROUP BY customer_id`,
};

export default cured;
