import type { Text } from '#core/text/text.ts';
import type { Calendar, Question } from './question.ts';
import { candidates, exclusionTexts } from './self-cure/candidates.ts';
import { decisionDates } from './self-cure/dates.ts';
import { identify } from './self-cure/identify/identify.ts';
import { assumptions } from './self-cure/identify/texts.ts';
import { outcomes, outcomeTexts } from './self-cure/outcomes.ts';
import { type SelfCureParameters, selfCureParameters } from './self-cure/parameters.ts';

const observedTexts: Record<Calendar['observed'], Text> = {
  monthly: { es: 'observado una vez al mes', en: 'observed monthly' },
  weekly: { es: 'observado cada semana', en: 'observed weekly' },
  daily: { es: 'observado a diario', en: 'observed daily' },
};

/**
 * P(the account returns to 0 days past due within the horizon). The label is what happened under the contact policy
 * of the time: without people left alone on record, it is a cure under the current policy, not a cure alone.
 */
const selfCure: Question<SelfCureParameters> = {
  text: {
    title: { es: 'Cura con la política actual', en: 'Cure under the current policy' },
    summary: {
      es: 'Probabilidad de que una cuenta en mora vuelva a 0 días dentro del plazo, tratada como hasta hoy',
      en: 'Chance that an account past due returns to 0 days within the horizon, treated as until now',
    },
  },
  decision: {
    es: 'A quién esperar unos días antes de contactar, y a quién contactar ya',
    en: 'Whom to give some days before contacting, and whom to contact now',
  },
  parameters: selfCureParameters,
  needs: ['accounts', 'snapshots'],
  horizonDays: ({ horizonDays }) => horizonDays,
  describe({ minDaysPastDue, maxDaysPastDue, horizonDays, sustainedDays }, { observed }) {
    const stays = {
      es: sustainedDays > 0 ? ` y sigue así ${sustainedDays} días` : '',
      en: sustainedDays > 0 ? ` and stays there for ${sustainedDays} days` : '',
    };
    return {
      es: `¿Una cuenta con ${minDaysPastDue} a ${maxDaysPastDue} días de mora vuelve a 0 en ${horizonDays} días${stays.es}, con la política actual? (${observedTexts[observed].es})`,
      en: `Does an account ${minDaysPastDue} to ${maxDaysPastDue} days past due return to 0 within ${horizonDays} days${stays.en}, under the current policy? (${observedTexts[observed].en})`,
    };
  },
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
  identify,
  limits(_parameters, { observed }) {
    const coarse: Text[] =
      observed === 'monthly'
        ? [
            {
              es: 'Se observa una vez al mes: el plazo cuenta cortes, y una cura que dura menos que un corte no se ve.',
              en: 'Observed monthly: the horizon counts snapshots, and a cure shorter than the gap between two is not seen.',
            },
          ]
        : [];
    return [
      {
        es: 'Es la cura con la política actual: no dice quién se habría curado sin contacto. Para eso hace falta un grupo al azar al que no se contacte.',
        en: 'This is cure under the current policy: it does not say who would have cured without contact. That takes a random group that is not contacted.',
      },
      ...coarse,
      {
        es: 'Una cuenta en mora en varias fechas da varias filas; las de una misma persona van siempre al mismo grupo de validación, y quienes no se vieron al entrenar tienen resultados aparte.',
        en: 'An account late on several dates gives several rows; those of one person always stay in one fold, and people not seen in training have results of their own.',
      },
    ];
  },
};
export default selfCure;
