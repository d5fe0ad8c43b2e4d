import type { MessageStyle } from '../style.ts';
import { inSharedFrame } from '../templates.ts';

const reciprocity: MessageStyle = {
  text: {
    title: { es: 'Reciprocidad', en: 'Reciprocity' },
    summary: { es: 'Empieza por ofrecer ayuda concreta.', en: 'Begins by offering concrete help.' },
  },
  claims: { es: 'Que devolvemos el buen trato recibido.', en: 'That we return the good treatment we get.' },
  evidence: [
    {
      finding: {
        es: 'Un pequeño regalo antes de pedir aumentó las donaciones por correo.',
        en: 'A small gift before asking raised donations by mail.',
      },
      source: 'Falk (2007), Econometrica 75:1501',
    },
  ],
  avoid: [
    {
      es: 'Si la ayuda ofrecida no está disponible para quien responde.',
      en: 'If the help offered is not there for those who answer.',
    },
  ],
  claim: null,
  consequence: null,
  templates: inSharedFrame({
    es: 'Queremos ayudarle: podemos acordar juntos un plan de pagos.',
    en: 'We want to help: together we can agree on a payment plan.',
  }),
};

export default reciprocity;
