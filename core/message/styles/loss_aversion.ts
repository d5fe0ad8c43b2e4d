import type { MessageStyle } from '../style.ts';
import { inSharedFrame } from '../templates.ts';

const lossAversion: MessageStyle = {
  text: {
    title: { es: 'Aversión a la pérdida', en: 'Loss aversion' },
    summary: {
      es: 'Dice qué se deja de ganar o qué cuesta seguir en mora, sin amenazar.',
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
    },
    {
      finding: {
        es: 'Mensajes de pérdida frente a ganancia no mostraron una diferencia firme en cobranza.',
        en: 'Loss against gain messages showed no robust difference in collections.',
      },
      source: 'Trials at lenders and agencies that disagree; no single publication',
    },
  ],
  avoid: [
    {
      es: 'Con personas en dificultad o situación vulnerable: suma presión sin dar salida.',
      en: 'With people in hardship or vulnerable: it adds pressure and no way out.',
    },
    {
      es: 'Cuando el contrato no cobra intereses ni cargos por mora: la consecuencia sería falsa.',
      en: 'Where the contract charges neither interest nor fees when late: the consequence would be false.',
    },
  ],
  claim: null,
  consequence: {
    es: 'Mientras haya un importe vencido, los intereses del contrato siguen corriendo.',
    en: 'While an amount is past due, the interest in the contract keeps running.',
  },
  templates: inSharedFrame({
    es: 'Mientras siga pendiente, se suman los intereses de su contrato.',
    en: 'While it is unpaid, the interest in your contract adds up.',
  }),
};

export default lossAversion;
