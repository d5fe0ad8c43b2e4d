import { sql } from '../../sql/sql.ts';
import type { ClaimKind } from '../claim.ts';
import { countByGroup, current, grouped, groupsOf } from '../group.ts';

const by = ['country', 'product', 'bucket'] as const;

const clearedWithinAMonth: ClaimKind = {
  text: {
    title: {
      es: 'n de cada 10 en su situación se pusieron al día en un mes',
      en: 'n in 10 people in the same situation caught up within a month',
    },
    summary: {
      es: 'De quienes tenían el mismo producto y la misma mora en el mismo país, cuántos quedaron al día.',
      en: 'Of those with the same product, the same bucket and the same country, how many caught up.',
    },
  },
  population: {
    es: 'Clientes distintos con mora en la fecha anterior, del mismo país, producto y tramo.',
    en: 'Distinct customers past due on the date before, of the same country, product and bucket.',
  },
  numerator: {
    es: 'Los que en la última fecha no tienen mora en ninguna de esas cuentas; una cuenta sin saldo ese día no cuenta a favor.',
    en: 'Those with none of these accounts past due on the last date; an account without a balance that day does not count in favour.',
  },
  by,
  windowDays: 28,
  count(dialect, question) {
    const { asOf, windowDays, country } = question;
    return countByGroup(
      dialect,
      by,
      question,
      sql`SELECT a.customer_id, ${groupsOf(by, country)}, max(coalesce(n.days_past_due, 1)) = 0 AS counted
      FROM ${current('snapshots')} s
      JOIN (SELECT max(as_of) AS as_of FROM ${current('snapshots')} WHERE as_of <= ${dialect.addDays(dialect.date(asOf), -windowDays)}) d ON d.as_of = s.as_of
      JOIN ${current('accounts')} a ON a.account_id = s.account_id
      LEFT JOIN ${current('snapshots')} n ON n.account_id = s.account_id AND n.as_of = ${dialect.date(asOf)}
      LEFT JOIN ${current('customers')} c ON c.customer_id = a.customer_id
      WHERE s.days_past_due > 0
      GROUP BY ${grouped(by)}`,
    );
  },
};

export default clearedWithinAMonth;
