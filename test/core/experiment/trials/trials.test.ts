import { describe, expect, it } from 'vitest';
import { addDays } from '#core/contact/time/wall-clock.ts';
import { seededRandom } from '#models/maths/random.ts';
import {
  drawPeople,
  lastDay,
  startsOn,
  trialDesign,
  verdictOn,
  watchedOn,
  windowDays,
} from '../../../support/trials/trial-people.ts';

const plan = trialDesign();
const same = { cured: 0.3, complaint: 0.02 };
const truth = {
  daily: 60,
  stratumGap: 0.1,
  arms: { neutral: same, loss_aversion: { ...same, cured: 0.45 }, reciprocity: same },
};

describe('one simulated trial, day by day', () => {
  const people = drawPeople(plan, truth, seededRandom(4));

  it('says nothing between looks, and takes back nothing it has said', () => {
    const days = Array.from({ length: lastDay(plan) + 1 }, (_, day) => day);
    const verdicts = days.map((day) => verdictOn(plan, people, day, []));
    const looks = verdicts.at(-1)?.looks.map(({ on }) => on) ?? [];
    expect(looks).toHaveLength(4);
    verdicts.forEach((verdict, day) => {
      const before = verdicts[day - 1];
      if (!before || looks.includes(addDays(startsOn, day))) return;
      expect(verdict.arms).toEqual(before.arms);
      expect(verdict.looks.map(({ state }) => state)).toEqual(before.looks.map(({ state }) => state));
    });
    const found = verdicts.map(({ arms }) => arms[0]?.kind);
    expect(found.slice(0, windowDays)).toEqual(Array(windowDays).fill('running'));
    const first = found.indexOf('better');
    expect(first).toBeGreaterThan(0);
    expect(found.slice(first).every((kind) => kind === 'better')).toBe(true);
  });

  it('a planted harm stops the arm before its windows close', () => {
    const harmed = { ...truth, arms: { ...truth.arms, loss_aversion: { cured: 0.45, complaint: 0.12 } } };
    const hurt = drawPeople(plan, harmed, seededRandom(5));
    const days = Array.from({ length: windowDays }, (_, day) => day);
    const stop = days.find((day) => watchedOn(plan, hurt, day).some(({ crossed }) => crossed));
    expect(stop).toBeLessThan(windowDays);
    const lines = watchedOn(plan, hurt, lastDay(plan));
    expect(lines.find(({ arm }) => arm === 'loss_aversion')).toMatchObject({
      crossed: true,
      checkedOn: addDays(startsOn, stop ?? 0),
    });
    expect(lines.find(({ arm }) => arm === 'reciprocity')?.crossed).toBe(false);
    const verdict = verdictOn(plan, hurt, lastDay(plan), lines);
    expect(verdict.arms.map(({ kind }) => kind)[0]).toBe('stopped_for_harm');
  });
});
