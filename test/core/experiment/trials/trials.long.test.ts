import { describe, expect, it } from 'vitest';
import { addDays } from '#core/contact/time/wall-clock.ts';
import type { Design } from '#core/experiment/define.ts';
import { levelOf } from '#core/experiment/many/levels.ts';
import { daysBetween } from '#core/experiment/monitoring/harm/harm-counts.ts';
import { harmAlpha } from '#core/experiment/monitoring/harm.ts';
import { familyOf } from '#core/experiment/power/design-size.ts';
import { inflationOf } from '#core/experiment/power/inflation.ts';
import { peopleFor } from '#core/experiment/power/solve.ts';
import { lookDays } from '#core/experiment/results/plan.ts';
import { seededRandom } from '#models/maths/random.ts';
import {
  drawPeople,
  lastDay,
  startsOn,
  type TrialTruth,
  trialDesign,
  verdictOn,
  watchedOn,
  windowDays,
} from '../../../support/trials/trial-people.ts';
import { simulationError } from '../../../support/trials/z-paths.ts';

const trials = 500;
const base = { cured: 0.3, complaint: 0.02 };
const effect = 0.05;
const nothing = { neutral: base, loss_aversion: base, reciprocity: base };
const table: Record<string, string | number>[] = [];

const note = (what: string, promised: string, found: number, error: number) =>
  table.push({ what, promised, found: Number(found.toFixed(4)), error: Number(error.toFixed(4)) });

/** People a day in each arm so that the design has its power for the effect, as the studio reckons it. */
function dailyFor(plan: Design): number {
  const schedule = {
    planned: Array.from({ length: plan.entryDays }, (_, i) => ({
      entersOn: addDays(startsOn, i),
      people: 1,
    })),
    lastEntry: addDays(startsOn, plan.entryDays - 1),
  };
  const information = lookDays(plan, schedule).map((look) => look.information);
  const alpha = levelOf(familyOf(plan, information.length));
  const people = peopleFor(
    effect,
    plan.power,
    { control: 1 / 3, arm: 1 / 3 },
    {
      outcome: { kind: 'proportion', rate: base.cured },
      alpha,
      inflation: inflationOf(plan, alpha, information),
    },
  );
  return Math.ceil((people ?? 0) / 3 / plan.entryDays);
}

interface Found {
  /** Share of trials in which any arm without an effect was called better or worse. */
  falseAlarms: number;
  /** In which the arm with the planted effect was called better. */
  found: number;
  /** In which the daily watch stopped the first arm, or the second; and on which day on average the first. */
  stopped: number;
  stoppedOther: number;
  day: number;
  /** Verdicts as a whole. */
  kinds: Record<string, number>;
}

function runTrials(plan: Design, truth: TrialTruth, seed: number, planted: boolean): Found {
  const random = seededRandom(seed);
  const sums = { falseAlarms: 0, found: 0, stopped: 0, stoppedOther: 0, day: 0 };
  const kinds: Record<string, number> = {};
  const last = lastDay(plan);
  for (let trial = 0; trial < trials; trial++) {
    const people = drawPeople(plan, truth, random);
    // The watch never takes back what it said, so its last day shows every day's stop.
    const harm = watchedOn(plan, people, last);
    const [first, second] = harm;
    if (first?.crossed) {
      sums.stopped++;
      sums.day += daysBetween(startsOn, first.checkedOn);
    }
    if (second?.crossed) sums.stoppedOther++;
    // Each day of a look, as the page would have it then; a verdict on an arm stands once it is given.
    const said = verdictOn(plan, people, last, []);
    const looks = said.looks.map(({ on }) => verdictOn(plan, people, daysBetween(startsOn, on), []));
    const calls = [0, 1].map(
      (arm) =>
        looks.map(({ arms }) => arms[arm]?.kind).find((kind) => kind === 'better' || kind === 'worse') ??
        'none',
    );
    if (planted ? calls[1] !== 'none' : calls.some((call) => call !== 'none')) sums.falseAlarms++;
    if (calls[0] === 'better') sums.found++;
    const whole = verdictOn(plan, people, last, harm).kind;
    kinds[whole] = (kinds[whole] ?? 0) + 1;
  }
  return {
    falseAlarms: sums.falseAlarms / trials,
    found: sums.found / trials,
    stopped: sums.stopped / trials,
    stoppedOther: sums.stoppedOther / trials,
    day: sums.stopped > 0 ? sums.day / sums.stopped : Number.NaN,
    kinds,
  };
}

