import { sql } from '../../sql/sql.ts';
import type { ClaimKind } from '../claim.ts';
import { countByGroup, current, grouped, groupsOf } from '../group.ts';

const by = ['country'] as const;

const customersUpToDate: ClaimKind = {
  text: {
    title: { es: 'n de cada 10 clientes están al día', en: 'n in 10 customers are up to date' },
    summary: {
      es: 'Cuántos clientes no tienen nada vencido en la última fecha.',
      en: 'How many customers have nothing past due on the last date.',
    },
  },
  population: {
    es: 'Clientes distintos con alguna cuenta en la última fecha, del mismo país.',
    en: 'Distinct customers with an account on the last date, of the same country.',
  },
  numerator: {
    es: 'Los que no tienen ninguna cuenta con días de mora.',
    en: 'Those with no account that has days past due.',
  },
  by,
  windowDays: 0,
  count: (dialect, question) =>
    countByGroup(
      dialect,
      by,
      question,
      sql`SELECT a.customer_id, ${groupsOf(by, question.country)}, max(s.days_past_due) = 0 AS counted
      FROM ${current('snapshots')} s
      JOIN ${current('accounts')} a ON a.account_id = s.account_id
      LEFT JOIN ${current('customers')} c ON c.customer_id = a.customer_id
      WHERE s.as_of = ${dialect.date(question.asOf)}
      GROUP BY ${grouped(by)}`,
    ),
};

export default customersUpToDate;
