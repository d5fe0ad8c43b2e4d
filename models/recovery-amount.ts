import { sql } from '#core/sql/sql.ts';
import type { Question } from './question.ts';
import { candidates, decisionDates, exclusionTexts } from './recovery/candidates.ts';
import { type RecoveryAmountParameters, recoveryAmountParameters } from './recovery/parameters.ts';
import { outcomeTexts, recovered } from './recovery/recovered.ts';

/**
 * Share of the balance recovered within the window, of accounts that recovered anything: the second part of the loss
 * given default. Payments are discounted to the date and costs subtracted; held in [0, 1].
 */
const recoveryAmount: Question<RecoveryAmountParameters> = {
  text: {
    title: { es: 'Cuánto se recupera, si se recupera algo', en: 'How much is recovered, given anything is' },
    summary: {
      es: 'Parte del saldo castigado que se recupera dentro del plazo entre quienes pagan algo: segunda parte de la pérdida dado el castigo',
      en: 'Share of the charged-off balance recovered within the window among those who pay anything: second part of the loss given default',
    },
  },
  decision: {
    es: 'Con qué pérdida contar cuando una cuenta se castiga',
    en: 'What loss to count on when an account is charged off',
  },
  parameters: recoveryAmountParameters,
  target: 'share',
  needs: ['accounts', 'snapshots', 'payments'],
  horizonDays: ({ horizonDays }) => horizonDays,
  describe({ horizonDays, discountRate }) {
    const rate =
      discountRate === null
        ? { es: 'la tasa de su contrato', en: 'its contract rate' }
        : { es: `${100 * discountRate} % al año`, en: `${100 * discountRate} % a year` };
    return {
      es: `De una cuenta castigada que paga algo, ¿qué parte del saldo se recupera en ${horizonDays} días, descontada a ${rate.es}?`,
      en: `Of a charged-off account that pays anything, what share of the balance is recovered within ${horizonDays} days, discounted at ${rate.en}?`,
    };
  },
  decisionDates,
  candidates,
  outcomes: (dialect, parameters, population, dates) =>
    sql`SELECT account_id, as_of, CASE WHEN paid IS NULL THEN 'nothing' ELSE 'recovered' END AS outcome,
  CASE WHEN paid IS NULL THEN NULL ELSE net_share END AS target
FROM (${recovered(dialect, population, dates, parameters)}) u`,
  exclusionTexts,
  outcomeTexts: {
    ...outcomeTexts,
    nothing: {
      es: 'No se recuperó nada: lo cuenta el otro modelo',
      en: 'Nothing was recovered: the other model counts it',
    },
  },
  slices: [{ id: 'recent', title: { es: 'Castigadas hace poco', en: 'Charged off lately' } }],
  baseline: { column: 'days_past_due', title: { es: 'Solo los días de mora', en: 'Days past due alone' } },
  identification: 'current_policy',
  limits: ({ subtractCosts }) => [
    subtractCosts
      ? {
          es: 'Se restan los costos cargados de cada cuenta; los que no se cargaron por cuenta no se restan.',
          en: 'Costs loaded for each account are subtracted; those not loaded by account are not.',
        }
      : { es: 'No se restan costos.', en: 'Costs are not subtracted.' },
    {
      es: 'Una parte mayor que todo el saldo cuenta como todo, y menor que nada como nada.',
      en: 'More than the whole balance counts as all of it, and less than nothing as nothing.',
    },
  ],
};
export default recoveryAmount;
