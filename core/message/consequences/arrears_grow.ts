import { sql } from '../../sql/sql.ts';
import { countCases } from '../cases.ts';
import type { ConsequenceKind } from '../consequence.ts';
import { current } from '../group.ts';
import { dueByContract } from '../lawful.ts';

const arrearsGrow: ConsequenceKind = {
  text: {
    title: { es: 'Lo vencido crece', en: 'What is past due grows' },
    summary: {
      es: 'Lo que no se paga se suma a lo que vence después.',
      en: 'What is not paid is added to what falls due next.',
    },
  },
  cases: {
    es: 'Cuentas en mora en las dos últimas fechas, sin ningún pago entre ellas.',
    en: 'Accounts past due on the last two dates, with no payment between them.',
  },
  carriedOut: {
    es: 'Lo vencido es mayor en la segunda; donde no se conoce, lo son los días de mora.',
    en: 'The arrears are larger on the second; where they are not known, the days past due are.',
  },
  measure(dialect, question) {
    const day = dialect.date(question.asOf);
    return countCases(
      dialect,
      question,
      sql`SELECT a.customer_id, coalesce(s.arrears > b.arrears, s.days_past_due > b.days_past_due) AS happened
      FROM ${current('snapshots')} s
      JOIN (SELECT max(as_of) AS as_of FROM ${current('snapshots')} WHERE as_of < ${day}) d ON true
      JOIN ${current('snapshots')} b ON b.account_id = s.account_id AND b.as_of = d.as_of
      JOIN ${current('accounts')} a ON a.account_id = s.account_id
      WHERE s.as_of = ${day} AND s.days_past_due > 0 AND b.days_past_due > 0
        AND coalesce(s.status, '') <> 'charged_off'
        AND NOT EXISTS (SELECT 1 FROM ${current('payments')} p WHERE p.account_id = s.account_id AND p.amount > 0
          AND NOT coalesce(p.reversed, false) AND p.paid_at >= b.as_of AND p.paid_at < ${dialect.addDays(day, 1)})`,
    );
  },
  lawful: dueByContract,
};

export default arrearsGrow;
