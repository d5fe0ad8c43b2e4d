import { sql } from '../../sql/sql.ts';
import type { ClaimKind } from '../claim.ts';
import { countByGroup, current, grouped, groupsOf } from '../group.ts';

const by = ['country', 'product'] as const;
/** Days after the second reminder in which a payment counts. */
const afterDays = 14;

const paidAfterSecondReminder: ClaimKind = {
  text: {
    title: {
      es: 'n de cada 10 pagaron en los 14 días que siguieron al segundo recordatorio',
      en: 'n in 10 people paid in the 14 days that followed the second reminder',
    },
    summary: {
      es: 'De quienes recibieron dos recordatorios, cuántos pagaron algo en las dos semanas siguientes. No dice que fuera por el recordatorio.',
      en: 'Of those who got two reminders, how many paid something in the two weeks after. It does not say that the reminder did it.',
    },
  },
  population: {
    es: 'Clientes distintos a quienes se entregó un segundo mensaje sobre una cuenta en la ventana, del mismo país y producto, con 14 días completos después.',
    en: 'Distinct customers to whom a second message about an account was delivered in the window, of the same country and product, with 14 whole days after it.',
  },
  numerator: {
    es: 'Los que pagaron algo de esa cuenta en esos 14 días, sin devoluciones.',
    en: 'Those who paid something on that account in those 14 days, reversals aside.',
  },
  by,
  windowDays: 180,
  count(dialect, question) {
    const { asOf, windowDays, country } = question;
    const day = dialect.date(asOf);
    const reminders = sql`SELECT customer_id, account_id, sent_at, ${dialect.rowNumber(
      [sql`customer_id`, sql`account_id`],
      [sql`sent_at`, sql`contact_id`],
    )} AS place
      FROM ${current('contacts')}
      WHERE delivered AND channel <> 'call' AND account_id IS NOT NULL
        AND sent_at >= ${dialect.addDays(day, -windowDays)} AND sent_at < ${dialect.addDays(day, 1)}`;
    return countByGroup(
      dialect,
      by,
      question,
      sql`SELECT r.customer_id, ${groupsOf(by, country)}, max(CASE WHEN p.account_id IS NULL THEN 0 ELSE 1 END) = 1 AS counted
      FROM (${reminders}) r
      JOIN ${current('accounts')} a ON a.account_id = r.account_id
      LEFT JOIN ${current('customers')} c ON c.customer_id = r.customer_id
      LEFT JOIN ${current('payments')} p ON p.account_id = r.account_id AND p.amount > 0 AND NOT coalesce(p.reversed, false)
        AND p.paid_at > r.sent_at AND p.paid_at <= ${dialect.addDays(sql`r.sent_at`, afterDays)}
        AND coalesce(p.known_at, p.paid_at) < ${dialect.addDays(day, 1)}
      WHERE r.place = 2 AND r.sent_at < ${dialect.addDays(day, 1 - afterDays)}
      GROUP BY ${grouped(by)}`,
    );
  },
};

export default paidAfterSecondReminder;
