import type { MessageStyle } from '../style.ts';
import { inSharedFrame } from '../templates.ts';

const neutral: MessageStyle = {
  text: {
    title: { es: 'Neutral', en: 'Neutral' },
    summary: {
      es: 'Un recordatorio sin más: cuánto, cómo pagar y dónde pedir ayuda.',
      en: 'A reminder and nothing more: how much, how to pay and where to get help.',
    },
  },
  claims: { es: 'Que a veces basta con recordar.', en: 'That a reminder is sometimes enough.' },
  evidence: [
    {
      finding: {
        es: 'Un SMS de recordatorio subió el pago a tiempo de microcréditos en Uganda tanto como rebajar su costo.',
        en: 'A reminder SMS raised on-time repayment of microloans in Uganda as much as making them cheaper.',
      },
      source: 'Cadena, Schoar (2011), NBER Working Paper 17020',
    },
  ],
  avoid: [
    {
      es: 'Con personas fallecidas o que pidieron no ser contactadas.',
      en: 'With people who have died or asked not to be contacted.',
    },
  ],
  claim: null,
  consequence: null,
  templates: inSharedFrame({
    es: 'Le enviamos este recordatorio para que tenga el dato a mano.',
    en: 'We send this reminder so that you have the figure at hand.',
  }),
};

export default neutral;
