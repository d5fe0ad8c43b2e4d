import type { Metric } from '../metric.ts';
import { maturedPromises } from './parts/promises.ts';

/** Promises not kept over promises that came due within the window. */
const brokenPromises: Metric = {
  text: {
    title: { es: 'Promesas rotas', en: 'Broken promises' },
    summary: {
      es: 'De las promesas hechas y vencidas dentro del plazo, cuántas no se cumplieron.',
      en: 'Of the promises made and due within the window, how many were not kept.',
    },
    definition: {
      es: 'Promesas no cumplidas sobre promesas vencidas de todas las cuentas de la persona, hechas desde que entró y con su fecha y tres días más dentro del plazo. No cumplida: pagado y no devuelto menos del 95 % de lo prometido en ese tiempo. Quien no prometió nada no entra en la razón.',
      en: 'Promises not kept over promises due, of all of the person’s accounts, made since entering and with their date plus three days inside the window of days. Not kept: less than 95 % of what was promised paid and not reversed in that time. Whoever promised nothing takes no part in the ratio.',
    },
  },
  kind: 'ratio',
  unit: 'share',
  better: 'lower',
  margin: 0.05,
  capAt: null,
  needs: ['accounts', 'promises', 'payments'],
  outcomes: (dialect, window) => maturedPromises(dialect, window, 'broken'),
};

export default brokenPromises;
