import type { Locale, Text } from '../../../text/text.ts';
import { amount, say, type Unit, unitName, wholePercent } from './say.ts';

/** Ways of inference that did not decide, for whoever wants to see what they would show. */
export const otherMethods = {
  afterStopping: {
    es: 'ajustada por haberse detenido en una revisión: estimación mediana insesgada, intervalo y valor p por orden de etapas',
    en: 'adjusted for having stopped at a look: median-unbiased estimate, interval and p-value by stage-wise order',
  },
  dunnett: {
    es: 'Dunnett: varios brazos contra un control; intervalo simultáneo, valor p por pasos',
    en: 'Dunnett: several arms against one control; simultaneous interval, step-down p-value',
  },
  alwaysValid: {
    es: 'secuencia de confianza, válida aunque se mire todos los días',
    en: 'confidence sequence, valid even if looked at every day',
  },
} satisfies Record<string, Text>;

/** What a posterior without prior knowledge says, with its chances in words. */
export const bayesian = (
  { unit, currency }: { unit: Unit; currency: string | null },
  chance: number,
  loss: number,
): Text =>
  say(
    {
      es: 'bayesiana, sin conocimiento previo: probabilidad de ganancia {chance}, pérdida esperada si se cambia, {loss} {unit}',
      en: 'Bayesian, without prior knowledge: chance of a gain {chance}, expected loss of changing, {loss} {unit}',
    },
    (locale: Locale) => ({
      chance: wholePercent(locale, chance),
      loss: amount(locale, loss, unit),
      unit: unitName(unit, currency)[locale],
    }),
  );
