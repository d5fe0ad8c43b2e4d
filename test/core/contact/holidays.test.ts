import { expect, it } from 'vitest';
import { easter, nearestMonday, nextMonday } from '#core/contact/holidays.ts';
import ar from '#core/contact/jurisdictions/ar-24240.ts';
import br from '#core/contact/jurisdictions/br-cdc.ts';
import cl from '#core/contact/jurisdictions/cl-21320.ts';
import co from '#core/contact/jurisdictions/co-2300.ts';
import mx from '#core/contact/jurisdictions/mx-condusef.ts';
import pe from '#core/contact/jurisdictions/pe-29571.ts';
import type { RuleSet } from '#core/contact/rule-set.ts';

it.each([
  [2024, '2024-03-31'],
  [2025, '2025-04-20'],
  [2026, '2026-04-05'],
  [2027, '2027-03-28'],
  [2038, '2038-04-25'],
])('Easter of %i is %s', (year, date) => {
  expect(easter(year)).toBe(date);
});

it.each([
  ['2026-11-02', '2026-11-02', '2026-11-02'],
  ['2026-11-04', '2026-11-09', '2026-11-02'],
  ['2026-11-05', '2026-11-09', '2026-11-09'],
  ['2026-11-08', '2026-11-09', '2026-11-08'],
])('from %s the next Monday is %s and the nearest %s', (date, next, nearest) => {
  expect([nextMonday(date), nearestMonday(date)]).toEqual([next, nearest]);
});

const daysOf = (set: RuleSet, year: number): string[] => {
  const { dates } = set.uses.find(({ rule }) => rule === 'holiday')!.parameters as { dates: string[] };
  return dates.filter((date) => date.startsWith(String(year)));
};

it('Colombia 2026 has its eighteen holidays, those of Law 51 moved to Monday', () => {
  expect(daysOf(co, 2026)).toEqual([
    '2026-01-01',
    '2026-01-12',
    '2026-03-23',
    '2026-04-02',
    '2026-04-03',
    '2026-05-01',
    '2026-05-18',
    '2026-06-08',
    '2026-06-15',
    '2026-06-29',
    '2026-07-20',
    '2026-08-07',
    '2026-08-17',
    '2026-10-12',
    '2026-11-02',
    '2026-11-16',
    '2026-12-08',
    '2026-12-25',
  ]);
});

it.each([
  ['Mexico: first Monday of February', mx, 2026, '2026-02-02'],
  ['Mexico: a president takes office', mx, 2030, '2030-10-01'],
  ['Chile: 12 October 2023 on Monday the 9th', cl, 2023, '2023-10-09'],
  ['Chile: 31 October 2023, a Tuesday, on the Friday before', cl, 2023, '2023-10-27'],
  ['Chile: solstice of 2026', cl, 2026, '2026-06-21'],
  ['Chile: Friday 20 September 2024', cl, 2024, '2024-09-20'],
  ['Chile: Friday 17 September 2027, before a weekend of holidays', cl, 2027, '2027-09-17'],
  ['Peru: Battle of Junín', pe, 2025, '2025-08-06'],
  ['Brazil: Carnival of 2026', br, 2026, '2026-02-17'],
  ['Brazil: Black Awareness Day since 2024', br, 2024, '2024-11-20'],
  ['Argentina: 17 August 2026 stays on its Monday', ar, 2026, '2026-08-17'],
])('%s', (_, set, year, date) => {
  expect(daysOf(set, year)).toContain(date);
});
