import type { Rehearsal } from '../../contract/experiments/rehearsal.ts';
import type { MetricHistory } from '../../contract/experiments/sizing.ts';
import { format, type Locale, type Text } from '../../text/text.ts';
import { amount } from '../power/amounts.ts';

const asPromised: Text = {
  es: 'Ensayado {replications, number, integer} veces con {people, number, integer} personas del pasado: {alarms, number, percent} de falsas alarmas y {power, number, percent} de aciertos con {effect} de efecto. Es lo que prometía la cuenta.',
  en: 'Tried {replications, number, integer} times on {people, number, integer} people of the past: {alarms, number, percent} false alarms, and an effect of {effect} seen in {power, number, percent}. That is what the formula promised.',
};
const notAsPromised: Text = {
  es: 'Ensayado {replications, number, integer} veces con {people, number, integer} personas del pasado: {alarms, number, percent} de falsas alarmas y {power, number, percent} de aciertos con {effect} de efecto. No es lo que prometía la cuenta: conviene mirar los datos antes de empezar.',
  en: 'Tried {replications, number, integer} times on {people, number, integer} people of the past: {alarms, number, percent} false alarms, and an effect of {effect} seen in {power, number, percent}. That is not what the formula promised: look at the data before starting.',
};

/** Room for what a formula leaves out, beside the Monte Carlo interval. */
const room = { power: 0.03, alarms: 0.01 };

/** Whether a share found is what was promised: false alarms no more, power no less. */
export function isAsPromised({ falseAlarms, power }: Pick<Rehearsal, 'falseAlarms' | 'power'>): boolean {
  const alarms = (falseAlarms.found.lower ?? 0) <= (falseAlarms.promised ?? 1) + room.alarms;
  const seen = (power.found.upper ?? 1) >= (power.promised ?? 0) - room.power;
  return alarms && seen;
}

/** What a rehearsal found, as one sentence in each language. */
export function rehearsalSentence(found: Omit<Rehearsal, 'sentence'>, metric: MetricHistory): Text {
  const sentence = isAsPromised(found) ? asPromised : notAsPromised;
  const write = (locale: Locale) =>
    format(sentence, locale, {
      replications: found.replications,
      people: found.people,
      alarms: found.falseAlarms.found.estimate,
      power: found.power.found.estimate,
      effect: amount(Math.ceil(found.planted * 100) / 100, metric)[locale],
    });
  return { es: write('es'), en: write('en') };
}
