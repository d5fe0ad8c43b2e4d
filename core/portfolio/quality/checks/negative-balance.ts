import { current } from '../../../sql/dialects/duckdb.ts';
import { raw } from '../../../sql/sql.ts';
import type { QualityCheck } from '../check.ts';
import { countRows } from '../count.ts';

/** Balances in favour of the customer. */
export const negativeBalance: QualityCheck = {
  id: 'negative_balance',
  title: { es: 'Saldos a favor', en: 'Balances in credit' },
  found: {
    es: '{affected, number} saldos ({share, number, percent}) son negativos: a favor del cliente.',
    en: '{affected, number} balances ({share, number, percent}) are negative: in the customer’s favour.',
  },
  clean: { es: 'Ningún saldo es negativo.', en: 'No balance is negative.' },
  remarkAbove: 0.1,
  probes: ({ dialect, isFilled }) =>
    isFilled('snapshots', 'balance')
      ? [
          {
            table: 'snapshots',
            column: 'balance',
            statement: countRows(dialect, current('snapshots'), raw('balance < 0')),
          },
        ]
      : [],
};
