import { raw, sql } from '../../../sql/sql.ts';
import type { QualityCheck } from '../check.ts';

const enough = 6;

/** Too few months to learn from one period and test on a later one. */
const check: QualityCheck = {
  text: {
    title: { es: 'Poca historia', en: 'Little history' },
    summary: { es: 'Menos de seis meses de saldos.', en: 'Fewer than six months of snapshots.' },
  },
  found: {
    es: '{months, plural, one {Hay un mes} other {Hay # meses}} de saldos; para aprender de unos y probar en otros hacen falta al menos 6.',
    en: '{months, plural, one {There is one month} other {There are # months}} of snapshots; learning from some and testing on others takes at least 6.',
  },
  clean: {
    es: 'Hay {months, number} meses de saldos.',
    en: 'There are {months, number} months of snapshots.',
  },
  affects: {
    es: 'Los modelos no podrán probarse en un período posterior al que aprendieron; las cosechas serán cortas.',
    en: 'Models cannot be tested on a period later than the one they learnt from; vintages will be short.',
  },
  advice: { es: 'Cargue meses anteriores de saldos.', en: 'Load earlier months of snapshots.' },
  remedy: 'load',
  order: 40,
  remarkAbove: 0,
  probes: ({ dialect, load, rows, rowsOf }) => {
    if (load !== null || rowsOf('snapshots') === 0) return [];
    const months = sql`count(DISTINCT ${dialect.monthStart(raw('t.as_of'))})`;
    return [
      {
        table: 'snapshots',
        column: 'as_of',
        statement: sql`SELECT greatest(${raw(String(enough))} - ${months}, 0) AS affected, ${raw(String(enough))} AS looked_at, ${months} AS months FROM ${rows('snapshots')} AS t`,
      },
    ];
  },
};

export default check;
