import { sql } from '../../sql/sql.ts';
import { countCases } from '../cases.ts';
import type { ConsequenceKind } from '../consequence.ts';
import { current } from '../group.ts';
import { dueByContract } from '../lawful.ts';

/** Days of balances looked back over. */
const windowDays = 190;

const arrearsGrow: ConsequenceKind = {
  text: {
    title: { es: 'Lo vencido crece', en: 'What is past due grows' },
    summary: {
      es: 'Lo que no se paga se suma a lo que vence después.',
      en: 'What is not paid is added to what falls due next.',
    },
  },
  cases: {
    es: 'Cuentas en mora en dos fechas seguidas de los últimos 190 días, sin pagos ni ajustes entre ellas; de toda la cartera.',
    en: 'Accounts past due on two dates in a row of the last 190 days, with no payment or adjustment between them; of the whole portfolio.',
  },
  carriedOut: {
    es: 'Lo vencido es mayor en la segunda; donde no se conoce, el caso no se cuenta.',
    en: 'The arrears are larger on the second; where they are not known, the case is not counted.',
  },
  measure(dialect, question) {
    const day = dialect.date(question.asOf);
    return countCases(
      dialect,
      question,
      sql`SELECT a.customer_id, s.arrears > b.arrears AS happened
      FROM (SELECT as_of, lag(as_of) OVER (ORDER BY as_of) AS before FROM
        (SELECT DISTINCT as_of FROM ${current('snapshots')} WHERE as_of <= ${day} AND as_of >= ${dialect.addDays(day, -windowDays)}) x) d
      JOIN ${current('snapshots')} s ON s.as_of = d.as_of AND s.days_past_due > 0 AND coalesce(s.status, '') <> 'charged_off'
      JOIN ${current('snapshots')} b ON b.account_id = s.account_id AND b.as_of = d.before AND b.days_past_due > 0
      JOIN ${current('accounts')} a ON a.account_id = s.account_id
      WHERE s.arrears IS NOT NULL AND b.arrears IS NOT NULL
        AND NOT EXISTS (SELECT 1 FROM ${current('payments')} p WHERE p.account_id = s.account_id AND p.amount > 0
          AND NOT coalesce(p.reversed, false) AND p.paid_at >= b.as_of AND p.paid_at < ${dialect.addDays(sql`s.as_of`, 1)})
        AND NOT EXISTS (SELECT 1 FROM ${current('adjustments')} j WHERE j.account_id = s.account_id
          AND j.occurred_at >= b.as_of AND j.occurred_at < ${dialect.addDays(sql`s.as_of`, 1)})`,
    );
  },
  lawful: dueByContract,
};

export default arrearsGrow;
