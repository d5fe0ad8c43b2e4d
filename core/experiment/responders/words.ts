import type { Responders, ResponderVerdict, Worth } from '../../contract/experiments/responders.ts';
import { normalQuantile } from '../../stats/distributions/normal.ts';
import type { Locale, Text } from '../../text/text.ts';
import { amount, integer, say } from '../results/words/say.ts';

type Estimate = Worth['overOne'];

export interface Judged {
  people: number;
  /** How the one arm best for all is called in a sentence. */
  best: Text;
  shortRule: Worth;
  /** By the method that decides. */
  perPerson: Worth;
}

const isAbove = ({ lower }: Estimate): boolean => lower !== null && lower > 0;
const isBelow = ({ upper }: Estimate): boolean => upper !== null && upper < 0;

/** Of a normal interval: 99 % is so many times as wide as 95 %. */
const wider = normalQuantile(0.995) / normalQuantile(0.975);
const isSurelyAbove = ({ estimate, lower }: Estimate): boolean =>
  estimate !== null && lower !== null && estimate - wider * (estimate - lower) > 0;

/**
 * What may be said: segments where a rule of at most two questions did better, on people it had not seen, than one arm
 * for all, its whole 95 % interval above 0; that people differ where choosing person by person did, by its 99 % interval,
 * as it is a second look; else one rule for all. Where nobody differs, something is found in fewer than 5 of 100 trials.
 */
export const verdictOf = ({
  shortRule,
  perPerson,
}: Pick<Judged, 'shortRule' | 'perPerson'>): ResponderVerdict =>
  isAbove(shortRule.overOne) ? 'segments' : isSurelyAbove(perPerson.overOne) ? 'differ' : 'one_rule';

const headlines: Record<ResponderVerdict, Text> = {
  segments: {
    es: 'Las personas responden distinto: una regla corta rinde {gain} puntos más que un solo mensaje para todas.',
    en: 'People respond differently: a short rule does {gain} points better than one message for all.',
  },
  differ: {
    es: 'Las personas responden distinto ({gain} puntos), pero ninguna regla corta lo recoge con seguridad.',
    en: 'People respond differently ({gain} points), but no short rule surely holds it.',
  },
  one_rule: {
    es: 'No hay evidencia de que las personas respondan distinto: una sola regla para todas.',
    en: 'No evidence that people respond differently: one rule for all.',
  },
};

const ways = {
  rule: { es: 'Con la regla corta', en: 'With the short rule' },
  person: { es: 'Eligiendo persona por persona', en: 'Choosing person by person' },
} satisfies Record<string, Text>;

const gainText: Text = {
  es: '{way}, {gain} puntos frente a un solo mensaje para todas (de {lower} a {upper}), y {control} frente al control (de {controlLower} a {controlUpper}). Medido en personas de las que no se aprendió.',
  en: '{way}, {gain} points against one message for all ({lower} to {upper}), and {control} against control ({controlLower} to {controlUpper}). Measured on people it was not learnt from.',
};
const unknownText: Text = {
  es: '{way} no pudo medirse.',
  en: '{way} could not be measured.',
};

function gainOf(way: Text, { overOne, overControl }: Worth): Text {
  if (overOne.estimate === null || overControl.estimate === null)
    return say(unknownText, (locale) => ({ way: way[locale] }));
  const points = (locale: Locale, value: number | null) => amount(locale, value ?? 0, 'share', true);
  return say(gainText, (locale) => ({
    way: way[locale],
    gain: points(locale, overOne.estimate),
    lower: points(locale, overOne.lower),
    upper: points(locale, overOne.upper),
    control: points(locale, overControl.estimate),
    controlLower: points(locale, overControl.lower),
    controlUpper: points(locale, overControl.upper),
  }));
}

const losing: Text = {
  es: 'Elegir persona por persona habría rendido menos que un solo mensaje.',
  en: 'Choosing person by person would have done worse than one message.',
};
const secondLook: Text = {
  es: 'Elegir persona por persona queda sobre cero al 95 %, pero como es la segunda forma de mirar se le pide el 99 %.',
  en: 'Choosing person by person stands above zero at 95%, but as a second way of looking it is asked for 99%.',
};
const limits: Text = {
  es: 'Con {people} personas no puede descartarse una diferencia de hasta {upper} puntos.',
  en: 'With {people} people, a difference of up to {upper} points cannot be ruled out.',
};

const next: Record<ResponderVerdict, Text> = {
  segments: {
    es: 'Lo encontró este mismo experimento: guarde los segmentos y póngalos a prueba en el próximo, contra {best} para todas, antes de usarlos siempre.',
    en: 'This very experiment found it: save the segments and put them to the test in the next one, against {best} for all, before using them always.',
  },
  differ: {
    es: 'Siga con {best} para todas; una prueba con más personas, con los segmentos declarados antes, podría decir cuáles.',
    en: 'Keep {best} for all; a trial with more people, with segments declared beforehand, could tell which.',
  },
  one_rule: {
    es: 'Vale el veredicto del experimento para todas las personas. Separarlas ahora sería leer el azar.',
    en: 'The verdict of the experiment holds for everybody. Telling people apart now would be reading chance.',
  },
};

/** The verdict with its reasons and what comes next, in every language. */
export function responderWords(judged: Judged): Responders['verdict'] {
  const { shortRule, perPerson, people, best } = judged;
  const kind = verdictOf(judged);
  const leading = kind === 'differ' ? perPerson : shortRule;
  const upper = Math.max(shortRule.overOne.upper ?? 0, perPerson.overOne.upper ?? 0);
  return {
    kind,
    headline: say(headlines[kind], (locale) => ({
      gain: amount(locale, leading.overOne.estimate ?? 0, 'share'),
    })),
    reasons: [
      gainOf(ways.rule, shortRule),
      gainOf(ways.person, perPerson),
      ...(isBelow(perPerson.overOne) ? [losing] : []),
      ...(kind === 'one_rule' && isAbove(perPerson.overOne) ? [secondLook] : []),
      ...(kind === 'one_rule' && upper > 0
        ? [
            say(limits, (locale) => ({
              people: integer(locale, people),
              upper: amount(locale, upper, 'share'),
            })),
          ]
        : []),
    ],
    next: say(next[kind], (locale) => ({ best: best[locale] })),
  };
}
