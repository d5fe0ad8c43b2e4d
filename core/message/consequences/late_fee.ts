import type { ConsequenceKind } from '../consequence.ts';
import { dueByContract } from '../lawful.ts';

const lateFee: ConsequenceKind = {
  text: {
    title: { es: 'Cargo por mora', en: 'Late fee' },
    summary: {
      es: 'El contrato cobra un cargo al pasar una fecha.',
      en: 'The contract charges a fee once a date has passed.',
    },
  },
  cases: { es: 'Cuentas que pasaron la fecha del cargo.', en: 'Accounts that passed the date of the fee.' },
  carriedOut: {
    es: 'Se les cobró el cargo que el texto nombra.',
    en: 'They were charged the fee the text names.',
  },
  measure: null,
  lawful: dueByContract,
};

export default lateFee;
