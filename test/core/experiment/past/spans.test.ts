import { describe, expect, it } from 'vitest';
import { isOutOfLine, pastSpans } from '#core/experiment/past/spans.ts';

const months = ['2026-08-31', '2026-09-30', '2026-10-31'];
const days = (from: string, n: number, step: number) =>
  Array.from({ length: n }, (_, i) =>
    new Date(Date.parse(from) + i * step * 86_400_000).toISOString().slice(0, 10),
  );

describe('stretches of the past as long as the horizon', () => {
  it.each([
    ['months count as months', months, 30, ['2026-09-30 2026-10-31', '2026-08-31 2026-09-30']],
    [
      'February too',
      ['2026-01-31', '2026-02-28', '2026-03-31'],
      30,
      ['2026-02-28 2026-03-31', '2026-01-31 2026-02-28'],
    ],
    ['two months', months, 60, ['2026-08-31 2026-10-31']],
    ['at least one month', months, 7, ['2026-09-30 2026-10-31', '2026-08-31 2026-09-30']],
    ['days', days('2026-01-01', 70, 1), 30, ['2026-02-09 2026-03-11', '2026-01-10 2026-02-09']],
    ['weeks', days('2026-01-01', 9, 7), 30, ['2026-01-22 2026-02-26']],
    ['too short a past', months, 120, []],
    ['one snapshot', ['2026-01-31'], 30, []],
    ['none', [], 30, []],
  ])('%s', (_, dates, horizonDays, spans) => {
    expect(pastSpans(dates, horizonDays, 5).map(({ from, until }) => `${from} ${until}`)).toEqual(spans);
  });

  it('are as many as asked for at most', () => {
    expect(pastSpans(days('2026-01-01', 20, 30), 30, 4)).toHaveLength(4);
  });
});

describe('the latest stretch', () => {
  const rates = (...percents: number[]) => percents.map((percent) => ({ n: 1000, events: percent * 10 }));
  it.each([
    ['like the others', rates(30, 31, 28), false],
    ['a third of what it was', rates(10, 30, 26, 24), true],
    ['twice what it was', rates(61, 30, 28), true],
    ['low, as the one before was already', rates(10, 12, 30, 30, 30), false],
    ['with one other to compare with', rates(10, 30), false],
    ['of few people', [{ n: 50, events: 1 }, ...rates(30, 30)], false],
    ['against few people', [...rates(10), { n: 99, events: 30 }, { n: 99, events: 30 }], false],
    ['alone', rates(10), false],
  ])('%s', (_, counts, out) => {
    expect(isOutOfLine(counts)).toBe(out);
  });
});
