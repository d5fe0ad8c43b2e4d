import type { Text } from '#core/text/text.ts';
import type { Question } from './question.ts';
import { candidates, exclusionTexts } from './self-cure/candidates.ts';
import { decisionDates } from './self-cure/dates.ts';
import { heldOut } from './self-cure/identify/courses.ts';
import { identify } from './self-cure/identify/identify.ts';
import { assumptions } from './self-cure/identify/texts.ts';
import { outcomes, outcomeTexts } from './self-cure/outcomes.ts';
import { type SelfCureParameters, selfCureParameters } from './self-cure/parameters.ts';
import { describe, limits } from './self-cure/words.ts';

const alone: Text = { es: 'Se curan solas', en: 'Cure alone' };

/**
 * P(the account returns to 0 days past due within the horizon | nobody contacts it). Where the data cannot tell what
 * happens without contact, the label is what happened under the policy of the time, and it is called that.
 */
const selfCure: Question<SelfCureParameters> = {
  text: {
    title: { es: 'Cura con la política actual', en: 'Cure under the current policy' },
    summary: {
      es: 'Probabilidad de que una cuenta en mora vuelva a 0 días dentro del plazo',
      en: 'Chance that an account past due returns to 0 days within the horizon',
    },
  },
  titles: { holdout: alone, censoring_weights: alone },
  decision: {
    es: 'A quién esperar unos días antes de contactar, y a quién contactar ya',
    en: 'Whom to give some days before contacting, and whom to contact now',
  },
  parameters: selfCureParameters,
  needs: ['accounts', 'snapshots'],
  horizonDays: ({ horizonDays }) => horizonDays,
  describe,
  decisionDates,
  candidates,
  outcomes: (dialect, _parameters, population, dates) => outcomes(dialect, population, dates),
  exclusionTexts,
  outcomeTexts,
  slices: [{ id: 'new_entries', title: { es: 'Recién entrados en mora', en: 'Newly late' } }],
  baseline: {
    column: 'days_past_due',
    title: { es: 'Solo los días de mora', en: 'Days past due alone' },
  },
  identification: 'current_policy',
  assumption: (identification) =>
    identification in assumptions
      ? assumptions[identification as keyof typeof assumptions]
      : assumptions.current_policy,
  judgedOn: (identification, dialect, parameters, dates) =>
    identification === 'current_policy' ? undefined : heldOut({ dialect, parameters, dates }),
  identify,
  limits,
};
export default selfCure;
