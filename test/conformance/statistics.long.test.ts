import { afterAll, describe, expect, it } from 'vitest';
import type { EvidenceKind, Statistic } from '#core/experiment/statistic.ts';
import { discover } from '#server/registry.ts';
import { type Followed, type Scenario, type Tally, tally } from '../support/evidence/long-run.ts';
import { type Population, population } from '../support/evidence/population.ts';
import type { Shape } from '../support/evidence/units.ts';

const found = [...(await discover<Statistic>('core/experiment/statistics'))];
/** Fewer while something is being tried: `STATISTIC_RUNS=400 npm run test:long -- statistics`. */
const runs = Number(process.env.STATISTIC_RUNS ?? 10_000);

const events: Population = { ...population, strata: [1] };
/** Half pay nothing, the rest lognormal amounts: skewness about 9, or 2 once capped. */
const cash: Population = { ...population, spread: 1 };
const capped: Population = { ...cash, cap: 6 };
/** Amounts of everybody, so that quantiles have a density. */
const paid: Population = { ...cash, payers: 1 };
/** Three accounts a customer on average, alike within one. */
const grouped: Population = { ...population, payers: 0.9, spread: 0.5, clusterSize: 3, clusterSpread: 0.4 };

interface Case extends Omit<Scenario, 'runs'> {
  kinds: readonly EvidenceKind[];
  most?: number;
  /** By how much one-sided ends may miss besides, as the skew of the smaller arm does not average out. */
  oneSided?: number;
  /** By how much relations by the delta method may, where control's value is not many of its errors from 0. */
  relation?: number;
  /** By how much all may. */
  any?: number;
}

const cases: Case[] = [
  { name: '30 %, 300 and 300', population: events, control: 300, arm: 300, kinds: ['counts'] },
  { name: '30 %, 500 and 60', population: events, control: 500, arm: 60, kinds: ['counts'], relation: 0.02 },
  {
    name: '4 %, 150 and 150',
    population: { ...events, rate: 0.04, rateEffect: 0.02 },
    control: 150,
    arm: 150,
    kinds: ['counts'],
    relation: 0.07,
  },
  {
    name: 'skewed cash, 500 and 500',
    population: cash,
    control: 500,
    arm: 500,
    kinds: ['moments', 'strata'],
  },
  {
    name: 'skewed cash, 2,000 and 300',
    population: cash,
    control: 2000,
    arm: 300,
    kinds: ['moments', 'strata'],
    oneSided: 0.04,
    any: 0.01,
  },
  {
    name: 'capped cash, 900 and 150',
    population: capped,
    control: 900,
    arm: 150,
    kinds: ['moments', 'strata'],
    oneSided: 0.01,
  },
  { name: 'skewed amounts, 400 and 400', population: paid, control: 400, arm: 400, kinds: ['histogram'] },
  { name: 'skewed amounts, 600 and 150', population: paid, control: 600, arm: 150, kinds: ['histogram'] },
  { name: '150 customers an arm', population: grouped, control: 450, arm: 450, kinds: ['clusters'] },
  { name: '10 customers an arm', population: grouped, control: 28, arm: 28, kinds: ['clusters'], any: 0.04 },
  {
    name: '60 and 12 customers',
    population: grouped,
    control: 178,
    arm: 34,
    kinds: ['clusters'],
    oneSided: 0.04,
    any: 0.04,
  },
  {
    name: 'skewed cash, 200 and 200',
    population: cash,
    control: 200,
    arm: 200,
    kinds: ['replicates'],
    most: 2000,
  },
  {
    name: 'capped cash, 300 and 60',
    population: capped,
    control: 300,
    arm: 60,
    kinds: ['replicates'],
    most: 2000,
  },
];

const shape: Shape = { ratio: false, covariates: 1, strata: 3, draws: 199 };
const shapesOf = (id: string, kind: EvidenceKind): Shape[] => {
  const ratio = { ...shape, ratio: true, covariates: 2 };
  if (id === 'difference-in-ratios') return [ratio];
  return id === 'difference-in-means' || (kind !== 'moments' && kind !== 'strata') ? [shape] : [shape, ratio];
};

const followedBy = (kinds: readonly EvidenceKind[]): Followed[] =>
  found
    .filter(([, { needs }]) => kinds.includes(needs))
    .flatMap(([id, statistic]) =>
      shapesOf(id, statistic.needs).flatMap((of) =>
        statistic.examples.map(
          (options): Followed => ({
            id,
            name: `${id}${of.ratio ? ' of a ratio' : ''} ${told(options)}`,
            statistic,
            options,
            shape: of,
          }),
        ),
      ),
    );

const told = (options: unknown) =>
  Object.entries(options as object)
    .filter(([key]) => key !== 'alpha')
    .map(([key, value]) => (key === 'margin' ? 'margin' : String(value)))
    .join(' ');

const marginOf = ({ options }: Followed) => (options as { margin?: object }).margin;
const isOneSided = (one: Followed) =>
  marginOf(one) !== undefined || ['greater', 'less'].includes((options(one).sided as string) ?? 'two');
const isRelation = (one: Followed) =>
  (options(one).scale === 'relative' || one.id === 'relative-lift-in-proportions') &&
  options(one).relativeBy !== 'fieller';
const options = (one: Followed) => one.options as Record<string, unknown>;

const table: string[] = [];
const percent = (share: number) => (100 * share).toFixed(2).padStart(6);

describe.each(cases)('$name', (given) => {
  it('covers the truth and raises false alarms as promised', () => {
    const scenario = { ...given, runs: Math.min(runs, given.most ?? runs) };
    const followed = followedBy(given.kinds);
    expect(followed.length).toBeGreaterThan(0);
    const covering = tally(scenario, followed, 7);
    const still = { ...given.population, lift: 0, rateEffect: 0 };
    const quiet = tally(
      { ...scenario, population: still },
      followed.filter((one) => !marginOf(one)),
      8,
    );
    const alarming = new Map<string, Tally>([...covering, ...quiet].map((one) => [one.name, one]));
    for (const one of covering) {
      const alarm = alarming.get(one.name)!;
      const [covers, alarms] = [one.covered / one.answered, alarm.alarms / alarm.answered];
      const noise = 3 * Math.sqrt((0.05 * 0.95) / one.answered);
      table.push(
        `${percent(covers)} ${percent(alarms)} ± ${(65.3 * noise).toFixed(2)}  ${given.name} | ${one.name}`,
      );
      expect.soft(one.answered, one.name).toBeGreaterThan(0.98 * one.runs);
      const slack =
        noise +
        (given.any ?? 0) +
        (isOneSided(one) ? (given.oneSided ?? 0) : 0) +
        (isRelation(one) ? (given.relation ?? 0) : 0);
      const { coverage } = one.statistic.laws(one.options);
      if (coverage !== null) expect.soft(covers, one.name).toBeGreaterThan(coverage - slack);
      expect.soft(alarms, one.name).toBeLessThan(0.065 + slack);
    }
  });
});

afterAll(() => {
  process.stdout.write(
    `\n   95 % interval covers, 5 % test alarms, ± 95 % Monte-Carlo error\n${table.join('\n')}\n`,
  );
});
