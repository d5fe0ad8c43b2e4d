import type { MessageStyle } from '../style.ts';
import { inSharedFrame } from '../templates.ts';

const simplification: MessageStyle = {
  text: {
    title: { es: 'Simplificación', en: 'Simplification' },
    summary: { es: 'Reduce el pago a pasos cortos y claros.', en: 'Reduces paying to short, clear steps.' },
  },
  claims: {
    es: 'Que muchas veces no se paga por pereza o confusión, no por falta de dinero.',
    en: 'That people often do not pay out of friction or confusion, not for lack of money.',
  },
  evidence: [
    {
      finding: {
        es: 'Simplificar las cartas de impuestos en Bélgica adelantó los pagos.',
        en: 'Simplifying tax letters in Belgium brought payments forward.',
      },
      source: 'De Neve, Imbert, Spinnewijn, Tsankova, Luts (2021), Journal of Political Economy 129:1425',
    },
  ],
  avoid: [
    {
      es: 'Si el enlace de pago exige más pasos de los que se dicen.',
      en: 'If the payment link takes more steps than the text says.',
    },
  ],
  claim: null,
  consequence: null,
  templates: inSharedFrame({
    es: 'Son tres pasos: abra el enlace, revise el importe y confirme.',
    en: 'It is three steps: open the link, check it and confirm.',
  }),
};

export default simplification;
