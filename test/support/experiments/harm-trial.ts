import { type HarmDay, type HarmLook, watchHarm } from '#core/experiment/monitoring/harm.ts';

export interface HarmTrial {
  /** People entering a day. */
  armPeople: number;
  controlPeople: number;
  entryDays: number;
  windowDays: number;
  /** Chance of harm in the window under control, and how many times as much in the arm, from a day after the start. */
  risk: number;
  ratio: number;
  alpha: number;
}

function binomial(n: number, p: number, random: () => number): number {
  if (p <= 0 || n <= 0) return 0;
  const log = Math.log1p(-p);
  let found = 0;
  for (let i = -1; ; found++) {
    i += 1 + Math.floor(Math.log(1 - random()) / log);
    if (i >= n) return found;
  }
}

/** Days of a trial of daily waves, each person harmed at most once, with the same chance on each day of the window. */
export function harmDays(given: HarmTrial, random: () => number): HarmDay[] {
  const daily = given.risk / given.windowDays;
  const waves = Array.from({ length: given.entryDays }, () => ({
    arm: given.armPeople,
    control: given.controlPeople,
  }));
  return Array.from({ length: given.entryDays + given.windowDays }, (_, i) => i + 1).flatMap((day) => {
    const strata = waves.flatMap((wave, entered) => {
      const age = day - entered - 1;
      if (age < 0 || age >= given.windowDays) return [];
      const [armAtRisk, controlAtRisk] = [wave.arm, wave.control];
      const armEvents = binomial(armAtRisk, daily * given.ratio, random);
      const controlEvents = binomial(controlAtRisk, daily, random);
      wave.arm -= armEvents;
      wave.control -= controlEvents;
      return armEvents + controlEvents > 0 ? [{ armAtRisk, armEvents, controlAtRisk, controlEvents }] : [];
    });
    return strata.length > 0 ? [{ day, strata }] : [];
  });
}

/** Looks of one trial, watched daily. */
export const watchTrial = (given: HarmTrial, random: () => number): HarmLook[] =>
  watchHarm({ alpha: given.alpha, days: given.entryDays + given.windowDays, seen: harmDays(given, random) });

/** Share of trials stopped, and on average on which day those were. */
export function stopped(
  given: HarmTrial,
  runs: number,
  random: () => number,
): { share: number; day: number } {
  let [stops, days] = [0, 0];
  for (let run = 0; run < runs; run++) {
    const last = watchTrial(given, random).at(-1);
    if (!last?.crossed) continue;
    stops++;
    days += last.day;
  }
  return { share: stops / runs, day: stops > 0 ? days / stops : Number.NaN };
}
