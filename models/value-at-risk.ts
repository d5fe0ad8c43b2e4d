import { sql } from '#core/sql/sql.ts';
import type { Text } from '#core/text/text.ts';
import type { Question } from './question.ts';
import { candidates, exclusionTexts } from './value-at-risk/candidates.ts';
import { followUp, outcomeTexts } from './value-at-risk/follow-up.ts';
import { identify } from './value-at-risk/identify.ts';
import { type ValueAtRiskParameters, valueAtRiskParameters } from './value-at-risk/parameters.ts';
import { decisionDates, horizonMonths } from './value-at-risk/periods.ts';

const standing: Text = {
  es: 'Es el castigo con la política de cobranza de esas fechas: otra política daría otra probabilidad.',
  en: 'This is charge-off under the collection policy of those dates: another policy would give another chance.',
};
const weighted: Text = {
  es: 'De las fechas cuyo plazo no ha terminado se usan los finales ya conocidos, con pesos. Se supone que dejar de ver una cuenta no dice nada de lo que le habría pasado. Como el final de todas se conoce con el último dato, se prueba con otras personas, no con otras fechas; con «complete» se prueba en fechas posteriores donde los datos alcanzan.',
  en: 'Of dates whose horizon is not over, endings already known are used, weighted. Losing sight of an account is taken to tell nothing of what would have become of it. As all endings are known by the last of the data, it is tested on other people, not on other dates; with "complete" it is tested on later dates where the data reaches.',
};
const complete: Text = {
  es: 'Solo se usan fechas con todo el plazo a la vista: las más recientes quedan fuera.',
  en: 'Only dates with their whole horizon in sight are used: the most recent ones are left out.',
};

/**
 * P(the account rolls to charge-off within the horizon), of accounts not in default on the date. Being paid off or
 * closed first is an ending without charge-off. Months not yet seen are made up for by weights of the censoring.
 */
const valueAtRisk: Question<ValueAtRiskParameters> = {
  text: {
    title: { es: 'Probabilidad de castigo', en: 'Chance of charge-off' },
    summary: {
      es: 'Probabilidad de que una cuenta que no está en incumplimiento se castigue dentro del plazo: la base del valor en riesgo',
      en: 'Chance that an account not in default is charged off within the horizon: what value at risk is made of',
    },
  },
  decision: {
    es: 'Qué cuentas atender primero, por lo que se espera perder, y cuánto puede perder la cartera',
    en: 'Which accounts to work first, by what they are expected to lose, and how much the portfolio can lose',
  },
  parameters: valueAtRiskParameters,
  needs: ['accounts', 'snapshots'],
  horizonDays: ({ horizonDays }) => horizonDays,
  describe({ horizonDays, defaultDays }) {
    const months = horizonMonths(horizonDays);
    return {
      es: `¿Una cuenta con menos de ${defaultDays} días de mora se castiga en ${months === 1 ? '1 mes' : `${months} meses`}?`,
      en: `Is an account less than ${defaultDays} days past due charged off within ${months === 1 ? '1 month' : `${months} months`}?`,
    };
  },
  decisionDates,
  candidates,
  outcomes: (dialect, parameters, population, dates) =>
    sql`SELECT account_id, as_of, ending AS outcome,
  CASE ending WHEN 'charged_off' THEN 1 WHEN 'censored' THEN NULL ELSE 0 END AS target
FROM (${followUp(dialect, parameters, population, dates)}) u`,
  exclusionTexts,
  outcomeTexts,
  slices: [{ id: 'late', title: { es: 'En mora', en: 'Past due' } }],
  baseline: {
    column: 'days_past_due',
    title: { es: 'Solo los días de mora', en: 'Days past due alone' },
  },
  identification: 'current_policy',
  identify,
  limits: ({ followUp: mode }) => [
    standing,
    mode === 'censored' ? weighted : complete,
    {
      es: 'Una cuenta da una fila por fecha; las de una misma persona van siempre al mismo grupo de validación.',
      en: 'An account gives a row for each date; those of one person always stay in one fold.',
    },
  ],
};
export default valueAtRisk;