describe('500 simulated trials, judged as the product judges', () => {
  const plans: [string, Design][] = [
    ['sequential', trialDesign()],
    [
      'sequential, futility',
      trialDesign({ analysis: { estimator: 'adjusted', spending: 'obrien_fleming', futility: true } }),
    ],
    [
      'always valid',
      trialDesign({
        analysis: { estimator: 'unadjusted', inference: 'always_valid', spending: 'pocock', futility: false },
      }),
    ],
  ];

  it.each(plans)('without an effect: false alarms and false stops, %s', (name, plan) => {
    const found = runTrials(plan, { daily: dailyFor(plan), stratumGap: 0.05, arms: nothing }, 31, false);
    const errors = { alarm: simulationError(plan.alpha, trials), stop: simulationError(harmAlpha, trials) };
    note(`false alarms, ${name}`, `≤ ${plan.alpha}`, found.falseAlarms, errors.alarm);
    note(`false stops for harm, ${name}`, `≤ ${harmAlpha}`, found.stopped + found.stoppedOther, errors.stop);
    table.push({ what: `verdicts without an effect, ${name}`, ...found.kinds });
    expect(found.falseAlarms).toBeLessThan(plan.alpha + errors.alarm);
    expect(found.stopped + found.stoppedOther).toBeLessThan(harmAlpha + errors.stop);
  });

  it.each(plans)('with a planted effect: power as designed, %s', (name, plan) => {
    const arms = { ...nothing, loss_aversion: { ...base, cured: base.cured + effect } };
    const found = runTrials(plan, { daily: dailyFor(plan), stratumGap: 0.05, arms }, 32, true);
    const error = simulationError(plan.power, trials);
    note(`power for +5 points, ${name}`, `${plan.power}`, found.found, error);
    note(
      `false alarms of the other arm, ${name}`,
      `≤ ${plan.alpha}`,
      found.falseAlarms,
      simulationError(plan.alpha, trials),
    );
    expect(found.falseAlarms).toBeLessThan(plan.alpha + simulationError(plan.alpha, trials));
    expect(found.found).toBeGreaterThan(plan.power - error);
  });

  it.each([
    ['three times the complaints', 0.06, 0.95],
    ['twice the complaints', 0.04, 0.8],
  ])('with a planted harm: %s', (name, complaint, least) => {
    const plan = trialDesign();
    const arms = { ...nothing, loss_aversion: { ...base, complaint } };
    const found = runTrials(plan, { daily: dailyFor(plan), stratumGap: 0.05, arms }, 33, true);
    note(`stopped for ${name}`, `≥ ${least}`, found.stopped, simulationError(least, trials));
    note(`day of the stop, ${name} (of ${plan.entryDays + windowDays})`, '', found.day, 0);
    note(
      `stops of the arm without harm beside it, ${name}`,
      `≤ ${harmAlpha / 2}`,
      found.stoppedOther,
      simulationError(harmAlpha / 2, trials),
    );
    table.push({ what: `verdicts with ${name}`, ...found.kinds });
    expect(found.stopped).toBeGreaterThan(least - simulationError(least, trials));
    expect(found.stoppedOther).toBeLessThan(harmAlpha / 2 + simulationError(harmAlpha / 2, trials));
    expect(found.day).toBeLessThan(windowDays + 5);
  });

  it('prints what was found', () => {
    expect(table.length).toBeGreaterThan(10);
    console.table(table);
  });
});
