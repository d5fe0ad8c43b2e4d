import type { EvidenceKind, Statistic } from '#core/experiment/statistic.ts';
import { seededRandom } from '#models/maths/random.ts';
import { asShareOfDue, draw, type Population } from './population.ts';
import { trueEffect } from './truths.ts';
import { evidenceOf, type Shape } from './units.ts';

/** A made-up trial that is repeated. */
export interface Scenario {
  name: string;
  population: Population;
  control: number;
  arm: number;
  runs: number;
}

/** One choice of options of one statistic, on evidence of one shape. */
export interface Followed {
  id: string;
  name: string;
  statistic: Statistic;
  options: unknown;
  shape: Shape;
}

export interface Tally extends Followed {
  runs: number;
  answered: number;
  covered: number;
  /** Found an effect where there is none, or no harm where the harm is just the margin. */
  alarms: number;
}

const alpha = 0.05;

interface Asked {
  options: unknown;
  truth: number;
}

/** The options of an example with alpha 5 % and the margin, where it has one, just at the truth. */
function askedOf(population: Population, { statistic, options: example, shape }: Followed): Asked {
  const kind = statistic.needs;
  const empty = evidenceOf(kind, [], shape);
  const given = { ...(example as { margin?: object }), alpha };
  const of = (options: unknown, scale = statistic.compute(empty, empty, options).conventions.scale) =>
    trueEffect(population, { kind, shape, options }, scale);
  const harm = given.margin ? of(given, 'difference') : 0;
  const margin = { value: Math.abs(harm), of: 'unit', better: harm < 0 ? 'higher' : 'lower' };
  const options = statistic.options.parse(given.margin ? { ...given, margin } : given);
  return { options, truth: of(options) };
}

/** Everything followed, on every run of a scenario; people are drawn once a run and dropped. */
export function tally(scenario: Scenario, followed: readonly Followed[], seed: number): Tally[] {
  const random = seededRandom(seed);
  const { population, control, arm, runs } = scenario;
  const tallies = followed.map((one): Tally => ({ ...one, runs, answered: 0, covered: 0, alarms: 0 }));
  const asked = followed.map((one) => askedOf(population, one));
  const groups = new Map<string, { kind: EvidenceKind; shape: Shape; members: number[] }>();
  followed.forEach(({ statistic, shape }, i) => {
    const key = JSON.stringify([statistic.needs, shape]);
    const group = groups.get(key) ?? { kind: statistic.needs, shape, members: [] };
    group.members.push(i);
    groups.set(key, group);
  });
  for (let run = 0; run < runs; run++) {
    const people = [draw(population, control, false, random), draw(population, arm, true, random)];
    const shares = people.map(asShareOfDue);
    for (const { kind, shape, members } of groups.values()) {
      const [zero, one] = (shape.ratio ? shares : people).map((units) =>
        evidenceOf(kind, units, shape, random),
      );
      for (const i of members) {
        const mine = tallies[i]!;
        const { options, truth } = asked[i]!;
        const { estimate, lower, upper, pValue } = mine.statistic.compute(zero!, one!, options);
        if (estimate === null) continue;
        mine.answered++;
        if ((lower ?? -Infinity) <= truth && truth <= (upper ?? Infinity)) mine.covered++;
        if (pValue! < alpha) mine.alarms++;
      }
    }
  }
  return tallies;
}
