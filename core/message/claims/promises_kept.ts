import { sql } from '../../sql/sql.ts';
import type { ClaimKind } from '../claim.ts';
import { countByGroup, current, grouped, groupsOf } from '../group.ts';

const by = ['country', 'product'] as const;

const promisesKept: ClaimKind = {
  text: {
    title: {
      es: 'n de cada 10 que eligen una fecha la cumplen',
      en: 'n in 10 people who choose a date keep it',
    },
    summary: {
      es: 'De quienes prometieron pagar, cuántos cumplieron todas sus promesas ya vencidas.',
      en: 'Of those who promised to pay, how many kept every promise that has fallen due.',
    },
  },
  population: {
    es: 'Clientes distintos con promesas hechas en la ventana y ya vencidas, del mismo país y producto.',
    en: 'Distinct customers with promises made in the window that have fallen due, of the same country and product.',
  },
  numerator: { es: 'Los que cumplieron todas.', en: 'Those who kept all of them.' },
  by,
  windowDays: 180,
  count(dialect, question) {
    const { asOf, windowDays, country } = question;
    const day = dialect.date(asOf);
    return countByGroup(
      dialect,
      by,
      question,
      sql`SELECT a.customer_id, ${groupsOf(by, country)}, min(CASE WHEN o.kept THEN 1 ELSE 0 END) = 1 AS counted
      FROM ${current('promises')} o
      JOIN ${current('accounts')} a ON a.account_id = o.account_id
      LEFT JOIN ${current('customers')} c ON c.customer_id = a.customer_id
      WHERE o.kept IS NOT NULL AND o.due_on <= ${day} AND o.made_at >= ${dialect.addDays(day, -windowDays)}
      GROUP BY ${grouped(by)}`,
    );
  },
};

export default promisesKept;
