import type { ConsequenceKind } from '../consequence.ts';
import { dueByContract } from '../lawful.ts';

const limitCut: ConsequenceKind = {
  text: {
    title: { es: 'Baja del cupo', en: 'Cut of the credit limit' },
    summary: {
      es: 'El cupo se reduce o se suspende mientras haya algo vencido.',
      en: 'The limit is cut or suspended while something is past due.',
    },
  },
  cases: {
    es: 'Cuentas con cupo que llegaron a la mora que el texto nombra.',
    en: 'Accounts with a limit that reached the days past due the text names.',
  },
  carriedOut: { es: 'Se les redujo o suspendió el cupo.', en: 'Their limit was cut or suspended.' },
  measure: null,
  lawful: dueByContract,
};

export default limitCut;
