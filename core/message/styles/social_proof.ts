import type { MessageStyle } from '../style.ts';
import { inFirstFrame, inSharedFrames } from '../templates.ts';

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
      limit: {
        es: 'Impuestos y carta del Estado; mide el pago en las semanas siguientes.',
        en: 'Taxes and a letter of the state; it measures payment in the weeks after.',
      },
    },
    {
      finding: {
        es: '7.029 clientes atrasados de un banco de Colombia: los mensajes bajaron la mora 4 % en promedio, más los de norma social.',
        en: '7,029 late customers of a bank in Colombia: messages lowered lateness by 4 % on average, those on social norms more.',
      },
      source:
        'Barboni, Cárdenas, de Roux (2022), Behavioral Messages and Debt Repayment, CAGE Working Paper 633',
      limit: {
        es: 'Con 8.019 clientes al día el efecto fue cero; para quién funciona cambió entre versiones del estudio.',
        en: 'With 8,019 customers up to date the effect was zero; for whom it works changed between versions of the study.',
      },
    },
    {
      finding: {
        es: 'En el Perú, informar el nivel de cumplimiento subió el pago del predial cerca de 20 %.',
        en: 'In Peru, telling the level of compliance raised property tax payment by about 20 %.',
      },
      source:
        'Del Carpio (2014), Are the Neighbors Cheating? Evidence from a Social Norm Experiment on Property Taxes in Peru, working paper',
      limit: {
        es: 'La mitad se debe al recordatorio; una cifra baja puede enseñar lo contrario.',
        en: 'Half of it is the reminder; a low figure can teach the opposite.',
      },
    },
    {
      finding: {
        es: 'En Bélgica, apelar a la moral tributaria no sirvió y muchas veces fue en contra.',
        en: 'In Belgium, invoking tax morale did not work and often backfired.',
      },
      source: 'De Neve, Imbert, Spinnewijn, Tsankova, Luts (2021), Journal of Political Economy 129:1425',
      limit: {
        es: 'Son mensajes morales más amplios que una cifra de cuántos pagan.',
        en: 'These are moral messages, wider than a figure of how many pay.',
      },
    },
    {
      finding: {
        es: 'En un prestamista hipotecario de los Países Bajos, decir cuántos pidieron ayuda no aumentó los contactos.',
        en: 'At a Dutch mortgage lender, telling how many had asked for help did not raise contacts.',
      },
      source:
        'The effectiveness of social norm information in stimulating financial help-seeking behavior Social Influence (2023), article 2196440',
      limit: { es: 'Mide pedir ayuda, no pagar.', en: 'It measures asking for help, not paying.' },
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
  needs: 'claim',
  templates: [
    ...inSharedFrames(
      [
        {
          es: 'Hoy, al menos {{n_de_10}} de cada 10 de nuestros clientes no tienen atrasos.',
          en: 'Today, at least {{n_de_10}} in 10 of our customers have nothing past due.',
        },
        {
          es: 'Al menos {{n_de_10}} de cada 10 clientes tienen hoy sus pagos en regla.',
          en: 'At least {{n_de_10}} in 10 customers have their payments in order today.',
        },
      ],
      { claim: { kind: 'customers_up_to_date' } },
    ),
    ...inFirstFrame(
      {
        es: 'En su caso, al menos {{n_de_10}} de cada 10 personas regularizaron en un mes.',
        en: 'In your situation at least {{n_de_10}} in 10 people caught up in a month.',
      },
      { claim: { kind: 'cleared_within_a_month' } },
    ),
  ],
};

export default socialProof;
