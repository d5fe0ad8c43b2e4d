import { raw, sql } from '../../../sql/sql.ts';
import type { QualityCheck } from '../check.ts';

/** Currencies that are not three capital letters: their money cannot be read. */
const check: QualityCheck = {
  text: {
    title: { es: 'Moneda que no es ISO 4217', en: 'Currency that is not ISO 4217' },
    summary: {
      es: 'Monedas que no son tres letras mayúsculas.',
      en: 'Currencies that are not three capital letters.',
    },
  },
  found: {
    es: '{affected, plural, one {# fila de {table} ({share, number, percent}) tiene} other {# filas de {table} ({share, number, percent}) tienen}} una moneda que no son tres letras mayúsculas.',
    en: '{affected, plural, one {# row of {table} ({share, number, percent}) has} other {# rows of {table} ({share, number, percent}) have}} a currency that is not three capital letters.',
  },
  clean: {
    es: 'Todas las filas de {table} tienen una moneda de tres letras.',
    en: 'Every row of {table} has a currency of three letters.',
  },
  affects: {
    es: 'Ningún importe de esas filas puede compararse ni convertirse: quedan como una moneda aparte.',
    en: 'No amount of those rows can be compared or converted: they stand as a currency of their own.',
  },
  advice: {
    es: 'Traduzca los valores a códigos de tres letras (por ejemplo $ → MXN) en el mapeo, y cargue de nuevo.',
    en: 'Turn the values into three-letter codes (for instance $ → MXN) in the mapping, and load again.',
  },
  remedy: 'map',
  order: 20,
  remarkAbove: 0,
  seriousAbove: 0,
  probes: ({ dialect, isFilled }) =>
    ['accounts', 'costs']
      .filter((table) => isFilled(table, 'currency'))
      .map((table) => ({
        table,
        column: 'currency',
        where: sql`NOT ${dialect.matches(raw('t.currency'), '[A-Z]{3}')}`,
      })),
};

export default check;
