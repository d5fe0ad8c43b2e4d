import { sql } from '#core/sql/sql.ts';
import type { Question } from './question.ts';
import { candidates, decisionDates, exclusionTexts } from './recovery/candidates.ts';
import { type RecoveryParameters, recoveryParameters } from './recovery/parameters.ts';
import { outcomeTexts, recovered } from './recovery/recovered.ts';

/** P(anything is recovered within the window) of accounts charged off: the first part of the loss given default. */
const recovery: Question<RecoveryParameters> = {
  text: {
    title: { es: 'Recuperar algo tras el castigo', en: 'Any recovery after charge-off' },
    summary: {
      es: 'Probabilidad de que una cuenta castigada pague algo dentro del plazo: primera parte de la pérdida dado el castigo',
      en: 'Chance that a charged-off account pays anything within the window: first part of the loss given default',
    },
  },
  decision: {
    es: 'Cuánto de lo castigado vale la pena perseguir, y con qué pérdida contar',
    en: 'How much of what was charged off is worth pursuing, and what loss to count on',
  },
  parameters: recoveryParameters,
  needs: ['accounts', 'snapshots', 'payments'],
  horizonDays: ({ horizonDays }) => horizonDays,
  describe: ({ horizonDays }) => ({
    es: `¿Una cuenta castigada paga algo en ${horizonDays} días?`,
    en: `Does a charged-off account pay anything within ${horizonDays} days?`,
  }),
  decisionDates,
  candidates,
  outcomes: (dialect, _parameters, population, dates) =>
    sql`SELECT account_id, as_of, CASE WHEN paid IS NULL THEN 'nothing' ELSE 'recovered' END AS outcome,
  CASE WHEN paid IS NULL THEN 0 ELSE 1 END AS target
FROM (${recovered(dialect, population, dates)}) u`,
  exclusionTexts,
  outcomeTexts,
  slices: [{ id: 'recent', title: { es: 'Castigadas hace poco', en: 'Charged off lately' } }],
  baseline: { column: 'days_past_due', title: { es: 'Solo los días de mora', en: 'Days past due alone' } },
  identification: 'current_policy',
  limits: () => [
    {
      es: 'Es lo que se recuperó con la gestión de esas fechas; otra gestión, o una venta, daría otra cosa.',
      en: 'This is what was recovered as it was worked on those dates; other work, or a sale, would give something else.',
    },
    {
      es: 'Lo que llega después del plazo no cuenta: con un plazo corto la pérdida sale mayor.',
      en: 'What comes after the window does not count: a short window makes the loss larger.',
    },
  ],
};
export default recovery;
