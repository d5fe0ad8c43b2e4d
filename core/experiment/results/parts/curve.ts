import type { ExperimentResults } from '../../../contract/experiments/results.ts';
import type { Text } from '../../../text/text.ts';
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

/**
 * What the curve says, of arms in order: a gain seen at 7 or 14 days that is gone by the end of the window is "earlier,
 * not more". Said only once the last look is over: until then days are not told apart.
 */
export function curveFinding(
  curve: ExperimentResults['curve'],
  judgement: Judgement,
  given: { better: 'higher' | 'lower'; horizonDays: number; titles: Readonly<Record<string, Text>> },
): Text | null {
  if (!judgement.ended) return null;
  const sign = given.better === 'higher' ? 1 : -1;
  const early = judgement.arms.filter(({ arm, kind }) => {
    if (kind === 'better') return false;
    const at = (test: (day: number) => boolean) =>
      curve.filter((point) => point.arm === arm && test(point.day));
    const gained = at((day) => day < given.horizonDays).some(({ effect }) => apart(effect) === sign);
    return gained && at((day) => day === given.horizonDays).every(({ effect }) => apart(effect) !== sign);
  });
  if (early.length === 0) return null;
  return say(
    {
      es: '{arms}: antes, no más. La ventaja de los primeros días ya no está al día {days}.',
      en: '{arms}: earlier, not more. The gain of the first days is gone by day {days}.',
    },
    (locale) => ({
      arms: early.map(({ arm }) => (given.titles[arm] ?? { es: arm, en: arm })[locale]).join(', '),
      days: given.horizonDays,
    }),
  );
}
