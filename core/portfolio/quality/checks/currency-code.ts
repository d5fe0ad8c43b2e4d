import { current } from '../../../sql/dialects/duckdb.ts';
import { raw, sql } from '../../../sql/sql.ts';
import type { QualityCheck } from '../check.ts';
import { countRows } from '../count.ts';

/** Currencies that are not three capital letters: their money cannot be read. */
export const currencyCode: QualityCheck = {
  id: 'currency_code',
  title: { es: 'Moneda que no es ISO 4217', en: 'Currency that is not ISO 4217' },
  found: {
    es: '{affected, number} cuentas ({share, number, percent}) tienen una moneda que no son tres letras mayúsculas.',
    en: '{affected, number} accounts ({share, number, percent}) have a currency that is not three capital letters.',
  },
  clean: {
    es: 'Todas las cuentas tienen una moneda de tres letras.',
    en: 'Every account has a currency of three letters.',
  },
  remarkAbove: 0,
  seriousAbove: 0,
  probes: ({ dialect, isFilled }) =>
    isFilled('accounts', 'currency')
      ? [
          {
            table: 'accounts',
            column: 'currency',
            statement: countRows(
              dialect,
              current('accounts'),
              sql`NOT ${dialect.matches(raw('currency'), '[A-Z]{3}')}`,
            ),
          },
        ]
      : [],
};
