import { raw, sql } from '../../../sql/sql.ts';
import type { QualityCheck } from '../check.ts';
import { absentMonths } from '../months.ts';
import { listWords, monthWords } from '../words.ts';

/** Calendar months, between the first and the last, in which the whole portfolio has no snapshot. */
const check: QualityCheck = {
  text: {
    title: { es: 'Meses enteros ausentes', en: 'Whole months absent' },
    summary: {
      es: 'Meses sin ningún saldo entre el primero y el último.',
      en: 'Months without any snapshot between the first and the last.',
    },
  },
  found: {
    es: 'Faltan por completo {affected, number} de {of, number} meses de saldos: {months}.',
    en: '{affected, number} of {of, number} months of snapshots are wholly absent: {months}.',
  },
  clean: {
    es: 'Hay saldos de los {of, number} meses.',
    en: 'There are snapshots of all {of, number} months.',
  },
  affects: {
    es: 'No hay traspasos ni curas desde ni hacia esos meses; la autocura no puede aprender de lo que los cruza.',
    en: 'There are no rolls or cures from or into those months; self-cure cannot learn from what crosses them.',
  },
  advice: { es: 'Cargue los saldos de {months}.', en: 'Load the snapshots of {months}.' },
  remedy: 'load',
  order: 11,
  remarkAbove: 0,
  seriousAbove: 0,
  probes: ({ dialect, load, rows, rowsOf, monthsOf }) => {
    if (load !== null || rowsOf('snapshots') === 0) return [];
    const span = dialect.monthsBetween(raw('min(month)'), raw('max(month)'));
    const absent = absentMonths(monthsOf('snapshots').map(({ month }) => month));
    return [
      {
        table: 'snapshots',
        column: 'as_of',
        words: { months: listWords(absent.map(monthWords)) },
        statement: sql`SELECT coalesce(1 + ${span} - count(DISTINCT month), 0) AS affected, coalesce(1 + ${span}, 0) AS looked_at
FROM (SELECT ${dialect.monthStart(raw('t.as_of'))} AS month FROM ${rows('snapshots')} AS t) AS m`,
      },
    ];
  },
};

export default check;
