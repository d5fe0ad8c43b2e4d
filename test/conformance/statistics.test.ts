import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Effect, EvidenceKind, Statistic } from '#core/experiment/statistic.ts';
import { format, locales } from '#core/text/text.ts';
import { seededRandom } from '#models/maths/random.ts';
import { discover } from '#server/registry.ts';
import { people } from '../support/evidence/people.ts';
import { peopleFor, populationFor, shapesOf, trueEffect } from '../support/evidence/truths.ts';
import { evidenceOf, mergeEvidence, type Shape, type Unit } from '../support/evidence/units.ts';

const found = [...(await discover<Statistic>('core/experiment/statistics'))];
const cases = found.flatMap(([id, statistic]) =>
  statistic.examples.map((options) => ({ name: `${id} ${JSON.stringify(options)}`, statistic, options })),
);

/** Arms of any people: control, two parts of an arm, and the arm again with every outcome times `factor`. */
const factor = 3;
const trials = fc.sample(
  fc.tuple(people({ min: 2, max: 120 }), people({ min: 1, max: 70 }), people({ min: 1, max: 70 })),
  {
    seed: 5,
    numRuns: 50,
  },
);
const scaled = (units: readonly Unit[]): Unit[] => units.map((unit) => ({ ...unit, y: unit.y * factor }));
/** Clusters of the second part are others than those of the first, as parts of an arm hold whole clusters. */
const apart = (units: readonly Unit[]): Unit[] =>
  units.map((unit) => ({ ...unit, cluster: unit.cluster + 100 }));

type Given = Parameters<Statistic['compute']>[0];
interface Trial {
  control: Given;
  arm: Given;
  parts: Given;
  scaledControl: Given;
  scaledArm: Given;
}

const made = new Map<string, Trial[]>();

/** The same people as evidence of each kind, made once. */
function trialsOf(kind: EvidenceKind): Trial[] {
  const known = made.get(kind);
  if (known) return known;
  const all = shapesOf(kind).flatMap((shape) =>
    trials.map(([control, part, rest], seed): Trial => {
      const random = () => seededRandom(seed + 1);
      const [one, other] = [part, apart(rest)];
      const stream = random();
      return {
        control: evidenceOf(kind, control, shape, seededRandom(seed + 1000)),
        arm: evidenceOf(kind, [...one, ...other], shape, random()),
        parts: mergeEvidence(
          kind,
          evidenceOf(kind, one, shape, stream),
          evidenceOf(kind, other, shape, stream),
        ),
        scaledControl: evidenceOf(kind, scaled(control), shape, seededRandom(seed + 1000)),
        scaledArm: evidenceOf(kind, scaled([...one, ...other]), shape, random()),
      };
    }),
  );
  made.set(kind, all);
  return all;
}

const numbers = (effect: Effect) => [
  effect.estimate,
  effect.lower,
  effect.upper,
  effect.standardError,
  effect.pValue,
];

/** Every figure is a number, or none is and it says why. */
function soundness(effect: Effect): void {
  for (const value of numbers(effect)) if (value !== null) expect(Number.isFinite(value)).toBe(true);
  if (effect.estimate === null) {
    expect(effect.reason).toBeTruthy();
    expect(numbers(effect)).toEqual([null, null, null, null, null]);
    return;
  }
  expect(effect.standardError).toBeGreaterThanOrEqual(0);
  expect(effect.pValue).toBeGreaterThanOrEqual(0);
  expect(effect.pValue).toBeLessThanOrEqual(1);
  const slack = 1e-9 * Math.max(1, Math.abs(effect.estimate));
  if (effect.lower !== null) expect(effect.lower).toBeLessThanOrEqual(effect.estimate + slack);
  if (effect.upper !== null) expect(effect.upper).toBeGreaterThanOrEqual(effect.estimate - slack);
  const { sided } = effect.conventions;
  const ends = { two: [false, false], greater: [false, true], less: [true, false] }[sided];
  expect([effect.lower === null, effect.upper === null]).toEqual(
    effect.reason === 'unbounded' ? [true, true] : ends,
  );
}

const close = (actual: number | null, expected: number | null, digits = 1e-8) => {
  if (expected === null || actual === null) return expect(actual).toBe(expected);
  expect(Math.abs(actual - expected)).toBeLessThanOrEqual(digits * Math.max(1, Math.abs(expected)));
};

