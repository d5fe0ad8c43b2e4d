import { raw } from '../../../sql/sql.ts';
import type { QualityCheck } from '../check.ts';

/** Balances in favour of the customer. */
const check: QualityCheck = {
  text: {
    title: { es: 'Saldos a favor', en: 'Balances in credit' },
    summary: {
      es: 'Saldos negativos: a favor del cliente.',
      en: 'Negative balances: in the customer’s favour.',
    },
  },
  found: {
    es: '{affected, plural, one {# saldo ({share, number, percent}) es negativo} other {# saldos ({share, number, percent}) son negativos}}: a favor del cliente.',
    en: '{affected, plural, one {# balance ({share, number, percent}) is negative} other {# balances ({share, number, percent}) are negative}}: in the customer’s favour.',
  },
  clean: { es: 'Ningún saldo es negativo.', en: 'No balance is negative.' },
  affects: {
    es: 'Restan del saldo total; en las tasas por saldo no cuentan.',
    en: 'They lower the total balance; rates by balance leave them out.',
  },
  advice: {
    es: 'Si son muchos, confirme el signo de la columna: hay sistemas que anotan la deuda en negativo.',
    en: 'Where there are many, confirm the sign of the column: some systems write debt as a negative.',
  },
  remedy: 'map',
  order: 80,
  remarkAbove: 0.1,
  seriousAbove: 0.5,
  probes: ({ isFilled }) =>
    isFilled('snapshots', 'balance')
      ? [{ table: 'snapshots', column: 'balance', where: raw('t.balance < 0') }]
      : [],
};

export default check;
