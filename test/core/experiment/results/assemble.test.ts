import { describe, expect, it } from 'vitest';
import { addDays } from '#core/contact/time/wall-clock.ts';
import { assembleResults } from '#core/experiment/results/assemble.ts';
import { wald } from '#core/experiment/results/parts/reached.ts';
import { firstDay, gatheredOf, type Simulated } from '../../../support/experiments/gathered.ts';

const flat = (rate: number) => [rate, rate, rate, rate] as const;
const trial: Simulated = {
  rates: { control: flat(0.4), arm: flat(0.46) },
  people: 500,
  days: 10,
  asOf: addDays(firstDay, 120),
  design: { looks: 2 },
};
const at = (given: Partial<Simulated>) => assembleResults(gatheredOf({ ...trial, ...given }));

describe('results between and after looks', () => {
  it('never tell before the first look, however large the effect', () => {
    const strong = { control: flat(0.1), arm: flat(0.9) };
    for (let day = 0; day < 34; day++) {
      const results = at({ rates: strong, asOf: addDays(firstDay, day) });
      expect(results.verdict.kind).toBe('running');
      const { judged, unadjusted, reading } = results.metrics[0]!.comparisons[0]!;
      expect([judged.estimate, unadjusted.estimate, reading]).toEqual([null, null, 'not_yet']);
      expect(JSON.stringify(results.verdict)).not.toMatch(/mejor|better|worse|peor/);
    }
  });

  it('have no looks before the start', () => {
    const draft = assembleResults({ ...gatheredOf({ ...trial, asOf: '2026-10-01' }), startsOn: null });
    expect(draft).toMatchObject({ looks: [], people: 0, verdict: { kind: 'not_started', next: null } });
  });

  it('do not move between looks, and move at them', () => {
    const rates = { control: flat(0.4), arm: flat(0.42) };
    const [first, between, second] = [34, 38, 39].map((day) => at({ rates, asOf: addDays(firstDay, day) }));
    const effects = (results: typeof first) =>
      JSON.stringify([results!.metrics[0]!.comparisons, results!.curve, results!.sensitivity]);
    expect(effects(between)).toBe(effects(first));
    expect(effects(second)).not.toBe(effects(first));
    expect(between!.information).toBeGreaterThan(first!.information);
    expect(first!.looks.map(({ state }) => state)).toEqual(['done', 'next']);
    expect(first!.verdict.next!.en).toMatch(/next look on \w+day/);
  });

  it('say better with the size in points and people, provisional while a guardrail is young', () => {
    const results = at({});
    expect(results.verdict.kind).toBe('better');
    expect(results.verdict.headline.en).toMatch(/^arm does better than control: \+6\.0 points \(\d/);
    expect(results.verdict.headline.es).toMatch(/^arm da mejor resultado que control: \+6,0 puntos/);
    expect(results.verdict.inPeople!.en).toContain('about 60 more people of every 1,000');
    expect(results.verdict.provisionalUntil).toBeNull();
    const early = at({ people: 3000, asOf: addDays(firstDay, 34) });
    expect(early.verdict).toMatchObject({ kind: 'better', provisionalUntil: addDays(firstDay, 39) });
  });

  it('propose a new experiment when the last look is over and nothing was told apart', () => {
    const results = at({ rates: { control: flat(0.4), arm: flat(0.41) } });
    expect(results.verdict.kind).toBe('inconclusive');
    expect(results.verdict.next!.en).toContain('design another experiment');
  });

  it('say earlier, not more, of a gain that is gone by the end of the window', () => {
    const gone = { control: [0.2, 0.3, 0.5, 0.55], arm: [0.3, 0.36, 0.502, 0.55] } as const;
    const results = at({ rates: { ...gone } });
    expect(results.curveFinding!.en).toContain('earlier, not more');
    expect(at({}).curveFinding!.en).toBe('arm: more, not only earlier. The gain is still there on day 60.');
  });

  it('say of the days what the last of them shows, once the last look is over', () => {
    const said = (rates: Record<string, readonly [number, number, number, number]>) =>
      at({ rates }).curveFinding!.es;
    expect(said({ control: flat(0.4), arm: flat(0.4) })).toBe(
      'En ninguno de los días, hasta el 60, se distingue un brazo de control.',
    );
    expect(said({ control: [0.2, 0.3, 0.4, 0.5], arm: [0.2, 0.3, 0.46, 0.5] })).toBe(
      'arm: la ventaja ya no se distingue al día 60.',
    );
    expect(said({ control: [0.2, 0.3, 0.5, 0.6], arm: [0.2, 0.28, 0.44, 0.54] })).toBe(
      'arm: la desventaja sigue al día 60.',
    );
    expect(at({ asOf: addDays(firstDay, 20) }).curveFinding).toBeNull();
  });

  it('name the unit of a margin that has not been kept', () => {
    const { reasons } = at({ complaints: { control: 0.01, arm: 0.05 } }).verdict;
    const margin = reasons.find(({ en }) => en.includes('than the margin of'))!;
    expect(margin.es).toMatch(/empeora más que el margen de 0,5 puntos\.$/);
    expect(margin.en).toMatch(/than the margin of 0\.5 points\.$/);
  });

  it('give sensitivity and reach without verdict words', () => {
    const { sensitivity, reached } = at({});
    // Five estimators by the frozen inference; after stopping, at any time and as a posterior by the frozen estimator.
    expect(sensitivity.length).toBe(8);
    expect(JSON.stringify([sensitivity, reached])).not.toMatch(/better|worse|equivalent|inconclusive/);
  });
});

describe('what stops or spoils a comparison', () => {
  it('people lost unlike, or in two arms where the plan lets that fail', () => {
    const gathered = gatheredOf(trial);
    const lost = ['control', 'arm'].map((arm, i) => ({
      arm,
      stratum: 's',
      day: firstDay,
      n: 5000 - 100 * i,
      of: 5000,
    }));
    const results = assembleResults({ ...gathered, stages: [{ stage: 'outcomes', cells: lost }] });
    expect(results.verdict.kind).toBe('invalid');
    expect(results.verdict.headline.en).toContain('not valid');
    expect(results.metrics[0]!.comparisons[0]!.reading).toBe('not_judged');
    const mixed = (contamination: 'exclude' | 'fail') =>
      assembleResults({ ...gathered, contaminated: 3, design: { ...gathered.design, contamination } }).verdict
        .kind;
    expect([mixed('exclude'), mixed('fail')]).toEqual(['better', 'invalid']);
  });

  it('a guardrail whose margin is crossed, though the arm clears more', () => {
    const results = at({ complaints: { control: 0.002, arm: 0.03 } });
    expect(results.verdict.kind).toBe('stopped_for_harm');
    expect(results.metrics[1]!.comparisons[0]!.reading).toBe('margin_crossed');
    expect(at({}).metrics[1]!.comparisons[0]!.reading).toBe('within_margin');
  });

  it('uses only people who entered while both arms were open', () => {
    const gathered = gatheredOf(trial);
    const until = addDays(firstDay, 4);
    const dropped = assembleResults({
      ...gathered,
      spells: gathered.spells.map((one) =>
        one.arm === 'arm' ? { ...one, status: 'dropped' as const, spells: [{ from: firstDay, until }] } : one,
      ),
    });
    const n = (results: typeof dropped) => results.curve.find(({ day }) => day === 30)!.n;
    expect([n(at({})), n(dropped)]).toEqual([10_000, 4_000]);
    expect(dropped.planned.find(({ what }) => what.en === 'Arm: arm')).toMatchObject({ same: false });
  });

  it('says when the data were corrected after a look was written down', () => {
    const recorded = [
      {
        number: 1,
        on: addDays(firstDay, 34),
        information: 0.5,
        verdict: 'worse' as const,
        arms: [{ arm: 'arm', kind: 'worse' as const, estimate: -0.1 }],
        recordedAt: '2026-12-06T00:00:00Z',
      },
    ];
    const { reasons } = assembleResults({ ...gatheredOf(trial), recorded }).verdict;
    expect(reasons.some(({ en }) => en.includes('corrected since'))).toBe(true);
  });
});

describe('groups', () => {
  const levels = (mx: number, co: number) => ({
    column: 'country',
    levels: { MX: { control: 0.4, arm: mx }, CO: { control: 0.4, arm: co } },
  });
  const reading = (segment: Simulated['segment'], declared: string[]) =>
    at({ segment, design: { looks: 2, segments: declared } });

  it('are told apart only where declared beforehand and found', () => {
    const same = reading(levels(0.46, 0.46), ['country']);
    expect(same.segments[0]!.finding.en).toContain('one rule for all');
    const apart = reading(levels(0.52, 0.4), ['country']);
    expect(apart.segments[0]!.interactionP!).toBeLessThan(0.001);
    expect(apart.segments[0]!.finding.en).toContain('may be decided apart');
    const undeclared = reading(levels(0.52, 0.4), []);
    expect(undeclared.segments[0]!.finding.en).toMatch(/^Exploratory/);
    expect(undeclared.verdict.reasons.some(({ en }) => en.includes('apart'))).toBe(false);
  });

  it('draws levels towards their mean', () => {
    const { levels: found } = reading(levels(0.48, 0.44), ['country']).segments[0]!;
    const spread = (pick: 'raw' | 'shrunken') =>
      Math.abs(found[0]![pick].estimate! - found[1]![pick].estimate!);
    expect(spread('shrunken')).toBeLessThan(spread('raw'));
  });
});

describe('the effect on those reached', () => {
  it('is the effect on all over the share reached, with the error of that relation', () => {
    // 1,000 people a side; 40 % against 50 %; 800 reached, 450 of them with the outcome.
    const control = { n: 1000, sums: [400, 0], products: [400, 0, 0], ratio: true };
    const arm = { n: 1000, sums: [500, 800], products: [500, 450, 800], ratio: true };
    const { estimate, share, standardError } = wald(control, arm, 0.05);
    expect([estimate, share]).toEqual([expect.closeTo(0.125, 12), 0.8]);
    const y = [(500 - 250) / 999, (450 - 400) / 999, (800 - 640) / 999] as const;
    const own = y[0] - 2 * 0.125 * y[1] + 0.125 ** 2 * y[2];
    expect(standardError).toBeCloseTo(Math.sqrt(own / 1000 + (400 - 160) / 999 / 1000) / 0.8, 12);
    expect(wald(control, { ...arm, sums: [500, 0], products: [500, 0, 0] }, 0.05)).toMatchObject({
      estimate: null,
      reason: 'nobody_reached',
    });
  });
});
