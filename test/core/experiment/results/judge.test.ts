import { describe, expect, it } from 'vitest';
import { judge } from '#core/experiment/results/judge.ts';
import type { Compared, JudgedPlan, LookSeen, Seen } from '#core/experiment/results/judgement.ts';
import { seededRandom } from '#models/maths/random.ts';

const plan = (given: Partial<JudgedPlan> = {}): JudgedPlan => ({
  control: 'neutral',
  arms: ['loss', 'proof'],
  better: 'higher',
  margin: 0.01,
  alpha: 0.05,
  power: 0.8,
  correction: 'holm',
  inference: 'group_sequential',
  spending: 'obrien_fleming',
  futility: false,
  pairPeople: 20_000,
  looks: [
    { on: '2026-12-07', information: 0.5 },
    { on: '2026-12-14', information: 1 },
  ],
  ...given,
});
const fixed = (given: Partial<JudgedPlan> = {}) =>
  plan({ inference: 'fixed', looks: [{ on: '2026-12-14', information: 1 }], ...given });

const against = (arm: string, z: number, standardError = 0.005, n = 10_000): Compared => ({
  arm,
  n,
  controlN: n,
  estimate: z * standardError,
  standardError,
});
const look = (information: number, ...zs: [number, number]): LookSeen => ({
  information,
  compared: [
    against('loss', zs[0], 0.005, 10_000 * information),
    against('proof', zs[1], 0.005, 10_000 * information),
  ],
});
const seen = (looks: LookSeen[], given: Partial<Seen> = {}): Seen => ({
  asOf: '2026-12-20',
  started: true,
  looks,
  ...given,
});
const kinds = (p: JudgedPlan, s: Seen) => {
  const { kind, arms } = judge(p, s);
  return [kind, ...arms.map((arm) => arm.kind)];
};

describe('a verdict before its time', () => {
  it('is not given before anybody entered, nor before the first look', () => {
    expect(kinds(plan(), seen([], { started: false }))).toEqual([
      'not_started',
      'not_started',
      'not_started',
    ]);
    expect(kinds(plan(), seen([]))).toEqual(['running', 'running', 'running']);
  });

  it('is not given at a look for what would be significant without one: z of 2.5 halfway', () => {
    expect(kinds(plan(), seen([look(0.5, 2.5, -2.5)]))).toEqual(['running', 'running', 'running']);
    expect(kinds(plan({ correction: 'none' }), seen([look(0.5, 2.5, -2.5)]))[0]).toBe('running');
  });

  it('is given at a look for what crosses its boundary, and later looks do not undo it', () => {
    expect(kinds(plan(), seen([look(0.5, 4, 0)]))).toEqual(['better', 'better', 'running']);
    expect(kinds(plan(), seen([look(0.5, 4, 0), look(1, 0, 1)]))).toEqual([
      'better',
      'better',
      'inconclusive',
    ]);
  });

  it('is never better on few people: a look with nobody new spends nothing', () => {
    const { looks, kind } = judge(plan(), seen([look(0, 30, 30)]));
    expect(kind).toBe('running');
    expect(looks[0]!.boundary.upper).toBe(null);
  });
});

