import type { ContactEffect } from '../contract/experiments/holdouts.ts';
import { format, type Text } from '../text/text.ts';

const write = (text: Text, values: Record<string, string | number | null>): Text => ({
  es: format(text, 'es', values),
  en: format(text, 'en', values),
});

/** What contact is worth, in one sentence; says so when it cannot be told. */
export function valueSentence({ effect, held, treated }: ContactEffect, horizonDays: number): Text {
  if (effect.estimate === null || effect.lower === null || effect.upper === null)
    return write(
      {
        es: 'Aún no se puede decir lo que vale el contacto: {held, number, integer} personas apartadas y {treated, number, integer} contactadas con su plazo de {horizonDays, number, integer} días cumplido.',
        en: 'What contact is worth cannot be told yet: {held, number, integer} people held and {treated, number, integer} contacted have completed their {horizonDays, number, integer} days.',
      },
      { held: held.n, treated: treated.n, horizonDays },
    );
  const clear = effect.lower > 0 || effect.upper < 0;
  const side = (value: number) => (value < 0 ? 'less' : 'more');
  const perThousand = (value: number) => Math.abs(Math.round(value * 1000));
  const values = {
    thousand: 1000,
    of: perThousand(effect.estimate),
    ofSide: side(effect.estimate),
    from: perThousand(effect.lower),
    fromSide: side(effect.lower),
    to: perThousand(effect.upper),
    toSide: side(effect.upper),
    horizonDays,
  };
  return write(
    clear
      ? {
          es: 'De cada {thousand, number, integer} personas, se ponen al día en {horizonDays, number, integer} días {of, number, integer} {ofSide, select, less {menos} other {más}} porque se las contacta (de {from, number, integer} a {to, number, integer}).',
          en: 'Of every {thousand, number, integer} people, {of, number, integer} {ofSide, select, less {fewer} other {more}} clear within {horizonDays, number, integer} days because they are contacted ({from, number, integer} to {to, number, integer}).',
        }
      : {
          es: 'Todavía no se distingue contactar de no contactar: de cada {thousand, number, integer} personas se pondrían al día en {horizonDays, number, integer} días entre {from, number, integer} {fromSide, select, less {menos} other {más}} y {to, number, integer} {toSide, select, less {menos} other {más}}.',
          en: 'Contact cannot be told from none yet: of every {thousand, number, integer} people, between {from, number, integer} {fromSide, select, less {fewer} other {more}} and {to, number, integer} {toSide, select, less {fewer} other {more}} would clear within {horizonDays, number, integer} days.',
        },
    values,
  );
}

/** What the expected cost rests on. */
export const costBasis: Record<'past' | 'most', Text> = {
  past: {
    es: 'Según personas que ya se dejaron aparte por sorteo en el pasado de esta cartera.',
    en: 'From people already left aside by lot in this portfolio’s past.',
  },
  most: {
    es: 'Nadie se ha dejado aparte todavía: a lo sumo, todo lo que esas personas pagarían en 30 días.',
    en: 'Nobody has been left aside yet: at most all that those people would pay within 30 days.',
  },
};

export const releaseTitles: Record<string, Text> = {
  time_over: { es: 'se cumplió su plazo', en: 'their time was over' },
  bucket: { es: 'llegó a 30 días de mora', en: 'came to 30 days past due' },
  flag: { es: 'dificultad o vulnerabilidad', en: 'hardship or vulnerability' },
  ended: { es: 'terminó el grupo', en: 'the holdout ended' },
};
