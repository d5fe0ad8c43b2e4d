import { raw } from '../../../sql/sql.ts';
import type { QualityCheck } from '../check.ts';
import { nothingFound, suddenCodes } from '../series.ts';
import { binWords, monthWords } from '../words.ts';

/** A code nearly absent until a month and common from it on, or the reverse: most often a change of coding. */
const check: QualityCheck = {
  text: {
    title: {
      es: 'Un valor aparece o desaparece de un mes a otro',
      en: 'A value appears or vanishes from one month to the next',
    },
    summary: {
      es: 'Valores casi ausentes hasta un mes y comunes desde él, o al revés.',
      en: 'Values nearly absent until a month and common from it on, or the reverse.',
    },
  },
  found: {
    es: '{column}: {code} {appears, select, true {casi no existe antes de {month} (a lo más {before, number, percent} de un mes) y ese mes es {after, number, percent}} other {era común (al menos {before, number, percent}) y en {month} casi no existe ({after, number, percent})}}.',
    en: '{column}: {code} {appears, select, true {is almost absent before {month} (at most {before, number, percent} of a month) and {after, number, percent} of it} other {was common (at least {before, number, percent}) and is almost absent in {month} ({after, number, percent})}}.',
  },
  clean: {
    es: 'Ningún valor aparece ni desaparece de un mes a otro.',
    en: 'No value appears or vanishes from one month to the next.',
  },
  affects: {
    es: 'Un cambio de codificación parece un cambio de conducta: la autocura no puede entrenarse con lo que termina en {month}, y los traspasos hacia ese mes no se comparan con los demás.',
    en: 'A change of coding looks like a change of conduct: self-cure cannot be trained on what ends in {month}, and rolls into that month do not compare with the others.',
  },
  advice: {
    es: 'Pregunte a quien entrega los datos qué cambió en {month}. Si fue la codificación, traduzca los códigos de un mismo modo en el mapeo; mientras tanto, entrene y compare con los meses anteriores.',
    en: 'Ask who delivers the data what changed in {month}. If it was the coding, translate codes alike in the mapping; until then, train and compare on the months before.',
  },
  remedy: 'map',
  order: 12,
  remarkAbove: 0,
  probes: ({ series }) => {
    const comparisons = series.reduce((sum, one) => sum + one.bins.length * one.months.length, 0);
    const found = series.flatMap((one) =>
      suddenCodes(one, comparisons).map(({ bin, month, appears, before, after, rows, monthRows }) => ({
        table: one.table,
        column: one.column,
        severity: 'remark' as const,
        affected: rows,
        lookedAt: monthRows,
        statement: raw(one.sql),
        words: { code: binWords(bin), month: monthWords(month), appears: String(appears), before, after },
      })),
    );
    return found.length ? found : nothingFound(series);
  },
};

export default check;
