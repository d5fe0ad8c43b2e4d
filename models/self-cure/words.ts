import type { Identification } from '#core/contract/models/card.ts';
import type { Text } from '#core/text/text.ts';
import type { Calendar } from '../question.ts';
import { monthsAhead } from './dates.ts';
import type { SelfCureParameters } from './parameters.ts';

/** Whether the answer tells what happens when nobody contacts. */
export const isAlone = (identification: Identification): boolean =>
  identification === 'holdout' || identification === 'censoring_weights';

const observedTexts: Record<Calendar['observed'], Text> = {
  monthly: { es: 'observado una vez al mes', en: 'observed monthly' },
  weekly: { es: 'observado cada semana', en: 'observed weekly' },
  daily: { es: 'observado a diario', en: 'observed daily' },
};

const conditions = {
  alone: { es: 'si nadie la contacta', en: 'if nobody contacts it' },
  policy: { es: 'con la política actual', en: 'under the current policy' },
};

function spans(days: number, { observed }: Calendar): Text {
  if (observed !== 'monthly') return { es: `${days} días`, en: `${days} days` };
  const months = monthsAhead(days);
  return months === 1
    ? { es: 'un corte mensual', en: 'one monthly snapshot' }
    : { es: `${months} cortes mensuales`, en: `${months} monthly snapshots` };
}

/** The question with its figures. */
export function describe(
  { minDaysPastDue, maxDaysPastDue, rows, entryDays, horizonDays, sustainedDays }: SelfCureParameters,
  calendar: Calendar,
  identification: Identification = 'current_policy',
): Text {
  const within = spans(horizonDays, calendar);
  const lasting = spans(sustainedDays, calendar);
  const stays = {
    es: sustainedDays > 0 ? ` y sigue así ${lasting.es}` : '',
    en: sustainedDays > 0 ? ` and stays there for ${lasting.en}` : '',
  };
  const asked =
    rows === 'late_dates'
      ? { es: '', en: '' }
      : calendar.observed === 'monthly'
        ? { es: ', en su primer corte en mora', en: ', at its first snapshot past due' }
        : {
            es: `, a los ${entryDays} días de entrar en mora`,
            en: `, ${entryDays} days after it became late`,
          };
  const condition = isAlone(identification) ? conditions.alone : conditions.policy;
  const observed = observedTexts[calendar.observed];
  return {
    es: `¿Una cuenta con ${minDaysPastDue} a ${maxDaysPastDue} días de mora${asked.es}, vuelve a 0 en ${within.es}${stays.es}, ${condition.es}? (${observed.es})`,
    en: `Does an account ${minDaysPastDue} to ${maxDaysPastDue} days past due${asked.en}, return to 0 within ${within.en}${stays.en}, ${condition.en}? (${observed.en})`,
  };
}

const monthly: Text = {
  es: 'Se observa una vez al mes: el plazo cuenta cortes, y una cura que dura menos que un corte solo se ve si hay pagos cargados.',
  en: 'Observed monthly: the horizon counts snapshots, and a cure shorter than the gap between two is seen only where payments are loaded.',
};

const ofIdentification = {
  holdout: {
    es: 'Vale para personas como las apartadas: se midió en pocas, y solo mientras ese grupo siga sin contacto.',
    en: 'It holds for people like those held out: it was measured on few, and only while that group goes without contact.',
  },
  censoring_weights: {
    es: 'Descansa en que a quién se contactó dependió solo de lo que está en los datos; un grupo al azar sin contacto lo comprobaría.',
    en: 'It rests on who was contacted having depended only on what is in the data; a random group nobody contacts would check it.',
  },
  current_policy: {
    es: 'Es la cura con la política actual: no dice quién se habría curado sin contacto. Para eso hace falta un grupo al azar al que no se contacte.',
    en: 'This is cure under the current policy: it does not say who would have cured without contact. That takes a random group that is not contacted.',
  },
} as const;

const repeated: Record<SelfCureParameters['rows'], Text> = {
  entries: {
    es: 'Una cuenta que entra en mora varias veces da varias filas; las de una misma persona van siempre al mismo grupo de validación, y quienes no se vieron al entrenar tienen resultados aparte.',
    en: 'An account that becomes late several times gives several rows; those of one person always stay in one fold, and people not seen in training have results of their own.',
  },
  late_dates: {
    es: 'Una cuenta en mora en varias fechas da varias filas; las de una misma persona van siempre al mismo grupo de validación, y quienes no se vieron al entrenar tienen resultados aparte.',
    en: 'An account late on several dates gives several rows; those of one person always stay in one fold, and people not seen in training have results of their own.',
  },
};

export function limits(
  { rows }: SelfCureParameters,
  { observed }: Calendar,
  identification: Identification = 'current_policy',
): Text[] {
  const own =
    identification === 'holdout' || identification === 'censoring_weights'
      ? ofIdentification[identification]
      : ofIdentification.current_policy;
  return [own, ...(observed === 'monthly' ? [monthly] : []), repeated[rows]];
}