describe('the one method', () => {
  it('fixed with Holm: the second of two needs 0.05 once the first passed 0.025', () => {
    expect(kinds(fixed(), seen([look(1, 2.3, 2)]))).toEqual(['better', 'better', 'better']);
    expect(kinds(fixed(), seen([look(1, 2.1, 2)]))).toEqual(['inconclusive', 'inconclusive', 'inconclusive']);
    expect(kinds(fixed({ correction: 'none' }), seen([look(1, 2.1, 2)]))[0]).toBe('better');
  });

  it('keeps interval, p-value and verdict in step', () => {
    for (const z of [-2.6, -2.1, 0.4, 1.9, 2.2, 2.3, 3]) {
      const { arms } = judge(fixed(), seen([look(1, z, 2.05)]));
      for (const { lower, upper, correctedP, kind } of arms) {
        const apart = lower! > 0 || upper! < 0;
        expect(correctedP! < 0.05).toBe(apart);
        expect(kind === 'better' || kind === 'worse').toBe(apart);
      }
    }
  });

  it('keeps repeated p-values of a sequential plan in step with interval and verdict, at every look', () => {
    for (const correction of ['none', 'holm', 'dunnett'] as const)
      for (const z of [-4.2, -2.05, 0.4, 1.9, 2.25, 2.9, 3.1])
        for (const looks of [[look(0.5, z, 3.6)], [look(0.5, 1, 0.5), look(1, z, 2.1)]]) {
          const { arms } = judge(plan({ correction, margin: 1e-6 }), seen(looks));
          for (const { lower, upper, correctedP, pValue, kind } of arms) {
            const apart = lower! > 0 || upper! < 0;
            expect(correctedP!).toBeGreaterThanOrEqual(pValue!);
            expect(correctedP! < 0.05).toBe(apart);
            expect(kind === 'better' || kind === 'worse').toBe(apart);
          }
        }
    const [first] = judge(plan(), seen([look(0.5, 2.5, 0)])).arms;
    expect(first!.pValue!).toBeGreaterThan(2 * 0.0124);
    expect(judge(plan(), seen([look(0.5, 2.5, 0)]), { pValues: false }).arms[0]!.pValue).toBeNull();
  });

  it('says equivalent only at the end, and only when the whole interval is inside the margin', () => {
    const narrow = (z: number): LookSeen => ({
      information: 1,
      compared: [against('loss', z, 0.002), against('proof', 0, 0.02)],
    });
    expect(kinds(fixed(), seen([narrow(1)]))).toEqual(['inconclusive', 'equivalent', 'inconclusive']);
    expect(kinds(fixed(), seen([narrow(2.5)]))[1]).toBe('equivalent');
    expect(kinds(plan(), seen([{ ...narrow(1), information: 0.5 }]))[1]).toBe('running');
  });

  it('reads a metric of which less is better the other way round', () => {
    expect(kinds(fixed({ better: 'lower' }), seen([look(1, 3, -3)]))).toEqual(['better', 'worse', 'better']);
  });

  it('holds an always valid interval at every look, wider than that of one look', () => {
    const always = plan({ inference: 'always_valid', correction: 'none' });
    expect(kinds(always, seen([look(0.5, 2.5, 3.5)]))).toEqual(['better', 'running', 'better']);
    const { looks, arms } = judge(always, seen([look(0.5, 2.5, 0)]));
    expect(looks[0]!.boundary.upper!).toBeGreaterThan(2.7);
    expect(arms[0]!.pValue!).toBeGreaterThan(0.05);
    expect(looks[1]!.boundary.upper!).toBeLessThan(looks[0]!.boundary.upper!);
  });

  it('decides nothing where nothing could be estimated', () => {
    const none = { ...against('loss', 0), estimate: null, standardError: null };
    const found = judge(fixed(), seen([{ information: 1, compared: [none, against('proof', 4)] }]));
    expect(found.arms.map((arm) => [arm.kind, arm.estimate])).toEqual([
      ['inconclusive', null],
      ['better', 0.02],
    ]);
  });

  it('is inconclusive where futility was crossed, when the plan says so', () => {
    expect(kinds(plan({ futility: true }), seen([look(0.5, -1, 1.5)]))).toEqual([
      'running',
      'inconclusive',
      'running',
    ]);
    expect(kinds(plan(), seen([look(0.5, -1, 1.5)]))).toEqual(['running', 'running', 'running']);
  });
});

describe('what comes before any gain', () => {
  it('lost trust, harm, and a guardrail over its margin once it has matured', () => {
    const strong = [look(1, 5, 5)];
    expect(kinds(fixed(), seen(strong, { invalid: ['lost'] }))).toEqual(['invalid', 'invalid', 'invalid']);
    expect(kinds(fixed(), seen(strong, { harm: [{ arm: 'loss', metric: 'complaints' }] }))).toEqual([
      'better',
      'stopped_for_harm',
      'better',
    ]);
    const rail = {
      metric: 'opt_outs',
      arm: 'loss',
      better: 'lower' as const,
      margin: 0.01,
      lower: 0.012,
      upper: 0.02,
    };
    const over = seen(strong, { guardrails: [{ ...rail, maturesOn: '2026-12-20' }] });
    expect(judge(fixed(), over).arms[0]).toMatchObject({ kind: 'stopped_for_harm', harmedBy: ['opt_outs'] });
    const young = seen(strong, { guardrails: [{ ...rail, maturesOn: '2026-12-21' }] });
    expect(judge(fixed(), young)).toMatchObject({ kind: 'better', provisionalUntil: '2026-12-21' });
    expect(judge(fixed(), young).guardrails[0]).toMatchObject({ matured: false, reading: 'not_yet' });
  });
});

const normal = (random: () => number) =>
  Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());

describe('false alarms', () => {
  it('stay at alpha over five looks and two arms that share a control', () => {
    const five = plan({ looks: [1, 2, 3, 4, 5].map((i) => ({ on: `2026-12-0${i}`, information: i / 5 })) });
    const random = seededRandom(5);
    const trials = 4000;
    let alarms = 0;
    for (let trial = 0; trial < trials; trial++) {
      const walks = [0, 0, 0];
      const looks = [1, 2, 3, 4, 5].map((i) => {
        walks.forEach((_, j) => {
          walks[j]! += normal(random);
        });
        const z = (arm: number) => (walks[arm]! - walks[0]!) / Math.sqrt(2 * i);
        return look(i / 5, z(1), z(2));
      });
      const told = judge(five, seen(looks), { pValues: false }).arms.some(
        ({ kind }) => kind === 'better' || kind === 'worse',
      );
      alarms += told ? 1 : 0;
    }
    const se = Math.sqrt((0.05 * 0.95) / trials);
    expect(alarms / trials).toBeLessThan(0.05 + 2.6 * se);
    expect(alarms / trials).toBeGreaterThan(0.03);
  });
});
