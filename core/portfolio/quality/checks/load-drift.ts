import { raw } from '../../../sql/sql.ts';
import type { QualityCheck } from '../check.ts';
import { mostMoved, rowsMoved } from '../drift.ts';
import { nothingFound } from '../series.ts';
import { binWords } from '../words.ts';

/** A column of a load spread otherwise than in the load before, beyond chance and by much. */
const check: QualityCheck = {
  text: {
    title: { es: 'Carga distinta de la anterior', en: 'A load unlike the one before' },
    summary: {
      es: 'El reparto de una columna cambia de una carga a la siguiente más de lo que explica el azar.',
      en: 'How a column is spread changes from one load to the next beyond chance.',
    },
  },
  found: {
    es: 'En {table}, {column} se reparte en la carga {later} de otro modo que en la {earlier}: PSI {psi, number, hundredths}; el azar da hasta {limit, number, hundredths}. Lo que más cambia: {code}, de {before, number, percent} a {after, number, percent}.',
    en: 'In {table}, {column} is spread otherwise in load {later} than in load {earlier}: PSI {psi, number, hundredths}; chance gives up to {limit, number, hundredths}. What changes most: {code}, from {before, number, percent} to {after, number, percent}.',
  },
  clean: {
    es: 'Ninguna columna se reparte muy distinto que en la carga anterior.',
    en: 'No column is spread much otherwise than in the load before.',
  },
  affects: {
    es: 'Los puntajes de un modelo anterior a la carga {later} pueden no valer en ella.',
    en: 'Scores of a model older than load {later} may not hold in it.',
  },
  advice: {
    es: 'Si la carga {later} trae otra población, otra unidad u otro archivo por error, deshágala; si el cambio es real, vuelva a entrenar y a calibrar.',
    en: 'If load {later} brings another population, another unit or the wrong file, undo it; if the change is real, train and calibrate again.',
  },
  remedy: 'undo',
  order: 15,
  remarkAbove: 0,
  probes: ({ shifts }) => {
    const compared = shifts.filter(({ between }) => between === 'loads');
    const found = compared
      .filter(({ level }) => level !== 'stable')
      .map((shift) => {
        const bin = mostMoved(shift);
        return {
          table: shift.table,
          column: shift.column,
          severity: 'remark' as const,
          affected: rowsMoved(shift),
          lookedAt: shift.afterRows,
          statement: raw(shift.sql),
          words: {
            later: shift.after,
            earlier: shift.before,
            psi: shift.psi,
            limit: shift.limit,
            code: bin ? binWords(bin) : null,
            before: bin ? bin.before / shift.beforeRows : null,
            after: bin ? bin.after / shift.afterRows : null,
          },
        };
      });
    return found.length ? found : nothingFound(compared);
  },
};

export default check;
