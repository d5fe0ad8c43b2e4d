import { raw } from '../../../sql/sql.ts';
import type { QualityCheck } from '../check.ts';
import { countRows } from '../count.ts';

/** Payments dated before their account was opened. */
export const beforeOpening: QualityCheck = {
  id: 'before_opening',
  title: { es: 'Pagos antes de la apertura', en: 'Payments before opening' },
  found: {
    es: '{affected, number} pagos ({share, number, percent}) son anteriores a la apertura de su cuenta.',
    en: '{affected, number} payments ({share, number, percent}) are dated before their account was opened.',
  },
  clean: {
    es: 'Ningún pago es anterior a la apertura de su cuenta.',
    en: 'No payment is dated before its account was opened.',
  },
  remarkAbove: 0,
  seriousAbove: 0.05,
  probes: ({ dialect, isFilled }) =>
    isFilled('payments', 'paid_at') && isFilled('accounts', 'opened_on')
      ? [
          {
            table: 'payments',
            column: 'paid_at',
            statement: countRows(
              dialect,
              raw('current_payments AS p JOIN current_accounts AS a ON a.account_id = p.account_id'),
              raw('p.paid_at < a.opened_on'),
            ),
          },
        ]
      : [],
};
