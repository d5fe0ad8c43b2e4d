import type { MessageStyle } from '../style.ts';
import { inSharedFrames } from '../templates.ts';

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
        es: 'Un SMS de recordatorio en un microcrédito de Uganda tuvo un efecto parecido al de un premio en dinero por pagar a tiempo.',
        en: 'A reminder SMS at a microlender in Uganda had an effect like that of a cash reward for paying on time.',
      },
      source: 'Cadena, Schoar (2011), Remembering to Pay?, NBER Working Paper 17020',
      limit: {
        es: 'Un solo prestamista, recordatorio antes del vencimiento y no en mora.',
        en: 'A single lender; a reminder before the due date, not once past due.',
      },
    },
    {
      finding: {
        es: 'En el Perú, recordar sólo la fecha del impuesto predial subió el cumplimiento cerca de 10 %.',
        en: 'In Peru, reminding of the date of the property tax alone raised compliance by about 10 %.',
      },
      source:
        'Del Carpio (2014), Are the Neighbors Cheating? Evidence from a Social Norm Experiment on Property Taxes in Peru, working paper',
      limit: {
        es: 'Un impuesto municipal, no un crédito; documento de trabajo.',
        en: 'A municipal tax, not a loan; a working paper.',
      },
    },
    {
      finding: {
        es: 'Con deudores ya en incumplimiento de Letonia, cada recordatorio más subió los pagos, pero poco; recordar a quien ya prometió pudo romper la promesa.',
        en: 'With defaulted debtors in Latvia each further reminder raised payments, but little; reminding somebody who had promised could break the promise.',
      },
      source:
        'Saulītis (2023), Nudging debtors with non-performing loans, Journal of Behavioral and Experimental Finance 37:100776',
      limit: {
        es: 'Cartera vencida de una agencia; no dice nada de la mora temprana.',
        en: 'Defaulted debts at an agency; it says nothing of early arrears.',
      },
    },
  ],
  avoid: [
    {
      es: 'Con personas fallecidas o que pidieron no ser contactadas.',
      en: 'With people who have died or asked not to be contacted.',
    },
    { es: 'Con una promesa ya hecha y aún sin vencer.', en: 'With a promise made that is not yet due.' },
  ],
  needs: null,
  templates: inSharedFrames([
    {
      es: 'Le enviamos este recordatorio para que tenga el dato a mano.',
      en: 'We send this reminder so that you have the figure at hand.',
    },
    {
      es: 'Le recordamos el dato para que pueda revisarlo con calma.',
      en: 'We are reminding you so that you can look at it calmly.',
    },
  ]),
};

export default neutral;
