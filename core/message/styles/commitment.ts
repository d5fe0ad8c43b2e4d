import type { MessageStyle } from '../style.ts';
import { inSharedFrames } from '../templates.ts';

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
        es: 'En llamadas automáticas de una tarjeta, preguntar en qué día pagaría subió el pago 2,3 puntos.',
        en: 'In automated calls of a store card, asking on which day they would pay raised payment by 2.3 points.',
      },
      source:
        'Mazar, Mochon, Ariely (2018), If You Are Going to Pay Within the Next 24 Hours, Press 1, Journal of Consumer Psychology',
      limit: {
        es: 'Clientes con un mes de mora de una sola tarjeta; el efecto en días es de horas.',
        en: 'Customers one month late on one card; in days the effect is of hours.',
      },
    },
    {
      finding: {
        es: 'Firmar un compromiso de honor casi no cambió el pago de 4.883 prestatarios nuevos en línea.',
        en: 'Signing a pledge of honour hardly changed repayment of 4,883 first-time borrowers online.',
      },
      source:
        'Bhanot (2017), Cheap Promises: Evidence from Loan Repayment Pledges in an Online Experiment, working paper',
      limit: {
        es: 'Se firmaba al pedir el crédito, no al atrasarse.',
        en: 'It was signed when borrowing, not when late.',
      },
    },
    {
      finding: {
        es: 'Anotar fecha y hora concretas aumentó la vacunación de empleados.',
        en: 'Writing down a date and time raised vaccination among employees.',
      },
      source: 'Milkman, Beshears, Choi, Laibson, Madrian (2011), PNAS 108:10415',
      limit: { es: 'Otra conducta, sin dinero de por medio.', en: 'Another behaviour, with no money in it.' },
    },
    {
      finding: {
        es: 'En Letonia, recordar a quien ya había prometido pudo provocar un nuevo incumplimiento.',
        en: 'In Latvia, reminding those who had promised could trigger a repeated default.',
      },
      source:
        'Saulītis (2023), Nudging debtors with non-performing loans, Journal of Behavioral and Experimental Finance 37:100776',
      limit: {
        es: 'Después de la promesa conviene callar.',
        en: 'After the promise it is better to stay silent.',
      },
    },
  ],
  avoid: [
    { es: 'Si nadie registra la respuesta.', en: 'If nobody records the answer.' },
    { es: 'Con una promesa o un plan ya en curso.', en: 'With a promise or a plan already running.' },
  ],
  needs: null,
  templates: inSharedFrames([
    {
      es: 'Elija una fecha de pago y responda con ella: la dejamos anotada.',
      en: 'Choose a payment date and reply with it: we will note it.',
    },
    {
      es: '¿Qué fecha le queda mejor? Responda con ella y la guardamos.',
      en: 'Which date suits you best? Reply with it and we keep it.',
    },
  ]),
};

export default commitment;
