import type { MessageStyle } from '../style.ts';
import { inSharedFrame } from '../templates.ts';

const socialProof: MessageStyle = {
  text: {
    title: { es: 'Prueba social', en: 'Social proof' },
    summary: {
      es: 'Cuenta cuántos clientes están al día, con la cifra verdadera de la cartera.',
      en: 'Tells how many customers are up to date, with the true figure of the portfolio.',
    },
  },
  claims: {
    es: 'Que hacemos lo que vemos hacer a la mayoría.',
    en: 'That we do what we see most people do.',
  },
  evidence: [
    {
      finding: {
        es: 'Decir que la mayoría paga a tiempo adelantó pagos de impuestos en el Reino Unido.',
        en: 'Saying that most people pay on time brought tax payments forward in the United Kingdom.',
      },
      source: 'Hallsworth, List, Metcalfe, Vlaev (2017), Journal of Public Economics 148:14',
    },
    {
      finding: {
        es: 'En cobranza los ensayos no coinciden: a favor en un banco, sin efecto o en contra en agencias.',
        en: 'Trials in collections disagree: in favour at one bank, no effect or backfiring at agencies.',
      },
      source: 'Trials at lenders and agencies that disagree; no single publication',
    },
  ],
  avoid: [
    {
      es: 'Cuando la mayoría no está al día: una cifra baja enseña a no pagar.',
      en: 'Where most people are not up to date: a low figure teaches not to pay.',
    },
    {
      es: 'Con una cifra que no salga de la propia cartera.',
      en: 'With a figure that does not come from the portfolio itself.',
    },
  ],
  claim: 'customers_up_to_date',
  consequence: null,
  templates: inSharedFrame({
    es: 'Hoy, al menos {{n_de_10}} de cada 10 de nuestros clientes no tienen atrasos.',
    en: 'Today, at least {{n_de_10}} in 10 of our customers have nothing past due.',
  }),
};

export default socialProof;
