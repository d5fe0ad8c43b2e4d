import { raw, sql } from '../../sql/sql.ts';
import type { Metric } from '../metric.ts';
import { within } from './parts/in-window.ts';

/** Cost of contacts sent to a person within the window, in the currency of the account, else of their first account. */
const contactCost: Metric = {
  text: {
    title: { es: 'Costo de contacto', en: 'Cost of contact' },
    summary: {
      es: 'Costo de los contactos enviados a cada persona dentro del plazo.',
      en: 'Cost of the contacts sent to each person within the window of days.',
    },
    definition: {
      es: 'Suma del costo de todos los contactos enviados a la persona desde que entró hasta el fin del plazo, en la moneda de la cuenta del contacto o, si no la nombra, de la primera cuenta de la persona. Media sobre todas las personas asignadas; sin contacto cuenta 0. Cada moneda por separado.',
      en: 'Sum of the cost of all contacts sent to the person from entering to the end of the window, in the currency of the contact’s account or, where it names none, of the person’s first account. Mean over all people assigned; no contact counts 0. Each currency apart.',
    },
  },
  kind: 'mean',
  unit: 'money',
  better: 'lower',
  margin: null,
  capAt: null,
  needs: ['accounts', 'contacts'],
  outcomes: (dialect, asked) =>
    sql`WITH holders AS (
      SELECT customer_id, currency FROM (
        SELECT customer_id, currency, ${dialect.rowNumber([raw('customer_id')], [raw('account_id')])} AS place FROM current_accounts
      ) h WHERE place = 1
    )
    SELECT p.customer_id, coalesce(a.currency, h.currency) AS currency, ${dialect.float(raw('sum(k.cost)'))} AS y
    FROM (${asked.people}) p
    JOIN current_contacts k ON k.customer_id = p.customer_id
    LEFT JOIN current_accounts a ON a.account_id = k.account_id
    LEFT JOIN holders h ON h.customer_id = p.customer_id
    WHERE k.cost IS NOT NULL AND coalesce(a.currency, h.currency) IS NOT NULL
      AND ${within(dialect, asked, raw('k.sent_at'), raw('k.known_at'))}
    GROUP BY p.customer_id, coalesce(a.currency, h.currency)`,
};

export default contactCost;