const alike = (one: Effect, other: Effect) =>
  numbers(one).forEach((value, i) => {
    close(value, numbers(other)[i]!);
  });

const none = ({ conventions: { scale, supposed } }: Effect): number =>
  supposed ?? (scale === 'risk_ratio' || scale === 'odds_ratio' ? 1 : 0);

it('finds statistics of every kind of evidence that has one', () =>
  expect(new Set(found.map(([, { needs }]) => needs))).toEqual(
    new Set(['counts', 'moments', 'histogram', 'clusters', 'strata', 'replicates']),
  ));

it.each(found)(
  '%s is named in both languages and reads its own examples',
  (_, { text, options, examples }) => {
    for (const locale of locales) {
      expect(format(text.title, locale)).not.toBe('');
      expect(format(text.summary, locale)).not.toBe('');
    }
    expect(examples.length).toBeGreaterThan(0);
    for (const example of examples) expect(options.parse(example)).toEqual(example);
  },
);

const person = (changes: Partial<Unit>): Unit => ({
  event: false,
  y: 0,
  d: 1,
  x: [1, 1],
  stratum: 0,
  cluster: 0,
  ...changes,
});
const crowd = (n: number, change: (i: number) => Partial<Unit>): Unit[] =>
  Array.from({ length: n }, (_, i) => person({ cluster: i, stratum: i % 3, ...change(i) }));

/** People with whom something cannot be computed. */
const degenerate: Record<string, [Unit[], Unit[]]> = {
  'one person each': [crowd(1, () => ({ y: 3 })), crowd(1, () => ({ y: 5, event: true }))],
  'two people each': [crowd(2, (i) => ({ y: i })), crowd(2, (i) => ({ y: 2 * i, event: i === 0 }))],
  'all the same': [crowd(30, () => ({ y: 0.1 })), crowd(30, () => ({ y: 0.1 }))],
  'all the same in each arm': [crowd(30, () => ({ y: 0.1 })), crowd(30, () => ({ y: 0.3, event: true }))],
  'control pays nothing': [crowd(30, () => ({})), crowd(30, (i) => ({ y: i, event: i > 9 }))],
  'nobody owes': [crowd(30, (i) => ({ y: i, d: 0 })), crowd(30, (i) => ({ y: i + 1, d: 0, event: i > 3 }))],
  'one cluster': [
    crowd(30, (i) => ({ y: i, cluster: 0 })),
    crowd(30, (i) => ({ y: i + 2, cluster: 1, event: i % 2 === 0 })),
  ],
  'a stratum without control': [
    crowd(30, (i) => ({ y: i, stratum: i % 2 })),
    crowd(30, (i) => ({ y: 3 * i, event: i % 4 === 0 })),
  ],
  'one enormous amount': [
    crowd(30, (i) => ({ y: i })),
    crowd(30, (i) => ({ y: i === 3 ? 1e12 : i, event: true })),
  ],
  'an amount without a square': [
    crowd(30, (i) => ({ y: i })),
    crowd(30, (i) => ({ y: i === 3 ? 1e200 : i, event: i > 4 })),
  ],
  'covariates that repeat each other': [
    crowd(30, (i) => ({ y: i % 7, x: [i, 2 * i] })),
    crowd(30, (i) => ({ y: i % 5, x: [i, 2 * i], event: i % 3 === 0 })),
  ],
};

