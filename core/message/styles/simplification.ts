import type { MessageStyle } from '../style.ts';
import { inSharedFrames } from '../templates.ts';

const simplification: MessageStyle = {
  text: {
    title: { es: 'Simplificación', en: 'Simplification' },
    summary: { es: 'Reduce el pago a pasos cortos y claros.', en: 'Reduces paying to short, clear steps.' },
  },
  claims: {
    es: 'Que muchas veces no se paga por trámites o confusión, no por falta de dinero.',
    en: 'That people often do not pay out of friction or confusion, not for lack of money.',
  },
  evidence: [
    {
      finding: {
        es: 'Simplificar las cartas de impuestos en Bélgica aumentó mucho el cumplimiento y costó menos que perseguir.',
        en: 'Simplifying tax letters in Belgium raised compliance substantially and cost less than enforcement.',
      },
      source: 'De Neve, Imbert, Spinnewijn, Tsankova, Luts (2021), Journal of Political Economy 129:1425',
      limit: {
        es: 'Impuestos de quienes podían pagar; en mora falta a veces el dinero.',
        en: 'Taxes of people who could pay; in arrears the money is sometimes missing.',
      },
    },
    {
      finding: {
        es: 'En Guatemala, de seis cartas sólo dos subieron el pago; otras mejoras de forma no.',
        en: 'In Guatemala only two of the letters raised payment; other improvements of form did not.',
      },
      source:
        'Kettle, Hernandez, Ruda, Sanders (2016), Behavioral Interventions in Tax Compliance: Evidence from Guatemala, World Bank Policy Research Working Paper 7690',
      limit: {
        es: 'Todas subieron la declaración: simplificar ayudó a declarar más que a pagar.',
        en: 'All raised declarations: simplifying helped to declare more than to pay.',
      },
    },
    {
      finding: {
        es: 'En Colombia, una visita logró más pagos de impuestos que un correo, y éste más que una carta.',
        en: 'In Colombia a visit got more tax payments than an email, and the email more than a letter.',
      },
      source: 'Ortega, Scartascini (2020), Journal of Economic Behavior and Organization 170:286',
      limit: {
        es: 'Cambia el medio, no las palabras: es otra pregunta.',
        en: 'It changes the medium, not the words: another question.',
      },
    },
  ],
  avoid: [
    {
      es: 'Si el enlace de pago exige más pasos de los que se dicen.',
      en: 'If the payment link takes more steps than the text says.',
    },
  ],
  needs: null,
  templates: inSharedFrames([
    {
      es: 'Son tres pasos: abra el enlace, revise el importe y confirme.',
      en: 'It is three steps: open the link, check it and confirm.',
    },
    {
      es: 'Solo hay que hacer una cosa: abrir el enlace y confirmar.',
      en: 'There is one thing to do: open the link and confirm.',
    },
  ]),
};

export default simplification;
