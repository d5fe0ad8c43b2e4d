import type { MessageStyle } from '../style.ts';
import { inSharedFrame } from '../templates.ts';

const commitment: MessageStyle = {
  text: {
    title: { es: 'Compromiso', en: 'Commitment' },
    summary: {
      es: 'Invita a elegir una fecha de pago y decirla.',
      en: 'Invites people to choose a payment date and say it.',
    },
  },
  claims: {
    es: 'Que cumplimos más lo que decimos que haremos.',
    en: 'That we keep more of what we say we will do.',
  },
  evidence: [
    {
      finding: {
        es: 'Anotar fecha y hora concretas aumentó la vacunación de empleados.',
        en: 'Writing down a date and time raised vaccination among employees.',
      },
      source: 'Milkman, Beshears, Choi, Laibson, Madrian (2011), PNAS 108:10415',
    },
  ],
  avoid: [
    { es: 'Si nadie registra la respuesta.', en: 'If nobody records the answer.' },
    { es: 'Con una promesa o un plan ya en curso.', en: 'With a promise or a plan already running.' },
  ],
  claim: null,
  consequence: null,
  templates: inSharedFrame({
    es: 'Elija una fecha de pago y responda con ella: la dejamos anotada.',
    en: 'Choose a payment date and reply with it: we will note it.',
  }),
};

export default commitment;
