import type { Locale, Text } from '../../../text/text.ts';
import type { Judgement } from '../judgement.ts';
import { amount, dayName, integer, say, unitName, wholePercent } from './say.ts';
import type { Subject } from './verdict.ts';

export interface Grounds {
  people: number;
  matured: number;
  /** What differs between the arms, which the comparison is called by. */
  differs: Text | null;
  /** A look stored when it was reached that said something else than the data now. */
  corrected: Text | null;
  /** Declared segments whose interaction test passed, or a sentence that none did. */
  segments: Text | null;
  inference: 'fixed' | 'group_sequential' | 'always_valid';
}

/** The margin of a guardrail in its own unit, with the unit's name. */
function marginIn(subject: Subject, { metric, margin }: Judgement['guardrails'][number], locale: Locale) {
  const { unit, currency } = subject.units[metric] ?? { unit: 'share', currency: null };
  return { margin: amount(locale, margin, unit), unit: unitName(unit, currency)[locale] };
}

/** Why the verdict is what it is, and what is still missing, most important first. */
export function reasonsFor(judgement: Judgement, subject: Subject, grounds: Grounds): Text[] {
  const { looks, guardrails, provisionalUntil, kind } = judgement;
  const done = looks.filter(({ state }) => state === 'done').length;
  const list: (Text | null)[] = [
    ...(kind === 'invalid' ? subject.failed : []),
    say(
      {
        es: '{matured} de {people} personas completaron sus {days} días ({share} de lo planeado).',
        en: '{matured} of {people} people have completed their {days} days ({share} of the plan).',
      },
      (locale) => ({
        matured: integer(locale, grounds.matured),
        people: integer(locale, grounds.people),
        days: subject.horizonDays,
        share: wholePercent(locale, subject.information),
      }),
    ),
    say(
      grounds.inference === 'fixed'
        ? {
            es: 'Se revisa una sola vez, cuando todas las personas completaron su plazo{done, select, 0 { (todavía no)} other {}}.',
            en: 'It is read once, when everybody has completed their window{done, select, 0 { (not yet)} other {}}.',
          }
        : {
            es: 'Revisiones hechas: {done} de {looks}, en las fechas del plan; entre revisiones no se decide.',
            en: 'Looks done: {done} of {looks}, on the days of the plan; nothing is decided between looks.',
          },
      { done: String(done), looks: String(looks.length) },
    ),
    ...judgement.arms.flatMap((arm) => {
      const apart = arm.lower !== null && (arm.lower > 0 || arm.upper! < 0);
      if (arm.kind !== 'equivalent' || !apart) return [];
      return say(
        {
          es: 'La diferencia de {arm} no es cero, pero es menor que lo que el plan da por útil.',
          en: 'The difference of {arm} is not zero, but smaller than what the plan calls worth acting on.',
        },
        (locale) => ({ arm: (subject.arms[arm.arm] ?? { es: arm.arm, en: arm.arm })[locale] }),
      );
    }),
    ...guardrails
      .filter(({ reading, matured }) => matured && reading !== 'within_margin')
      .map((rail) =>
        say(
          rail.reading === 'margin_crossed'
            ? {
                es: '{arm}: {metric} empeora más que el margen de {margin} {unit}.',
                en: '{arm}: {metric} gets worse by more than the margin of {margin} {unit}.',
              }
            : {
                es: '{arm}: no se ha mostrado que {metric} quede dentro del margen de {margin} {unit}.',
                en: '{arm}: {metric} has not been shown to stay within the margin of {margin} {unit}.',
              },
          (locale) => ({
            arm: (subject.arms[rail.arm] ?? { es: rail.arm, en: rail.arm })[locale],
            metric: (subject.metrics[rail.metric] ?? { es: rail.metric, en: rail.metric })[
              locale
            ].toLowerCase(),
            ...marginIn(subject, rail, locale),
          }),
        ),
      ),
    provisionalUntil === null
      ? null
      : say(
          {
            es: 'Provisional hasta el {day}: falta que madure un indicador de daño.',
            en: 'Provisional until {day}: a guardrail has not matured.',
          },
          (locale) => ({ day: dayName(locale, provisionalUntil) }),
        ),
    grounds.corrected,
    kind === 'running' || kind === 'not_started' ? null : grounds.segments,
    grounds.differs,
  ];
  return list.filter((text) => text !== null);
}
