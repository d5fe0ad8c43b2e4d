import { raw, sql } from '../../sql/sql.ts';
import type { Metric } from '../metric.ts';
import { clearedAccounts } from './parts/arrears.ts';

/** Day, counted from entering, on which the last account past due was cleared; one more than the window when none was. */
const daysToCure: Metric = {
  text: {
    title: { es: 'Días hasta ponerse al día', en: 'Days to clear' },
    summary: {
      es: 'Días desde la entrada hasta que la mitad de las personas se puso al día.',
      en: 'Days from entering until half of the people had cleared their arrears.',
    },
    definition: {
      es: 'Día, contado desde la entrada, en que quedó al día la última de las cuentas en mora (regla de «Se puso al día»); se compara la mediana de todas las personas asignadas. Quien no se puso al día en el plazo cuenta un día más que el plazo. Con fechas mensuales el día es el del pago, o el de la fecha que lo muestra. Quien no tenía nada vencido cuenta como 0.',
      en: 'Day, counted from entering, on which the last of the accounts past due was cleared (the rule of “Cleared arrears”); the median of all people assigned is compared. Whoever did not clear within the window counts one day more than the window of days. With monthly dates the day is that of the payment, or of the date that shows it. People with nothing past due count as 0.',
    },
  },
  kind: 'quantile',
  unit: 'days',
  better: 'lower',
  margin: null,
  capAt: null,
  needs: ['accounts', 'snapshots', 'payments'],
  byClearing: true,
  outcomes: (dialect, asked) => {
    const days = dialect.daysBetween(raw('entered_on'), raw('max(cleared_on)'));
    const never = raw(String(asked.horizonDays + 1));
    return sql`${clearedAccounts(dialect, asked)}
    SELECT customer_id, ${dialect.float(sql`CASE WHEN count(cleared_on) = count(*) THEN ${days} ELSE ${never} END`)} AS y
    FROM cleared GROUP BY customer_id, entered_on`;
  },
};

export default daysToCure;
