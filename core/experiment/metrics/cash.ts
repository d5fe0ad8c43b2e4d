import { raw, sql } from '../../sql/sql.ts';
import type { Metric } from '../metric.ts';
import { within } from './parts/in-window.ts';

/** Payments to all of a person's accounts within the window, less those reversed, by currency. */
const cash: Metric = {
  text: {
    title: { es: 'Cobrado por persona', en: 'Cash per person' },
    summary: {
      es: 'Lo pagado por persona dentro del plazo, en cada moneda por separado.',
      en: 'What each person paid within the window, each currency apart.',
    },
    definition: {
      es: 'Pagos a todas las cuentas de la persona desde que entró hasta el fin del plazo, sin los devueltos, conocidos a la fecha. Media sobre todas las personas asignadas; quien no pagó cuenta 0. Cada moneda por separado, nunca sumadas. Los importes sobre el cuantil 99 se toman como ese cuantil; el dinero se muestra también sin topar.',
      en: 'Payments to all of the person’s accounts from entering to the end of the window, less those reversed, known by the date. Mean over all people assigned; whoever paid nothing counts 0. Each currency apart, never added. Amounts above the 99 % quantile are taken as that quantile; money is also shown uncapped.',
    },
  },
  kind: 'mean',
  unit: 'money',
  better: 'higher',
  margin: null,
  capAt: 0.99,
  needs: ['accounts', 'payments'],
  outcomes: (dialect, asked) =>
    sql`SELECT p.customer_id, a.currency, ${dialect.float(raw('sum(m.amount)'))} AS y
    FROM (${asked.people}) p
    JOIN current_accounts a ON a.customer_id = p.customer_id
    JOIN current_payments m ON m.account_id = a.account_id
    WHERE NOT coalesce(m.reversed, false) AND ${within(dialect, asked, raw('m.paid_at'), raw('m.known_at'))}
    GROUP BY p.customer_id, a.currency`,
};

export default cash;
