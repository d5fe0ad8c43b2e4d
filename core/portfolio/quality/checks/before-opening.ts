import { current } from '../../../sql/dialects/duckdb.ts';
import { raw, sql } from '../../../sql/sql.ts';
import type { QualityCheck } from '../check.ts';

/** Payments dated before their account was opened. */
const check: QualityCheck = {
  text: {
    title: { es: 'Pagos antes de la apertura', en: 'Payments before opening' },
    summary: {
      es: 'Pagos con fecha anterior a la apertura de su cuenta.',
      en: 'Payments dated before their account was opened.',
    },
  },
  found: {
    es: '{affected, plural, one {# pago ({share, number, percent}) es anterior} other {# pagos ({share, number, percent}) son anteriores}} a la apertura de su cuenta.',
    en: '{affected, plural, one {# payment ({share, number, percent}) is} other {# payments ({share, number, percent}) are}} dated before their account was opened.',
  },
  clean: {
    es: 'Ningún pago es anterior a la apertura de su cuenta.',
    en: 'No payment is dated before its account was opened.',
  },
  affects: {
    es: 'La antigüedad de esas cuentas y sus cosechas salen mal.',
    en: 'The age of those accounts and their vintages come out wrong.',
  },
  advice: {
    es: 'Revise el formato de fecha (día y mes cambiados) y si la apertura es la de la cuenta o la de una renovación.',
    en: 'Look at the date format (day and month swapped) and whether the opening is the account’s or a renewal’s.',
  },
  remedy: 'map',
  order: 60,
  remarkAbove: 0,
  seriousAbove: 0.05,
  probes: ({ isFilled, liveRowsOf }) =>
    isFilled('payments', 'paid_at') && liveRowsOf('accounts') > 0
      ? [
          {
            table: 'payments',
            column: 'paid_at',
            joined: sql`JOIN ${current('accounts')} AS a ON a.account_id = t.account_id`,
            among: raw('a.opened_on IS NOT NULL'),
            where: raw('t.paid_at < a.opened_on'),
          },
        ]
      : [],
};

export default check;
