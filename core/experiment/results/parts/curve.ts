import type { ExperimentResults } from '../../../contract/experiments/results.ts';
import type { Locale, Text } from '../../../text/text.ts';
import type { Gathered, GatheredColumn } from '../gathered.ts';
import type { Judgement } from '../judgement.ts';
import { say } from '../words/say.ts';
import { collapse } from './collapse.ts';
import { adjusted, momentsIn, nothingYet, type Question, unadjusted } from './effects.ts';
import { comparable } from './windows.ts';

/** Days since entering at which the effect on the primary metric is drawn, beside its own window. */
export const curveDays = [7, 14, 30, 60] as const;

/**
 * The effect on the primary metric by day since entering, at the last look done: up to its window, on the people of
 * that look, so that days differ by time alone; past it, on those of them whose longer window has closed. Before the
 * first look there is none.
 */
export function curveOf(
  gathered: Gathered,
  primary: GatheredColumn,
  lookOn: string | null,
): ExperimentResults['curve'] {
  const { design, columns, cells, asOf } = gathered;
  const points = columns.filter(
    ({ role, metricId }) => metricId === primary.metricId && (role === 'curve' || role === 'primary'),
  );
  const others = design.arms.filter(({ name }) => name !== design.control);
  return others.flatMap(({ name: arm }) =>
    [...points]
      .sort((a, b) => a.horizonDays - b.horizonDays)
      .map((point) => {
        const long = point.horizonDays > primary.horizonDays;
        const keep = comparable(
          gathered,
          arm,
          (long ? asOf : lookOn) ?? '',
          Math.max(point.horizonDays, primary.horizonDays),
        );
        const within = comparable(gathered, arm, lookOn ?? '', primary.horizonDays);
        const asked: Question = {
          cells: lookOn === null ? [] : collapse(cells, (cohort) => keep(cohort) && within(cohort), point.id),
          id: point.id,
          kind: point.metric.kind,
          control: design.control,
          arm,
          alpha: design.alpha,
        };
        const n = asked.cells.length ? momentsIn(asked, arm).n + momentsIn(asked, asked.control).n : 0;
        const known = n > 0 && point.metric.kind !== 'quantile';
        const estimate = design.analysis.estimator === 'adjusted' ? adjusted : unadjusted;
        return {
          day: point.horizonDays,
          arm,
          n,
          effect: known ? estimate(asked) : nothingYet('not_matured'),
        };
      }),
  );
}

const apart = ({ lower, upper }: ExperimentResults['curve'][number]['effect']): number =>
  lower === null || upper === null ? 0 : lower > 0 ? 1 : upper < 0 ? -1 : 0;

interface CurveWords {
  better: 'higher' | 'lower';
  horizonDays: number;
  titles: Readonly<Record<string, Text>>;
  control: string;
}

const findings = {
  early: {
    es: '{arms}: antes, no más. La ventaja de los primeros días ya no está al día {days}.',
    en: '{arms}: earlier, not more. The gain of the first days is gone by day {days}.',
  },
  more: {
    es: '{arms}: más, no solo antes. La ventaja sigue al día {days}.',
    en: '{arms}: more, not only earlier. The gain is still there on day {days}.',
  },
  faded: {
    es: '{arms}: la ventaja ya no se distingue al día {days}.',
    en: '{arms}: the gain can no longer be told apart on day {days}.',
  },
  worse: {
    es: '{arms}: la desventaja sigue al día {days}.',
    en: '{arms}: the disadvantage is still there on day {days}.',
  },
  none: {
    es: 'En ninguno de los días, hasta el {days}, se distingue un brazo de {control}.',
    en: 'On none of the days, up to day {days}, can an arm be told apart from {control}.',
  },
  open: {
    es: 'Lo visto antes del día {days} no decide: ahí ningún brazo se distingue de {control}.',
    en: 'What was seen before day {days} does not decide: there no arm can be told apart from {control}.',
  },
} satisfies Record<string, Text>;

/**
 * What the curve says, of arms in order: a gain seen at 7 or 14 days that is gone by the end of the window is "earlier,
 * not more"; of an arm judged better or worse, whether that is still so on the last day known. Said only once the last
 * look is over: until then days are not told apart. Null where fewer than two
 * days are known.
 */
export function curveFinding(
  curve: ExperimentResults['curve'],
  judgement: Judgement,
  { better, horizonDays, titles, control }: CurveWords,
): Text | null {
  const known = curve.filter(({ effect }) => effect.estimate !== null);
  const days = [...new Set(known.map(({ day }) => day))];
  const last = Math.max(...days);
  if (!judgement.ended || days.length < 2) return null;
  const sign = better === 'higher' ? 1 : -1;
  /** Whether an arm is told apart on a day, and to which side: 1 for the better. */
  const sideOn = (arm: string, day: number): number => {
    const point = known.find((one) => one.arm === arm && one.day === day);
    return point ? sign * apart(point.effect) : 0;
  };
  const of = (test: (arm: Judgement['arms'][number]) => boolean) =>
    judgement.arms.filter(test).map(({ arm }) => arm);
  const early = of(
    ({ arm, kind }) =>
      kind !== 'better' &&
      days.some((day) => day < horizonDays && sideOn(arm, day) === 1) &&
      sideOn(arm, horizonDays) !== 1,
  );
  const told: [keyof typeof findings, string[], number][] = [
    ['early', early, horizonDays],
    ['more', of(({ arm, kind }) => kind === 'better' && sideOn(arm, last) === 1), last],
    ['faded', of(({ arm, kind }) => kind === 'better' && sideOn(arm, last) !== 1), last],
    ['worse', of(({ arm, kind }) => kind === 'worse' && sideOn(arm, last) === -1), last],
  ];
  const said = told.filter(([, arms]) => arms.length > 0);
  const seen = judgement.arms.some(({ arm }) => days.some((day) => sideOn(arm, day) !== 0));
  if (said.length === 0) said.push([seen ? 'open' : 'none', [], seen ? horizonDays : last]);
  const title = (arm: string, locale: Locale): string => (titles[arm] ?? { es: arm, en: arm })[locale];
  const sentences = said.map(([finding, arms, day]) =>
    say(findings[finding], (locale) => ({
      arms: arms.map((arm) => title(arm, locale)).join(', '),
      days: day,
      control: title(control, locale),
    })),
  );
  return say({ es: '{all}', en: '{all}' }, (locale) => ({
    all: sentences.map((sentence) => sentence[locale]).join(' '),
  }));
}
