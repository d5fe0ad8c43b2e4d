import { raw } from '../../../sql/sql.ts';
import type { QualityCheck } from '../check.ts';
import { mostMoved, rowsMoved } from '../drift.ts';
import { monthShifts, nothingFound, suddenCodes, worstOf } from '../series.ts';
import { binWords, monthWords } from '../words.ts';

/** A column spread otherwise in one month than in the one before, beyond chance and by much. */
const check: QualityCheck = {
  text: {
    title: { es: 'Un mes distinto del anterior', en: 'A month unlike the one before' },
    summary: {
      es: 'El reparto de una columna cambia de un mes a otro más de lo que explica el azar.',
      en: 'How a column is spread changes from one month to the next beyond chance.',
    },
  },
  found: {
    es: 'En {table}, {column} se reparte distinto en {month} que en {earlier}: PSI {psi, number, hundredths}; el azar da hasta {limit, number, hundredths}. Lo que más cambia: {code}, de {before, number, percent} a {after, number, percent}.',
    en: 'In {table}, {column} is spread otherwise in {month} than in {earlier}: PSI {psi, number, hundredths}; chance gives up to {limit, number, hundredths}. What changes most: {code}, from {before, number, percent} to {after, number, percent}.',
  },
  clean: {
    es: 'Ninguna columna se reparte en un mes muy distinto que en el anterior.',
    en: 'No column is spread in a month much otherwise than in the one before.',
  },
  affects: {
    es: 'Lo que se aprende antes de {month} puede no valer después, y al revés.',
    en: 'What is learnt before {month} may not hold after it, and the reverse.',
  },
  advice: {
    es: 'Vea si entró o salió un producto, un país o una carga distinta en {month}; si fue un error, deshaga esa carga.',
    en: 'See whether a product, a country or another kind of load came or went in {month}; if it was an error, undo that load.',
  },
  remedy: 'source',
  order: 13,
  remarkAbove: 0,
  probes: ({ series }) => {
    const comparisons = series.reduce((sum, one) => sum + one.months.length, 0);
    const found = series
      .filter((one) => suddenCodes(one, comparisons).length === 0)
      .flatMap((one) => {
        const worst = worstOf(monthShifts(one, comparisons).filter(({ level }) => level !== 'stable'));
        const bin = worst && mostMoved(worst);
        if (!worst || !bin) return [];
        return [
          {
            table: one.table,
            column: one.column,
            severity: 'remark' as const,
            affected: rowsMoved(worst),
            lookedAt: worst.afterRows,
            statement: raw(one.sql),
            words: {
              month: monthWords(worst.after),
              earlier: monthWords(worst.before),
              psi: worst.psi,
              limit: worst.limit,
              code: binWords(bin),
              before: bin.before / worst.beforeRows,
              after: bin.after / worst.afterRows,
            },
          },
        ];
      });
    return found.length ? found : nothingFound(series);
  },
};

export default check;
