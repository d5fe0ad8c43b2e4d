import type { Locale, Text } from '../../../text/text.ts';
import type { ArmJudgement, Judgement } from '../judgement.ts';
import { amount, dayName, integer, say, type Unit, unitName, wholePercent } from './say.ts';

/** What a verdict is about, as it is named to people. */
export interface Subject {
  control: string;
  arms: Readonly<Record<string, Text>>;
  metric: Text;
  unit: Unit;
  currency: string | null;
  horizonDays: number;
  better: 'higher' | 'lower';
  margin: number;
  /** People whose window has closed, of those planned. */
  information: number;
  /** Day of the next look; null: none is left. */
  nextLook: string | null;
  /** How metrics are called, of guardrails and harm. */
  metrics: Readonly<Record<string, Text>>;
  /** What their values are counted in. */
  units: Readonly<Record<string, { unit: Unit; currency: string | null }>>;
  /** Titles of the checks of trust that failed. */
  failed: readonly Text[];
}

const named = (subject: Subject, arm: string): Text => subject.arms[arm] ?? { es: arm, en: arm };

/** "+1.9 points (0.6 to 3.2)". */
export function effectInWords(
  { estimate, lower, upper }: Pick<ArmJudgement, 'estimate' | 'lower' | 'upper'>,
  { unit, currency }: Pick<Subject, 'unit' | 'currency'>,
): Text | null {
  if (estimate === null) return null;
  const between = lower !== null && upper !== null;
  return say(
    between
      ? { es: '{size} {unit} ({lower} a {upper})', en: '{size} {unit} ({lower} to {upper})' }
      : { es: '{size} {unit}', en: '{size} {unit}' },
    (locale) => ({
      size: amount(locale, estimate, unit, true),
      unit: unitName(unit, currency)[locale],
      lower: lower === null ? '' : amount(locale, lower, unit),
      upper: upper === null ? '' : amount(locale, upper, unit),
    }),
  );
}

const sentences: Record<ArmJudgement['kind'], Text> = {
  not_started: { es: '{arm}: nadie ha entrado todavía.', en: '{arm}: nobody has entered yet.' },
  running: { es: '{arm}: todavía no se sabe.', en: '{arm}: not known yet.' },
  better: {
    es: '{arm} da mejor resultado que {control}: {effect}.',
    en: '{arm} does better than {control}: {effect}.',
  },
  worse: {
    es: '{arm} da peor resultado que {control}: {effect}.',
    en: '{arm} does worse than {control}: {effect}.',
  },
  equivalent: {
    es: '{arm} y {control} dan lo mismo a efectos prácticos: {effect}, dentro de ±{margin} {unit}.',
    en: '{arm} and {control} do the same for practical purposes: {effect}, within ±{margin} {unit}.',
  },
  inconclusive: {
    es: 'No concluyente: no se distingue {arm} de {control}: {effect}.',
    en: 'Inconclusive: {arm} cannot be told apart from {control}: {effect}.',
  },
  stopped_for_harm: {
    es: '{arm} hace daño: {harm}. No debe usarse.',
    en: '{arm} does harm: {harm}. It should not be used.',
  },
  invalid: {
    es: '{arm}: la comparación no es válida.',
    en: '{arm}: the comparison is not valid.',
  },
};

export const armSentence = (arm: ArmJudgement, subject: Subject): Text => {
  const effect = effectInWords(arm, subject);
  const none: Text = { es: 'sin estimación', en: 'no estimate' };
  return say(sentences[arm.kind], (locale) => ({
    arm: named(subject, arm.arm)[locale],
    control: named(subject, subject.control)[locale],
    effect: (effect ?? none)[locale],
    margin: amount(locale, subject.margin, subject.unit),
    unit: unitName(subject.unit, subject.currency)[locale],
    harm: arm.harmedBy
      .map((metric) => (subject.metrics[metric] ?? { es: metric, en: metric })[locale])
      .join(', '),
  }));
};

const leading = (judgement: Judgement, better: Subject['better']): ArmJudgement | undefined =>
  judgement.arms
    .filter(({ kind }) => kind === judgement.kind)
    .sort((a, b) => ((b.estimate ?? 0) - (a.estimate ?? 0)) * (better === 'higher' ? 1 : -1))[0];

const matured = (subject: Subject) => (locale: Locale) => ({
  share: wholePercent(locale, subject.information),
  days: subject.horizonDays,
  day: subject.nextLook === null ? '' : dayName(locale, subject.nextLook),
});