describe.each(cases)('$name', ({ statistic, options }) => {
  const { compute, laws, needs } = statistic;
  const law = laws(options);
  const every = trialsOf(needs);

  it('is finite, with its estimate inside its interval, or says why there is none', () => {
    let answered = 0;
    for (const { control, arm } of every) {
      const effect = compute(control, arm, options);
      soundness(effect);
      if (effect.estimate !== null) answered++;
    }
    expect(answered).toBeGreaterThan(every.length / 5);
  });

  it('has no estimate for an empty arm', () => {
    for (const shape of shapesOf(needs)) {
      const [empty, some] = [
        evidenceOf(needs, [], shape),
        evidenceOf(
          needs,
          crowd(20, (i) => ({ y: i, event: i > 4 })),
          shape,
        ),
      ];
      for (const [control, arm] of [
        [empty, some],
        [some, empty],
        [empty, empty],
      ] as const) {
        const effect = compute(control, arm, options);
        soundness(effect);
        expect(effect.reason).toBe('empty_arm');
      }
    }
  });

  it.each(Object.entries(degenerate))('has no NaN: %s', (_, [control, arm]) => {
    for (const shape of shapesOf(needs))
      for (const [one, other] of [
        [control, arm],
        [arm, control],
      ] as const)
        soundness(compute(evidenceOf(needs, one, shape), evidenceOf(needs, other, shape), options));
  });

  if (law.merge === 'exact')
    it('is the same from sums of parts', () => {
      for (const { control, arm, parts } of every)
        alike(compute(control, parts, options), compute(control, arm, options));
    });

  if (law.swap !== 'none')
    it(`${law.swap} when arm and control are swapped`, () => {
      const turn = (value: number | null) =>
        value === null ? null : law.swap === 'negates' ? -value : 1 / value;
      for (const { control, arm } of every) {
        const [one, other] = [compute(control, arm, options), compute(arm, control, options)];
        close(other.estimate, turn(one.estimate));
        close(other.lower, turn(one.upper));
        close(other.upper, turn(one.lower));
        close(other.pValue, one.pValue);
      }
    });

  if (law.dual)
    it('excludes what is supposed exactly when p is under alpha', () => {
      const { alpha } = options as { alpha: number };
      for (const { control, arm } of every) {
        const effect = compute(control, arm, options);
        const { lower, upper, pValue } = effect;
        if (pValue === null || Math.abs(pValue - alpha) < 1e-6 || effect.reason === 'unbounded') continue;
        const supposed = none(effect);
        const excluded = (lower ?? -Infinity) > supposed || (upper ?? Infinity) < supposed;
        expect(excluded, JSON.stringify(effect)).toBe(pValue < alpha);
      }
    });

  if (law.scaling && law.scaling !== 'none')
    it(`${law.scaling} when every outcome is multiplied`, () => {
      const by = law.scaling === 'multiplies' ? factor : 1;
      for (const { control, arm, scaledControl, scaledArm } of every) {
        const [one, other] = [compute(control, arm, options), compute(scaledControl, scaledArm, options)];
        const times = (value: number | null) => (value === null ? null : value * by);
        for (const part of ['estimate', 'lower', 'upper', 'standardError'] as const)
          close(other[part], times(one[part]));
        close(other.pValue, one.pValue);
      }
    });

  if (law.coverage !== null)
    it('covers the truth as often as it says', () => {
      for (const shape of shapesOf(needs)) {
        const runs = coverageRuns(needs, shape);
        const asked = statistic.options.parse({ ...(options as object), alpha: 0.05 });
        let [covered, answered] = [0, 0];
        for (const { control, arm } of runs) {
          const { estimate, lower, upper, conventions } = compute(control, arm, asked);
          if (estimate === null) continue;
          answered++;
          const truth = trueEffect(populationFor(needs), { kind: needs, shape, options }, conventions.scale);
          if ((lower ?? -Infinity) <= truth && truth <= (upper ?? Infinity)) covered++;
        }
        if (answered === 0) continue;
        expect(answered).toBe(runs.length);
        const noise = 3 * Math.sqrt((0.95 * 0.05) / runs.length);
        expect(covered / runs.length).toBeGreaterThan(law.coverage! - noise);
        expect(covered / runs.length).toBeLessThan(0.95 + noise + 0.02);
      }
    });
});

const drawn = new Map<string, { control: Given; arm: Given }[]>();

/** A few hundred trials of 150 people an arm, made once for each kind of evidence. */
function coverageRuns(kind: EvidenceKind, shape: Shape): { control: Given; arm: Given }[] {
  const key = JSON.stringify([kind, shape]);
  const known = drawn.get(key);
  if (known) return known;
  const random = seededRandom(11);
  const runs = Array.from({ length: 300 }, () => {
    const [control, arm] = [false, true].map((inArm) =>
      evidenceOf(kind, peopleFor(populationFor(kind), shape, 150, inArm, random), shape, random),
    );
    return { control: control!, arm: arm! };
  });
  drawn.set(key, runs);
  return runs;
}
