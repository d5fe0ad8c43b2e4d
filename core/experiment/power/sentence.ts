import type { MetricHistory } from '../../contract/experiments/sizing.ts';
import { format, type Locale, type Text } from '../../text/text.ts';
import { amount, roundedUp } from './amounts.ts';

const sees: Text = {
  es: 'Con {people, number, integer} personas en {arms, number, integer} brazos y {days, number, integer} días se verá una mejora de {effect} o más sobre el {rate, number, percent} de hoy en {cases} casos.',
  en: '{people, number, integer} people in {arms, number, integer} arms and {days, number, integer} days will see a lift of {effect} or more over today’s {rate, number, percent} in {cases} cases.',
};
const seesOther: Text = {
  es: 'Con {people, number, integer} personas en {arms, number, integer} brazos y {days, number, integer} días se verá una mejora de {effect} o más en «{metric}» (hoy {level}) en {cases} casos.',
  en: '{people, number, integer} people in {arms, number, integer} arms and {days, number, integer} days will see an improvement of {effect} or more in “{metric}” (today {level}) in {cases} cases.',
};
const cannot: Text = {
  es: 'Esta cartera no puede responder esta pregunta: con {people, number, integer} personas solo se vería una mejora de {effect} o más en {cases} casos, y lo que cambia un mensaje suele ser {usual}. Puede hacerse como piloto.',
  en: 'This portfolio cannot answer this question: {people, number, integer} people would only see a lift of {effect} or more in {cases} cases, and messages usually change {usual}. It can be run as a pilot.',
};
const usualPoints: Text = { es: 'de 1 a 2 puntos', en: '1 to 2 points' };
const usualLess: Text = { es: 'mucho menos', en: 'much less' };
const never: Text = {
  es: 'Esta cartera no puede responder esta pregunta: con {people, number, integer} personas no se vería ninguna mejora, por grande que fuera, en {cases} casos. Puede hacerse como piloto.',
  en: 'This portfolio cannot answer this question: {people, number, integer} people would see no lift, however large, in {cases} cases. It can be run as a pilot.',
};
const unknown: Text = {
  es: 'Esta cartera no puede responder esta pregunta: no se sabe cuántas personas como estas se ponían al día, porque falta historia de {horizon, number, integer} días. Puede hacerse como piloto.',
  en: 'This portfolio cannot answer this question: how many people like these used to clear is not known, for want of {horizon, number, integer} days of history. It can be run as a pilot.',
};
const unknownOther: Text = {
  es: 'Esta cartera no puede responder esta pregunta: no trae historia de «{metric}» en {horizon, number, integer} días. Puede hacerse como piloto.',
  en: 'This portfolio cannot answer this question: it holds no history of “{metric}” over {horizon, number, integer} days. It can be run as a pilot.',
};
const tenths: Text = { es: '{n} de cada 10', en: '{n} in 10' };
const hundredths: Text = { es: '{n} de cada 100', en: '{n} in 100' };

export interface SizingFigures {
  people: number;
  arms: number;
  /** Until the last look. */
  days: number;
  horizonDays: number;
  power: number;
  /** The primary metric's past; null: none. */
  metric: MetricHistory | null;
  /** As shown: percentage points of a share, else the metric's unit; null: none is visible. */
  smallestEffect: number | null;
  answerable: boolean;
}

/** The share of cases: 8 in 10, or 85 in 100 where tenths would not say it. */
export function casesOf(power: number): Text {
  const inTenths = Math.abs(power * 10 - Math.round(power * 10)) < 1e-9;
  const n = Math.round(power * (inTenths ? 10 : 100));
  const write = (locale: Locale) => format(inTenths ? tenths : hundredths, locale, { n });
  return { es: write('es'), en: write('en') };
}

/** Points to a tenth, rounded up; other amounts to two figures. */
const promised = (effect: number, metric: MetricHistory): Text =>
  amount(metric.unit === 'share' ? Math.ceil(effect * 10 - 1e-9) / 10 : roundedUp(effect), metric);

function sentenceFor({ metric, smallestEffect, answerable }: SizingFigures): Text {
  const share = metric === null || metric.unit === 'share';
  if (metric === null || metric.base.estimate === null)
    return metric === null || metric.id === 'cured' ? unknown : unknownOther;
  if (smallestEffect === null) return never;
  if (!answerable) return cannot;
  return share ? sees : seesOther;
}

/** What a design could see, as one sentence in each language. The effect is rounded up. */
export function sizingSentence(figures: SizingFigures): Text {
  const { people, arms, days, horizonDays, power, metric, smallestEffect } = figures;
  const sentence = sentenceFor(figures);
  const effect = metric && smallestEffect !== null ? promised(smallestEffect, metric) : null;
  const level = metric?.base.estimate ?? null;
  const usual = metric?.unit === 'share' ? usualPoints : usualLess;
  const write = (locale: Locale) =>
    format(sentence, locale, {
      people,
      arms,
      days,
      horizon: horizonDays,
      effect: effect?.[locale] ?? null,
      rate: level,
      level: metric && level !== null ? amount(level, metric)[locale] : null,
      metric: metric?.title[locale] ?? null,
      usual: usual[locale],
      cases: casesOf(power)[locale],
    });
  return { es: write('es'), en: write('en') };
}
