import { format, type Locale, type Text, type TextValues } from '../text/text.ts';
import type { Assumptions } from './define.ts';
import type { PastSpan } from './past/spans.ts';

const write = (text: Text, values: TextValues): Text => ({
  es: format(text, 'es', values),
  en: format(text, 'en', values),
});

/** Which past the base rate comes from. */
export const baseRateNote = (events: number, n: number, { from, until }: PastSpan): Text =>
  write(
    {
      es: 'De {n, number, integer} personas como estas el {from}, {events, number, integer} estaban al día en todas sus cuentas hasta el {until}.',
      en: 'Of {n, number, integer} people like these on {from}, {events, number, integer} had cleared all their accounts by {until}.',
    },
    { n, events, from, until },
  );

/** The latest stretch says something else than those before, and is left out. */
export const outOfLineNote = (rate: number, before: number, { from, until }: PastSpan): Text =>
  write(
    {
      es: 'No se toma el último tramo, del {from} al {until}: {rate, number, percent} frente a {before, number, percent} antes. Un salto de más de la mitad dice que cambiaron los datos, no las personas.',
      en: 'The latest stretch, {from} to {until}, is not used: {rate, number, percent} against {before, number, percent} before. A move of more than half says that the data changed, not the people.',
    },
    { rate, before, from, until },
  );

/** The past had no scores, so that its people were chosen without them. */
export const widenedNote = (ratio: number | null): Text =>
  ratio === null
    ? write(
        {
          es: 'Entonces no había puntajes: la tasa es la de personas elegidas sin ellos.',
          en: 'There were no scores then: the rate is that of people chosen without them.',
        },
        {},
      )
    : write(
        {
          es: 'Entonces no había puntajes: la tasa de personas elegidas sin ellos se multiplica por {ratio, number, decimal}, lo que el puntaje medio de hoy cambia al elegir con ellos.',
          en: 'There were no scores then: the rate of people chosen without them is multiplied by {ratio, number, decimal}, which is how much choosing by them changes today’s mean score.',
        },
        { ratio },
      );

export type CovariateSource = 'past_scores' | 'model_card' | 'none';

/** What the covariate's share of variance comes from. */
export const covariateNote = (source: CovariateSource, r2: number, model: Text | null): Text => {
  const texts: Record<CovariateSource, Text> = {
    past_scores: {
      es: 'El puntaje de «{model}» explica {r2, number, percent} de quién se pone al día (correlación al cuadrado en el pasado).',
      en: 'The score of “{model}” explains {r2, number, percent} of who clears (squared correlation in the past).',
    },
    model_card: {
      es: 'El puntaje de «{model}» explica {r2, number, percent} de quién se pone al día (según la ficha del modelo: 1 − Brier ÷ varianza).',
      en: 'The score of “{model}” explains {r2, number, percent} of who clears (from the model’s card: 1 − Brier ÷ variance).',
    },
    none: {
      es: 'Sin puntaje: nada reduce la varianza.',
      en: 'No score: nothing reduces the variance.',
    },
  };
  const said = (locale: Locale) => format(texts[source], locale, { r2, model: model?.[locale] });
  return { es: said('es'), en: said('en') };
};

/** What a named person states in place of the portfolio. */
export const assumptionNote = ({ statedBy, ...stated }: Assumptions): Text =>
  write(
    {
      es: 'Declarado por {statedBy}, porque la cartera no lo trae: {stated}.',
      en: 'Stated by {statedBy}, because the portfolio does not hold it: {stated}.',
    },
    {
      statedBy,
      stated: Object.entries(stated)
        .filter(([, value]) => value !== undefined)
        .map(
          ([name, value]) =>
            `${name} ${typeof value === 'object' && value ? Object.values(value).join(' · ') : value}`,
        )
        .join(', '),
    },
  );
