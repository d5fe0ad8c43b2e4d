import { sql } from '../../sql/sql.ts';
import type { ClaimKind } from '../claim.ts';
import { countByGroup, current, grouped, groupsOf } from '../group.ts';

/** Not by bucket: whoever is up to date is in none. */
const by = ['country'] as const;
const byProduct = ['country', 'product'] as const;

const customersUpToDate: ClaimKind = {
  text: {
    title: { es: 'n de cada 10 clientes están al día', en: 'n in 10 customers are up to date' },
    summary: {
      es: 'Cuántos clientes no tienen nada vencido en la última fecha.',
      en: 'How many customers have nothing past due on the last date.',
    },
  },
  population: {
    es: 'Clientes distintos con alguna cuenta en la última fecha, del mismo país y, cuando el segmento fija un producto, del mismo producto. No por tramo de mora: quien está al día no está en ninguno.',
    en: 'Distinct customers with an account on the last date, of the same country and, where the segment fixes a product, of the same product. Not by bucket: whoever is up to date is in none.',
  },
  numerator: {
    es: 'Los que no tienen ninguna cuenta, de ningún producto, con días de mora.',
    en: 'Those with no account, of any product, that has days past due.',
  },
  by,
  narrowsTo: ['product'],
  windowDays: 0,
  count(dialect, question) {
    const groups = question.scope?.product ? byProduct : by;
    return countByGroup(
      dialect,
      groups,
      question,
      sql`SELECT a.customer_id, ${groupsOf(groups, question.country)}, max(w.days_past_due) = 0 AS counted
      FROM ${current('snapshots')} s
      JOIN ${current('accounts')} a ON a.account_id = s.account_id
      JOIN (SELECT o.customer_id, max(t.days_past_due) AS days_past_due FROM ${current('snapshots')} t
        JOIN ${current('accounts')} o ON o.account_id = t.account_id
        WHERE t.as_of = ${dialect.date(question.asOf)} GROUP BY o.customer_id) w ON w.customer_id = a.customer_id
      LEFT JOIN ${current('customers')} c ON c.customer_id = a.customer_id
      WHERE s.as_of = ${dialect.date(question.asOf)}
      GROUP BY ${grouped(groups)}`,
    );
  },
};

export default customersUpToDate;
