import type { ConsequenceKind } from '../consequence.ts';
import { dueByContract } from '../lawful.ts';

const discountExpires: ConsequenceKind = {
  text: {
    title: { es: 'Descuento que vence', en: 'Discount that expires' },
    summary: {
      es: 'Un descuento ofrecido deja de estar disponible en una fecha.',
      en: 'A discount on offer is no longer available after a date.',
    },
  },
  cases: {
    es: 'Personas con la oferta que no la tomaron a tiempo.',
    en: 'People with the offer who did not take it in time.',
  },
  carriedOut: { es: 'Ya no se les dio después de la fecha.', en: 'It was not given to them after the date.' },
  measure: null,
  lawful: dueByContract,
};

export default discountExpires;
