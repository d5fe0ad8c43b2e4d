import { z } from 'zod';
import { sql } from '../../sql/sql.ts';
import { defineKpi, type KpiRow } from '../kpi.ts';
import { column, columns } from './parts/columns.ts';
import { everChargedOff, netSteps, stocks } from './parts/net.ts';
import { openings, unfiltered, withPairs } from './parts/pairs.ts';
import { dateAfter, inOrder, ratio, total } from './parts/rows.ts';

/**
 * Net roll over time: balance of the next bucket over the balance of a bucket a month before, per currency. It is a
 * ratio of two stocks of different accounts and may exceed 1; it has no interval.
 */
export default defineKpi({
  text: {
    title: { es: 'Rodamiento neto', en: 'Net roll rates' },
    summary: {
      es: 'Saldo de un tramo sobre el saldo del tramo anterior un mes antes.',
      en: 'Balance of a bucket over the balance of the one before it, a month earlier.',
    },
  },
  definition: {
    es: 'Neto: saldo del tramo b+1 en el mes sobre el saldo de b un mes antes. Compara dos saldos, no sigue cuentas, y puede pasar de 1. El último paso toma lo castigado en el mes, venga del tramo que venga, por su saldo de apertura. Un tramo que nunca tiene saldo se salta. El tramo es el de partida; «desde» mira las aperturas desde esa fecha.',
    en: 'Net: balance of bucket b+1 in the month over the balance of b a month before. It compares two balances, follows no account, and may exceed 1. The last step takes what was charged off in the month, from any bucket, at its opening balance. A bucket that never holds anything is passed over. The bucket is the one they start from; "since" looks at openings from that date.',
  },
  population: {
    es: 'Saldos positivos de las cuentas con dato en cada mes.',
    en: 'Positive balances of accounts with a snapshot in each month.',
  },
  denominator: { es: 'Saldo del tramo un mes antes', en: 'Balance of the bucket a month before' },
  needs: [{ table: 'accounts' }, { table: 'snapshots' }, { table: 'snapshots', column: 'balance' }],
  parameters: z.object({}),
  columns: [
    columns.asOf,
    columns.currency,
    columns.before,
    columns.after,
    column('opening_balance', 'money', 'Saldo un mes antes', 'Balance a month before'),
    column('closing_balance', 'money', 'Saldo del tramo siguiente', 'Balance of the next bucket'),
    column('net_roll', 'ratio', 'Rodamiento neto', 'Net roll'),
    columns.accounts,
  ],
  amounts: ['snapshots'],
  statement: (scope) => sql`${withPairs(unfiltered(scope), openings(scope), everChargedOff)}
${stocks(scope)}
ORDER BY 1, 2, 3`,
  answer: (found, scope) => {
    const { bucket } = scope.filter;
    const rows: KpiRow[] = netSteps(found, openings(scope))
      .filter(({ before }) => bucket === undefined || before === bucket)
      .map(({ month, currency, before, after, accounts, opening, closing }) => ({
        as_of: dateAfter(scope.dates, month, 1),
        currency,
        before,
        after,
        opening_balance: opening,
        closing_balance: closing,
        net_roll: ratio(Number(closing), Number(opening)),
        accounts,
      }));
    const n = total(
      rows.filter(({ as_of }) => as_of === scope.asOf),
      'accounts',
    );
    return {
      rows: inOrder(rows, ['as_of', 'currency', 'before']),
      n,
      of: n,
      figures: { months: new Set(rows.map(({ as_of }) => as_of)).size },
    };
  },
});
