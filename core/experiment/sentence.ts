import { format, type Text } from '../text/text.ts';

/** Above this many percentage points a portfolio cannot answer what messages do: effects are of one or two. */
export const largestUsefulEffect = 3;

const sees: Text = {
  es: 'Con {people, number, integer} personas en {arms, number, integer} brazos y {days, number, integer} días se verá una mejora de {effect, number, decimal} {effect, plural, one {punto} other {puntos}} o más sobre el {rate, number, percent} de hoy en {cases} casos.',
  en: '{people, number, integer} people in {arms, number, integer} arms and {days, number, integer} days will see a lift of {effect, number, decimal} {effect, plural, one {point} other {points}} or more over today’s {rate, number, percent} in {cases} cases.',
};
const cannot: Text = {
  es: 'Esta cartera no puede responder esta pregunta: con {people, number, integer} personas solo se vería una mejora de {effect, number, decimal} puntos o más en {cases} casos, y lo que cambia un mensaje suele ser de 1 a 2 puntos. Puede hacerse como piloto.',
  en: 'This portfolio cannot answer this question: {people, number, integer} people would only see a lift of {effect, number, decimal} points or more in {cases} cases, and messages usually change 1 to 2 points. It can be run as a pilot.',
};
const never: Text = {
  es: 'Esta cartera no puede responder esta pregunta: con {people, number, integer} personas no se vería ninguna mejora, por grande que fuera, en {cases} casos. Puede hacerse como piloto.',
  en: 'This portfolio cannot answer this question: {people, number, integer} people would see no lift, however large, in {cases} cases. It can be run as a pilot.',
};
const unknown: Text = {
  es: 'Esta cartera no puede responder esta pregunta: no se sabe cuántas personas como estas se ponían al día, porque falta historia de {days, number, integer} días. Puede hacerse como piloto.',
  en: 'This portfolio cannot answer this question: how many people like these used to clear is not known, for want of {days, number, integer} days of history. It can be run as a pilot.',
};
const tenths: Text = { es: '{n} de cada 10', en: '{n} in 10' };
const hundredths: Text = { es: '{n} de cada 100', en: '{n} in 100' };

export interface SizingFigures {
  people: number;
  arms: number;
  horizonDays: number;
  power: number;
  /** Share in [0, 1]; null: not known. */
  baseRate: number | null;
  /** Percentage points; null: none is visible. */
  smallestEffect: number | null;
}

/** What a design could see, as one sentence in each language. The effect is rounded up to a tenth of a point. */
export function sizingSentence(figures: SizingFigures): Text {
  const { people, arms, horizonDays, power, baseRate, smallestEffect } = figures;
  const inTenths = Math.abs(power * 10 - Math.round(power * 10)) < 1e-9;
  const effect = smallestEffect === null ? null : Math.ceil(smallestEffect * 10 - 1e-9) / 10;
  const sentence =
    baseRate === null
      ? unknown
      : smallestEffect === null
        ? never
        : smallestEffect > largestUsefulEffect
          ? cannot
          : sees;
  const write = (locale: 'es' | 'en') =>
    format(sentence, locale, {
      people,
      arms,
      days: horizonDays,
      effect,
      rate: baseRate,
      cases: format(inTenths ? tenths : hundredths, locale, {
        n: Math.round(power * (inTenths ? 10 : 100)),
      }),
    });
  return { es: write('es'), en: write('en') };
}