/** First sentence of the page. Never names a winner that no look has told. */
export function headline(judgement: Judgement, subject: Subject): Text {
  const lead = leading(judgement, subject.better);
  if (judgement.kind === 'not_started')
    return { es: 'Todavía no ha entrado nadie.', en: 'Nobody has entered yet.' };
  if (judgement.kind === 'running')
    return say(
      {
        es: 'Todavía no se sabe: {share} de las personas completaron sus {days} días.',
        en: 'Not known yet: {share} of people have completed their {days} days.',
      },
      matured(subject),
    );
  if (judgement.kind === 'invalid')
    return {
      es: 'La comparación no es válida: se perdieron o se mezclaron personas.',
      en: 'The comparison is not valid: people were lost or mixed.',
    };
  if (judgement.kind === 'inconclusive' && judgement.arms.length > 1)
    return say(
      {
        es: 'No concluyente: ningún brazo se distingue de {control}.',
        en: 'Inconclusive: no arm can be told apart from {control}.',
      },
      (locale) => ({ control: named(subject, subject.control)[locale] }),
    );
  return armSentence(lead ?? judgement.arms[0]!, subject);
}

const inThousand: Text = {
  es: '{metric}: unas {n} personas {way} de cada 1 000 (entre {lower} y {upper}).',
  en: '{metric}: about {n} {way} people of every 1,000 (between {lower} and {upper}).',
};

/** The effect in people; null where it is not a share or nothing was told. */
export function inPeople(judgement: Judgement, subject: Subject): Text | null {
  const lead = leading(judgement, subject.better);
  const told = judgement.kind === 'better' || judgement.kind === 'worse';
  if (
    !told ||
    subject.unit !== 'share' ||
    lead?.estimate == null ||
    lead.lower === null ||
    lead.upper === null
  )
    return null;
  const { estimate, lower, upper } = lead;
  const more = estimate > 0;
  const ends = more ? [lower, upper] : [-upper, -lower];
  return say(inThousand, (locale) => ({
    n: integer(locale, Math.abs(estimate) * 1000),
    way: locale === 'es' ? (more ? 'más' : 'menos') : more ? 'more' : 'fewer',
    lower: integer(locale, ends[0]! * 1000),
    upper: integer(locale, ends[1]! * 1000),
    metric: subject.metric[locale],
  }));
}

/** What comes next, or what to do. */
export function nextStep(judgement: Judgement, subject: Subject): Text | null {
  const { kind, ended } = judgement;
  if (kind === 'invalid')
    return {
      es: 'Averigüe dónde se perdieron y hágalo de nuevo con otras personas; estos efectos no sirven para decidir.',
      en: 'Find where they were lost and run it again on other people; these effects are no ground for a decision.',
    };
  if (kind === 'stopped_for_harm')
    return {
      es: 'Cierre el brazo y revise qué lo causó antes de probar otra cosa.',
      en: 'Close the arm and find out what caused it before trying anything else.',
    };
  if (kind === 'running' || kind === 'not_started') {
    if (subject.nextLook === null) return null;
    return say(
      {
        es: '{share} de las personas completaron sus {days} días; próxima revisión el {day}.',
        en: '{share} of people have completed their {days} days; next look on {day}.',
      },
      matured(subject),
    );
  }
  if (kind === 'inconclusive')
    return {
      es: 'La última revisión ya pasó. Para saber más diseñe otro experimento, con más personas o un cambio mayor; más días de este no responden.',
      en: 'The last look is over. To learn more design another experiment, with more people or a bigger change; more days of this one do not answer.',
    };
  if (kind === 'equivalent')
    return {
      es: 'Elija por costo o por trato: en resultado no se nota la diferencia.',
      en: 'Choose by cost or by how people are treated: the result shows no difference worth acting on.',
    };
  if (kind === 'worse')
    return say({ es: 'Siga con {control}.', en: 'Stay with {control}.' }, (locale) => ({
      control: named(subject, subject.control)[locale],
    }));
  return ended
    ? { es: 'Puede usarse; anote la decisión.', en: 'It may be used; write the decision down.' }
    : {
        es: 'La revisión ya lo distingue: puede cerrarse la entrada y usarse. Anote la decisión.',
        en: 'The look has told it apart: entry may be closed and it may be used. Write the decision down.',
      };
}
