import { describe, expect, it } from 'vitest';
import { byChannel, isAbove, ofChannel } from '../../../../web/src/features/portfolio/read/channels.ts';
import { monthly, monthNumber } from '../../../../web/src/features/portfolio/read/months.ts';
import { rollCells, shareOf } from '../../../../web/src/features/portfolio/read/rolls.ts';
import {
  distinct,
  groupsOf,
  nextBucket,
  spokenBucket,
} from '../../../../web/src/features/portfolio/read/rows.ts';
import {
  newestAt,
  type Outcome,
  vintagePoints,
} from '../../../../web/src/features/portfolio/read/vintages.ts';

it('groups rows in the order they come, those without a value aside', () => {
  const rows = [{ currency: null }, { currency: 'PEN' }, { currency: 'ARS' }, { currency: 'PEN' }];
  expect(distinct(rows, 'currency')).toEqual(['PEN', 'ARS']);
  expect(groupsOf(rows, 'currency').map(({ key, rows: own }) => [key, own.length])).toEqual([
    ['PEN', 2],
    ['ARS', 1],
  ]);
});

describe('rolls', () => {
  const row = (currency: string | null, before: string, after: string, share: number) => ({
    currency,
    before,
    after,
    accounts: 10,
    share,
    lower: share - 0.1,
    upper: share + 0.1,
    share_of_balance: currency ? share / 2 : null,
  });
  const rows = [
    row(null, '1-29', '0', 0.5),
    row('MXN', '1-29', '0', 0.4),
    row('COP', '1-29', '0', 0.6),
    row(null, 'charged_off', 'charged_off', 1),
  ];

  it('are of all accounts by count, and of one currency by balance, which has no interval', () => {
    const counted = rollCells(rows, 'accounts', 'MXN');
    expect(counted).toHaveLength(1);
    expect(counted[0]?.share).toEqual({ estimate: 0.5, lower: 0.4, upper: 0.6 });
    const weighed = rollCells(rows, 'balance', 'COP');
    expect(weighed[0]?.share).toEqual({ estimate: 0.3, lower: null, upper: null });
    expect(shareOf(counted, '1-29', '0')).toBe(0.5);
    expect(shareOf(counted, '1-29', '30-59')).toBeNull();
  });
});

describe('months', () => {
  it('are evenly far apart, over a year too', () => {
    expect(monthNumber('2027-01-31') - monthNumber('2026-12-31')).toBe(1);
  });

  it('have a point only where there is a figure, in order', () => {
    const rows = [
      { month: '2026-10-01', share: 0.3, lower: 0.2, upper: 0.4 },
      { month: '2026-08-01', share: null, lower: null, upper: null },
      { month: '2026-09-01', share: 0.1, lower: null, upper: null },
    ];
    const points = monthly(rows, {
      month: 'month',
      value: 'share',
      lower: 'lower',
      upper: 'upper',
      series: 's',
      write: (iso) => iso.slice(0, 7),
    });
    expect(points.map(({ label, value, lower }) => [label, value, lower])).toEqual([
      ['2026-09', 0.1, null],
      ['2026-10', 0.3, 0.2],
    ]);
  });
});

describe('channels', () => {
  const row = (channel: string, style: string, events: number, of: number | null) => ({
    measure: 'replied',
    channel,
    style,
    events,
    of,
    share: of ? events / of : null,
    lower: of ? events / of - 0.01 : null,
    upper: of ? events / of + 0.01 : null,
  });
  const rows = [
    row('sms', 'neutral', 10, 100),
    row('sms', 'social_proof', 15, 100),
    row('email', 'neutral', 0, 100),
    row('letter', 'neutral', 0, null),
    { ...row('sms', 'neutral', 99, 100), measure: 'opened' },
  ];
  const found = byChannel(rows, 'replied', { value: 'share', of: 'of' });

  it('hold their styles from the most to the least; one where nothing happened is only named', () => {
    expect(found.with.map(({ channel, styles }) => [channel, styles.map(({ style }) => style)])).toEqual([
      ['sms', ['social_proof', 'neutral']],
    ]);
    expect(found.without).toEqual(['email']);
    expect(ofChannel(found.with[0] as never)).toBe(25 / 200);
    expect(ofChannel({ channel: 'sms', styles: [] })).toBe(0);
  });

  it('tell styles apart only when their intervals do not touch', () => {
    const [best, other] = found.with[0]?.styles ?? [];
    expect(isAbove(best as never, other as never)).toBe(true);
    expect(isAbove({ ...(best as never as object), lower: 0.105 } as never, other as never)).toBe(false);
  });
});

describe('vintages', () => {
  const row = (cohort: string, age: number, cured: number, currency: string | null = null) => ({
    cohort,
    currency,
    month_on_book: age,
    accounts: 100,
    cured,
    cured_share: cured / 100,
    charged_off: 0,
    charged_off_share: 0,
    cash: currency ? `${cured * 100}.50` : null,
  });
  const rows = [
    row('2026-08-01', 0, 0),
    row('2026-08-01', 1, 50),
    row('2026-07-01', 1, 40),
    row('2026-07-01', 1, 9, 'MXN'),
  ];
  const view = (outcome: Outcome) => ({ outcome, currency: 'MXN', write: (iso: string) => iso.slice(0, 7) });
  const points = vintagePoints(rows, view('cured'));

  it('tell cash of one currency for each account, without an interval', () => {
    expect(vintagePoints(rows, view('cash'))).toEqual([
      { cohort: '2026-07', begins: '2026-07-01', age: 1, value: 9.005, of: 100, lower: null, upper: null },
    ]);
  });

  it('count over all currencies, with the interval of each share, oldest first', () => {
    expect(points.map(({ cohort, age, value }) => [cohort, age, value])).toEqual([
      ['2026-07', 1, 0.4],
      ['2026-08', 0, 0],
      ['2026-08', 1, 0.5],
    ]);
    expect(points[2]?.lower).toBeCloseTo(0.4038, 4);
    expect(points[2]?.upper).toBeCloseTo(0.5962, 4);
  });

  it('compare the newest with the oldest at one age', () => {
    expect(newestAt(points, 1)).toMatchObject({ oldest: { value: 0.4 }, newest: { value: 0.5 } });
    expect(newestAt(points, 7)).toBeNull();
  });
});

describe('the bucket a sentence speaks of', () => {
  const sizes = (first: number) => [
    { bucket: '0', accounts: 9000 },
    { bucket: '1-29', accounts: first },
    { bucket: '60-89', accounts: 3600 },
    { bucket: 'charged_off', accounts: 5000 },
  ];

  it.each([
    [2500, '1-29'],
    [28, '60-89'],
  ])('with %i accounts in 1–29 is %s', (first, bucket) => {
    expect(spokenBucket(sizes(first))).toBe(bucket);
  });

  it('is none where nobody is late, and the last one leads to charge-off', () => {
    expect(spokenBucket([{ bucket: '0', accounts: 9 }])).toBeUndefined();
    expect([nextBucket('1-29'), nextBucket('180+')]).toEqual(['30-59', 'charged_off']);
  });
});
