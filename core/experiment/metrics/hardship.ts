import { raw, sql } from '../../sql/sql.ts';
import type { Metric } from '../metric.ts';
import { anyEvent, within } from './parts/in-window.ts';

/** 1 when a flag of hardship or vulnerability began within the window. */
const hardship: Metric = {
  text: {
    title: { es: 'Dificultad económica', en: 'Hardship' },
    summary: {
      es: 'Parte de las personas que quedaron marcadas en dificultad o vulnerables dentro del plazo.',
      en: 'Share of people flagged in hardship or as vulnerable within the window of days.',
    },
    definition: {
      es: 'De todas las personas asignadas, las que recibieron una marca nueva de dificultad económica o de vulnerabilidad desde que entraron hasta el fin del plazo. Las marcas de antes no cuentan.',
      en: 'Of all people assigned, those who got a new flag of hardship or of vulnerability from entering to the end of the window of days. Flags from before do not count.',
    },
  },
  kind: 'proportion',
  unit: 'share',
  better: 'lower',
  margin: 0.005,
  capAt: null,
  needs: ['flags'],
  outcomes: (dialect, window) =>
    anyEvent(
      raw('current_flags'),
      window,
      sql`e.kind IN ('hardship', 'vulnerable') AND ${within(dialect, window, raw('e.started_on'))}`,
    ),
};

export default hardship;
