import { describe, expect, it } from 'vitest';
import { assignedAsPlanned } from '#core/experiment/monitoring/assigned-as-planned.ts';
import { peopleLost } from '#core/experiment/monitoring/people-lost.ts';
import { ratioCheck, type StageCell, stageCheck } from '#core/experiment/monitoring/stages.ts';
import { seededRandom } from '#models/maths/random.ts';

const perArm = 10_000;
const strata = 10;

/** People of three arms in strata and days, each lost by chance; in one arm, more of them. */
function trial(seed: number, baseLoss: number, extra: number, where = () => true): StageCell[] {
  const random = seededRandom(seed);
  const cells = new Map<string, StageCell>();
  for (const arm of ['control', 'loss', 'social'])
    for (let i = 0; i < perArm; i++) {
      const [stratum, day] = [`s${i % strata}`, `2026-10-0${1 + (i % 7)}`];
      const chance = baseLoss + (arm === 'loss' && where() ? extra : 0);
      const key = `${arm} ${stratum} ${day}`;
      const cell = cells.get(key) ?? { arm, stratum, day, n: 0, of: 0 };
      cell.of++;
      if (random() >= chance) cell.n++;
      cells.set(key, cell);
    }
  return [...cells.values()];
}

describe('people lost at a stage', () => {
  it.each([0, 0.03, 0.08])(
    'two in a hundred lost from one arm alone are caught where %s of everybody is lost',
    (base) => {
      for (let seed = 1; seed <= 8; seed++) expect(stageCheck(trial(seed, base, 0.02)).trust).toBe('bad');
    },
  );

  it('nothing is found where all arms lose alike, but as often as it says', () => {
    const checks = Array.from({ length: 60 }, (_, i) => stageCheck(trial(100 + i, 0.05, 0)));
    expect(checks.filter(({ pValue }) => pValue! < 0.05).length).toBeLessThanOrEqual(9);
    expect(checks.filter(({ withinP }) => withinP! < 0.05).length).toBeLessThanOrEqual(9);
    expect(checks.filter(({ trust }) => trust === 'bad').length).toBe(0);
  });

  it('a loss in one stratum alone is found there', () => {
    const cells = trial(7, 0.05, 0).map((cell) =>
      cell.arm === 'loss' && cell.stratum === 's3' ? { ...cell, n: Math.round(cell.n * 0.88) } : cell,
    );
    const check = stageCheck(cells);
    expect(check.within).toEqual({ by: 'stratum', name: 's3' });
    expect(check.withinP!).toBeLessThan(0.001);
    expect(check.trust).toBe('bad');
  });

  it('equals scipy for many people and for few', () => {
    const of = [10_000, 10_000, 10_000];
    const counts = (n: number[], people = of) =>
      n.map((kept, i) => ({ arm: `a${i}`, n: kept, of: people[i]! }));
    expect(peopleLost(counts([9_500, 9_480, 9_300]))).toEqual({
      pValue: expect.closeTo(1.778786729739631e-10, 18),
      method: 'chi_square',
    });
    const few = peopleLost(counts([98, 99], [100, 100]));
    expect(few.method).toBe('exact');
    expect(few.pValue).toBeCloseTo(1, 9);
    expect(peopleLost(counts([100, 93], [100, 100])).pValue).toBeCloseTo(0.014017765516375317, 10);
    expect(peopleLost(counts([50, 46, 30], [50, 50, 30])).pValue).toBeCloseTo(0.07870538292507712, 10);
  });

  it('has nothing to say of one arm, or where nobody or everybody is lost', () => {
    expect(peopleLost([{ arm: 'a', n: 3, of: 9 }]).pValue).toBeNull();
    expect(
      peopleLost([
        { arm: 'a', n: 9, of: 9 },
        { arm: 'b', n: 7, of: 7 },
      ]).pValue,
    ).toBeNull();
    expect(stageCheck([]).trust).toBe('good');
  });
});

describe('people found, against weights', () => {
  const cells: StageCell[] = ['s1', 's2', 's3'].flatMap((stratum) => [
    { arm: 'control', stratum, day: 'd1', n: 5000, of: 5000 },
    { arm: 'loss', stratum, day: 'd1', n: stratum === 's2' ? 4500 : 5010, of: 5010 },
  ]);
  const weights = new Map([
    ['control', 1],
    ['loss', 1],
  ]);

  it('are tested as a whole and by stratum', () => {
    const check = ratioCheck(cells, weights);
    expect(check.pValue!).toBeCloseTo(0.005210538239, 9);
    expect(check.within).toEqual({ by: 'stratum', name: 's2' });
    expect(check.trust).toBe('bad');
  });

  it('leave out strata too small to test', () => {
    const small = [...cells, { arm: 'control', stratum: 'tiny', day: 'd1', n: 8, of: 8 }];
    expect(ratioCheck(small, weights).within).toEqual({ by: 'stratum', name: 's2' });
  });
});

describe('people assigned', () => {
  it('are those of the plan, exactly', () => {
    const planned = new Map([
      ['control', 10_000],
      ['loss', 10_000],
    ]);
    expect(assignedAsPlanned(planned, new Map(planned))).toEqual([]);
    expect(
      assignedAsPlanned(
        planned,
        new Map([
          ['control', 10_000],
          ['loss', 9_999],
          ['x', 1],
        ]),
      ),
    ).toEqual([
      { arm: 'loss', planned: 10_000, assigned: 9_999 },
      { arm: 'x', planned: 0, assigned: 1 },
    ]);
  });
});
