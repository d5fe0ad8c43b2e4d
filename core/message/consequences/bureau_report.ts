import type { ConsequenceKind } from '../consequence.ts';
import { bureauReport } from '../lawful.ts';

const bureauReported: ConsequenceKind = {
  text: {
    title: { es: 'Reporte a una central de riesgo', en: 'Report to a credit bureau' },
    summary: {
      es: 'El atraso se informa a una central de riesgo.',
      en: 'The late payment is reported to a credit bureau.',
    },
  },
  cases: {
    es: 'Cuentas que llegaron a la mora que el texto nombra.',
    en: 'Accounts that reached the days past due the text names.',
  },
  carriedOut: {
    es: 'Se informaron, con los avisos previos que la ley pide.',
    en: 'They were reported, with the notices the law asks for.',
  },
  measure: null,
  lawful: bureauReport,
};

export default bureauReported;
