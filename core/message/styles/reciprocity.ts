import type { MessageStyle } from '../style.ts';
import { inSharedFrames } from '../templates.ts';

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
      source: 'Falk (2007), Gift Exchange in the Field, Econometrica 75:1501',
      limit: {
        es: 'Donaciones, no deudas; nadie estaba en apuros.',
        en: 'Donations, not debts; nobody was in difficulty.',
      },
    },
    {
      finding: {
        es: 'En los Países Bajos, una carta que invita a llamar y acordar un plan logró más planes y más respuestas (n = 3.330).',
        en: 'In the Netherlands a letter that invites people to call and agree on a plan got more plans and more answers (n = 3,330).',
      },
      source:
        'Dewies, Schop-Etman, Merkelbach, Rohde, Denktaş (2022), Call first, pay later, Behavioural Public Policy',
      limit: {
        es: 'Cambió varias cosas de la carta a la vez: no se sabe cuál ayudó.',
        en: 'Several things of the letter changed at once: which one helped is not known.',
      },
    },
    {
      finding: {
        es: 'El nombre de la persona que otorgó el crédito en el SMS mejoró el pago de quienes ya la conocían.',
        en: 'The name of the loan officer in the SMS improved repayment of those who already knew them.',
      },
      source:
        'Karlan, Morten, Zinman (2012), A Personal Touch: Text Messaging for Loan Repayment, NBER Working Paper 17952',
      limit: { es: 'No ayudó a clientes nuevos.', en: 'It did not help first-time borrowers.' },
    },
    {
      finding: {
        es: 'Motivos prosociales no movieron a deudores ya en incumplimiento de Letonia.',
        en: 'Prosocial motives did not move defaulted debtors in Latvia.',
      },
      source:
        'Saulītis (2023), Nudging debtors with non-performing loans, Journal of Behavioral and Experimental Finance 37:100776',
      limit: { es: 'Deudas en manos de una agencia.', en: 'Debts in the hands of an agency.' },
    },
  ],
  avoid: [
    {
      es: 'Si la ayuda ofrecida no está disponible para quien responde.',
      en: 'If the help offered is not there for those who answer.',
    },
  ],
  needs: null,
  templates: inSharedFrames([
    {
      es: 'Queremos ayudarle: podemos acordar juntos un plan de pagos.',
      en: 'We want to help: together we can agree on a payment plan.',
    },
    {
      es: 'Cuente con nosotros: hay una persona lista para ver opciones.',
      en: 'Count on us: there is somebody ready to look at options.',
    },
  ]),
};

export default reciprocity;
