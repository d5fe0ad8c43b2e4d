import type { MessageStyle } from '../style.ts';
import { inFirstFrame, inSharedFrames } from '../templates.ts';

const lossAversion: MessageStyle = {
  text: {
    title: { es: 'Aversión a la pérdida', en: 'Loss aversion' },
    summary: {
      es: 'Dice qué cuesta seguir en mora, sin amenazar.',
      en: 'Says what staying past due costs, without threatening.',
    },
  },
  claims: {
    es: 'Que perder pesa más que ganar lo mismo.',
    en: 'That a loss weighs more than an equal gain.',
  },
  evidence: [
    {
      finding: {
        es: 'Las pérdidas pesan cerca del doble que las ganancias en decisiones de laboratorio.',
        en: 'Losses weigh about twice as much as gains in laboratory choices.',
      },
      source: 'Tversky, Kahneman (1992), Journal of Risk and Uncertainty 5:297',
      limit: {
        es: 'Elecciones de laboratorio, no pagos de deudas.',
        en: 'Choices in a laboratory, not payments of debts.',
      },
    },
    {
      finding: {
        es: 'Dos microprestamistas de Filipinas: sin evidencia firme de que importe decirlo como pérdida o como ganancia.',
        en: 'Two microlenders in the Philippines: no strong evidence that loss or gain framing matters.',
      },
      source:
        'Karlan, Morten, Zinman (2012), A Personal Touch: Text Messaging for Loan Repayment, NBER Working Paper 17952',
      limit: {
        es: 'Contradice la expectativa; sólo el nombre del oficial de crédito ayudó, y sólo a quien ya lo conocía.',
        en: 'It goes against what was expected; only the name of the loan officer helped, and only those who knew them.',
      },
    },
    {
      finding: {
        es: 'Tres experimentos con 32.000 deudores de Letonia: nombrar consecuencias económicas no sirvió.',
        en: 'Three experiments with 32,000 debtors in Latvia: naming economic consequences did not work.',
      },
      source:
        'Saulītis (2023), Nudging debtors with non-performing loans, Journal of Behavioral and Experimental Finance 37:100776',
      limit: {
        es: 'Deudas ya en incumplimiento; quizá ya no quedaba qué perder.',
        en: 'Debts already in default; perhaps nothing was left to lose.',
      },
    },
    {
      finding: {
        es: 'En Guatemala, presentar la falta de declaración como una decisión deliberada subió los pagos de impuestos.',
        en: 'In Guatemala, framing non-declaration as a deliberate choice raised tax payments.',
      },
      source:
        'Kettle, Hernandez, Ruda, Sanders (2016), Behavioral Interventions in Tax Compliance: Evidence from Guatemala, World Bank Policy Research Working Paper 7690',
      limit: {
        es: 'Carta de la autoridad fiscal: un acreedor no puede escribir así.',
        en: 'A letter of the tax authority: a lender may not write like that.',
      },
    },
  ],
  avoid: [
    {
      es: 'Con personas en dificultad o situación vulnerable: suma presión sin dar salida.',
      en: 'With people in hardship or vulnerable: it adds pressure and no way out.',
    },
    {
      es: 'Cuando la consecuencia no se cumple casi siempre: sería falsa.',
      en: 'Where the consequence does not nearly always follow: it would be false.',
    },
  ],
  needs: 'consequence',
  templates: [
    ...inSharedFrames(
      [
        {
          es: 'Cada cuota que vence sin pagar se suma a lo que ya debe.',
          en: 'Each instalment that falls due unpaid adds to what you owe.',
        },
        {
          es: 'Lo que no se paga este mes se junta con lo del mes que viene.',
          en: 'What is not paid this month adds to what is due next month.',
        },
      ],
      { consequence: 'arrears_grow' },
    ),
    ...inFirstFrame(
      {
        es: 'Mientras siga pendiente, se suman los intereses de su contrato.',
        en: 'While it is unpaid, the interest in your contract adds up.',
      },
      { consequence: 'interest_accrues' },
    ),
  ],
};

export default lossAversion;
