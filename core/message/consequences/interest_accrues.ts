import { sql } from '../../sql/sql.ts';
import { countCases } from '../cases.ts';
import type { ConsequenceKind } from '../consequence.ts';
import { current } from '../group.ts';
import { dueByContract } from '../lawful.ts';

const interestAccrues: ConsequenceKind = {
  text: {
    title: { es: 'Corren intereses', en: 'Interest accrues' },
    summary: {
      es: 'El contrato cobra intereses mientras haya algo vencido.',
      en: 'The contract charges interest while something is past due.',
    },
  },
  cases: { es: 'Cuentas en mora en la última fecha.', en: 'Accounts past due on the last date.' },
  carriedOut: {
    es: 'El contrato tiene una tasa mayor que cero; una cuenta sin tasa cargada no cuenta a favor.',
    en: 'The contract has a rate above zero; an account whose rate was not loaded does not count in favour.',
  },
  measure: (dialect, question) =>
    countCases(
      dialect,
      question,
      sql`SELECT a.customer_id, coalesce(a.rate, 0) > 0 AS happened
      FROM ${current('snapshots')} s JOIN ${current('accounts')} a ON a.account_id = s.account_id
      WHERE s.as_of = ${dialect.date(question.asOf)} AND s.days_past_due > 0`,
    ),
  lawful: dueByContract,
};

export default interestAccrues;
