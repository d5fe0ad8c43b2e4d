import { describe, expect, it } from 'vitest';
import {
  cutOffRowOf,
  fitCapacity,
  type Ground,
  groupsOf,
  type ScoreBin,
  waitOutcomeOf,
} from '#models/self-cure/waiting/decision.ts';
import { contactsPerAccount, curveOf, effectOf, timingOf } from '#models/self-cure/waiting/ground.ts';

const bin = (
  hundredths: number,
  accounts: number,
  currency = 'MXN',
  product: string | null = 'card',
): ScoreBin => ({
  bin: hundredths,
  bucket: '1-29',
  product,
  currency,
  accounts,
  expected: (accounts * hundredths) / 100,
  spread: (accounts * hundredths * (100 - hundredths)) / 10_000,
  balanceCents: BigInt(accounts) * 10_050n,
});
const ground = (given: Partial<Ground> = {}): Ground => ({
  bins: [bin(90, 100), bin(60, 200), bin(30, 50, 'COP'), bin(60, 10, 'COP', null)],
  people: [
    { bin: 30, people: 45 },
    { bin: 60, people: 190 },
    { bin: 90, people: 95 },
  ],
  calibration: [{ predicted: 0.6, error: 0.02 }],
  timing: 0.5,
  contactsPerAccount: 0.4,
  costs: new Map([['MXN', 2.5]]),
  effect: { estimate: 0.02, error: 0.005 },
  lossChance: (currency) => (currency === 'MXN' ? 0.1 : null),
  lossGivenDefault: 0.5,
  ...given,
});

describe('a cut-off', () => {
  it('leaves alone whoever has at least that chance, and counts what follows by hand', () => {
    const row = cutOffRowOf(60, ground());
    expect(row).toMatchObject({ cutOff: 0.6, accounts: 310, people: 285, contacted: 50, curesInWait: 108 });
    expect(row.cures.estimate).toBeCloseTo(216, 9);
    const half = 1.959964 * Math.sqrt((310 * 0.02) ** 2 + 9 + 48 + 2.4);
    expect(row.cures.lower).toBeCloseTo(216 - half, 3);
    expect(row.cures.upper).toBeCloseTo(216 + half, 3);
    expect(row.contactsSaved).toBeCloseTo(43.2, 9);
    expect(row.contactsPostponed).toBeCloseTo(310 * 0.4 - 43.2, 9);
    expect(row.balance).toEqual([
      { currency: 'COP', amount: '1005.00' },
      { currency: 'MXN', amount: '30150.00' },
    ]);
    // MXN: (90 + 120) cures × 0.5 in time × 0.4 contacts × 2.50; COP has no cost.
    expect(row.costSaved).toEqual([
      { currency: 'COP', amount: null },
      { currency: 'MXN', amount: '105.00' },
    ]);
    // 30,150.00 × 0.1 × 0.5 × 2 points, and the ends of their interval.
    expect(row.extraLoss).toEqual([
      { currency: 'COP', estimate: null, lower: null, upper: null },
      { currency: 'MXN', estimate: '30.15', lower: '15.38', upper: '44.92' },
    ]);
  });

  it('writes what accounts are owed with one sign', () => {
    const owed = (balanceCents: bigint) =>
      waitOutcomeOf([{ ...bin(60, 10), balanceCents }], ground()).balance;
    expect([-5n, -12_345n, 7n].map((cents) => owed(cents)[0]!.amount)).toEqual(['-0.05', '-123.45', '0.07']);
  });

  it('takes a loss under nothing as nothing, and says nothing of what is not known', () => {
    const gains = waitOutcomeOf([bin(60, 10)], ground({ effect: { estimate: -0.01, error: 0.01 } }));
    expect(gains.extraLoss[0]).toMatchObject({ estimate: '0.00', lower: '0.00' });
    expect(Number(gains.extraLoss[0]!.upper)).toBeGreaterThan(0);
    const blind = waitOutcomeOf([bin(60, 10)], ground({ timing: null, effect: null }));
    expect(blind).toMatchObject({ curesInWait: null, contactsSaved: null, contactsPostponed: null });
    expect(blind.extraLoss[0]!.estimate).toBeNull();
    expect(waitOutcomeOf([], ground())).toMatchObject({
      accounts: 0,
      cures: { estimate: null, reason: 'no_rows' },
    });
  });

  it('is told by bucket and product, largest first', () => {
    const groups = groupsOf(60, ground());
    expect(groups.map(({ product, accounts }) => [product, accounts])).toEqual([
      ['card', 300],
      [null, 10],
    ]);
  });
});

describe('capacity', () => {
  it.each([
    [49, { cutOff: 0.3, contacted: 0, waiting: 360, days: 2 }],
    [50, { cutOff: 0.6, contacted: 50, waiting: 310, days: 1 }],
    [300, { cutOff: 0.9, contacted: 260, waiting: 100, days: 1 }],
    [360, { cutOff: null, contacted: 360, waiting: 0, days: 1 }],
    [0, { cutOff: 0.3, contacted: 0, waiting: 360, days: null }],
  ])('%i a day', (perDay, fits) => expect(fitCapacity(perDay, 60, ground())).toMatchObject(fits));
});

describe('what the past tells', () => {
  const days = [
    { held: 0 as const, day: 5, n: 60, cured: 60, dated: 60 },
    { held: 0 as const, day: 30, n: 140, cured: 20, dated: 20 },
    { held: 1 as const, day: 5, n: 40, cured: 40, dated: 40 },
    { held: 1 as const, day: 30, n: 160, cured: 40, dated: 39 },
  ];
  it('is when cures come, what contacts bring about by then, and how many there are', () => {
    const [policy, held] = [curveOf(days, 0), curveOf(days, 1)];
    expect([policy!.by(5), policy!.end, held!.by(5), held!.end]).toEqual([0.3, 0.4, 0.2, 0.4]);
    expect(timingOf(held, 5)).toBe(0.5);
    const effect = effectOf(policy, held, 5)!;
    expect(effect.estimate).toBeCloseTo(0.1, 12);
    expect(effect.error).toBeCloseTo(Math.sqrt(0.21 / 200 + 0.16 / 200), 12);
    expect(
      contactsPerAccount(
        days,
        [
          { day: 3, contacts: 30 },
          { day: 9, contacts: 70 },
        ],
        5,
      ),
    ).toBe(0.15);
  });
  it('is nothing where the day of a cure is not known, or few were held out', () => {
    expect(
      curveOf(
        days.map((day) => ({ ...day, dated: 0 })),
        0,
      ),
    ).toBeNull();
    expect(
      curveOf(
        days.map((day) => ({ ...day, n: day.n / 4, cured: day.cured / 4 })),
        1,
      ),
    ).toBeNull();
    expect(effectOf(curveOf(days, 0), null, 5)).toBeNull();
    expect(contactsPerAccount(days, [], 5)).toBeNull();
  });
});
