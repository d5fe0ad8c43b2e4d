import { describe, expect, it } from 'vitest';
import type { Calendar } from '#models/question.ts';
import { decisionDates, horizonEnd } from '#models/self-cure/dates.ts';
import { selfCureParameters } from '#models/self-cure/parameters.ts';

const monthly: Calendar = {
  observed: 'monthly',
  dates: ['2026-01-31', '2026-02-28', '2026-03-31', '2026-04-30', '2026-05-31'],
};
const daily: Calendar = {
  observed: 'daily',
  dates: Array.from({ length: 45 }, (_, i) => new Date(Date.UTC(2026, 0, 1 + i)).toISOString().slice(0, 10)),
};

describe('horizonEnd', () => {
  it.each([
    ['2026-01-31', 30, '2026-02-28'],
    ['2026-02-28', 30, '2026-03-31'],
    ['2026-01-31', 60, '2026-03-31'],
    ['2026-01-31', 90, '2026-04-30'],
    ['2026-04-30', 30, '2026-05-31'],
    ['2026-05-31', 30, null],
    ['2026-04-30', 60, null],
    ['2026-01-31', 7, '2026-02-28'],
  ])('monthly, %s and %i days: %s', (asOf, days, end) => {
    expect(horizonEnd(asOf, days, monthly)).toBe(end);
  });

  it.each([
    ['2026-01-01', 30, '2026-01-31'],
    ['2026-01-15', 30, '2026-02-14'],
    ['2026-01-16', 30, null],
  ])('daily, %s and %i days: %s', (asOf, days, end) => {
    expect(horizonEnd(asOf, days, daily)).toBe(end);
  });
});

it('weekly, thirty days end between two snapshots', () => {
  const weekly: Calendar = {
    observed: 'weekly',
    dates: ['2026-01-04', '2026-01-11', '2026-02-01', '2026-02-08'],
  };
  expect(horizonEnd('2026-01-04', 30, weekly)).toBe('2026-02-03');
  expect(horizonEnd('2026-01-11', 30, weekly)).toBe(null);
});

describe('decisionDates', () => {
  it('are those whose outcome the data holds', () => {
    const dates = decisionDates(selfCureParameters.parse({}), monthly);
    expect(dates.map(({ asOf }) => asOf)).toEqual(monthly.dates.slice(0, 4));
    expect(dates[0]).toEqual({ asOf: '2026-01-31', horizonEnd: '2026-02-28', labelEnd: '2026-02-28' });
  });

  it('look further where the cure has to last', () => {
    const dates = decisionDates(selfCureParameters.parse({ sustainedDays: 30 }), monthly);
    expect(dates).toHaveLength(3);
    expect(dates[0]).toEqual({ asOf: '2026-01-31', horizonEnd: '2026-02-28', labelEnd: '2026-03-31' });
  });
});

describe('selfCureParameters', () => {
  it('has the question of the design as default', () => {
    expect(selfCureParameters.parse({})).toEqual({
      minDaysPastDue: 1,
      maxDaysPastDue: 29,
      rows: 'entries',
      entryDays: 5,
      horizonDays: 30,
      sustainedDays: 0,
      minArrears: 0,
    });
  });
  it.each([
    { minDaysPastDue: 30, maxDaysPastDue: 29 },
    { horizonDays: 0 },
    { days: 3 },
    { minDaysPastDue: 0 },
  ])('refuses %o', (given) => expect(selfCureParameters.safeParse(given).success).toBe(false));
});
