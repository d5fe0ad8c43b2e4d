import type { Metric } from '../metric.ts';
import { maturedPromises } from './parts/promises.ts';

/** Promises kept over promises that came due within the window. */
const promisesKept: Metric = {
  text: {
    title: { es: 'Promesas cumplidas', en: 'Promises kept' },
    summary: {
      es: 'De las promesas hechas y vencidas dentro del plazo, cuántas se cumplieron.',
      en: 'Of the promises made and due within the window, how many were kept.',
    },
    definition: {
      es: 'Promesas cumplidas sobre promesas vencidas de todas las cuentas de la persona, hechas desde que entró y con su fecha y tres días más dentro del plazo. Cumplida: pagado y no devuelto al menos el 95 % de lo prometido en ese tiempo. Es una razón entre dos totales: cambia también si cambia cuántas personas prometen.',
      en: 'Promises kept over promises due, of all of the person’s accounts, made since entering and with their date plus three days inside the window of days. Kept: at least 95 % of what was promised paid and not reversed in that time. It is a ratio of two totals: it also moves when the number of people who promise does.',
    },
  },
  kind: 'ratio',
  unit: 'share',
  better: 'higher',
  margin: null,
  capAt: null,
  needs: ['accounts', 'promises', 'payments'],
  outcomes: (dialect, window) => maturedPromises(dialect, window, 'kept'),
};

export default promisesKept;
