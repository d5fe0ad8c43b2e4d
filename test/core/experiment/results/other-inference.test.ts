import { describe, expect, it } from 'vitest';
import { assembleResults } from '#core/experiment/results/assemble.ts';
import { seededRandom } from '#models/maths/random.ts';
import {
  drawPeople,
  gatheredOn,
  lastDay,
  trialDesign,
  windowDays,
} from '../../../support/trials/trial-people.ts';

const plan = trialDesign();
const same = { cured: 0.3, complaint: 0.02 };
const arms = { neutral: same, loss_aversion: { ...same, cured: 0.36 }, reciprocity: same };
const people = drawPeople(plan, { daily: 70, stratumGap: 0.05, arms }, seededRandom(9));
const titled = (day: number) => ({
  ...gatheredOn(plan, people, day, []),
  armTitles: Object.fromEntries(Object.keys(arms).map((arm) => [arm, { es: arm, en: arm }])),
});
const by = (day: number, method: RegExp) =>
  assembleResults(titled(day)).sensitivity.filter(({ effect }) => method.test(effect.method.en));

describe('ways of inference beside the one that decides', () => {
  it('say nothing before the first look', () => {
    expect(assembleResults(titled(windowDays - 1)).sensitivity).toEqual([]);
  });

  it('after stopping: drawn towards no effect, and of the same mind as the verdict', () => {
    const { verdict, metrics } = assembleResults(titled(lastDay(plan)));
    expect(verdict.arms[0]?.kind).toBe('better');
    const judged = metrics[0]?.comparisons[0]?.judged;
    const [found, other] = by(lastDay(plan), /stage-wise/);
    expect(found?.arm).toBe('loss_aversion');
    expect(found?.effect.estimate).toBeLessThan((judged?.estimate ?? 0) + 1e-9);
    expect(found?.effect.estimate).toBeGreaterThan(0);
    expect(found?.effect.lower).toBeGreaterThan(0);
    expect(found?.effect.pValue).toBeLessThan(0.05);
    expect(other?.effect.pValue).toBeGreaterThan(0.05);
  });

  it('all arms together, at any time, and as a posterior: one line an arm, each with its interval', () => {
    for (const method of [/Dunnett/, /confidence sequence/, /Bayesian/]) {
      const lines = by(lastDay(plan), method);
      expect(lines.map(({ arm }) => arm)).toEqual(['loss_aversion', 'reciprocity']);
      for (const { effect } of lines) {
        expect(effect.lower).toBeLessThan(effect.estimate ?? 0);
        expect(effect.upper).toBeGreaterThan(effect.estimate ?? 0);
      }
    }
    const width = (method: RegExp) => {
      const { lower, upper } = by(lastDay(plan), method)[0]?.effect ?? { lower: 0, upper: 0 };
      return (upper ?? 0) - (lower ?? 0);
    };
    expect(width(/Bayesian/)).toBeLessThan(width(/Dunnett/));
    expect(width(/Dunnett/)).toBeLessThan(width(/confidence sequence/));
    expect(by(lastDay(plan), /Bayesian/)[0]?.effect.method.es).toMatch(
      /probabilidad de ganancia (9\d|100).*%/,
    );
  });
});
