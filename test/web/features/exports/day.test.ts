import { expect, it } from 'vitest';
import { dayFigures, dayOf, reasonInWords } from '../../../../web/src/features/exports/home/day.ts';
import { plainBatch } from '../../../support/contact/cleared-batch.ts';

const rule = (id: string, n: number, ruleSet = 'CO-2300') => ({
  rule: id,
  ruleSet,
  version: '1',
  status: 'primary',
  title: {
    es: id === 'holiday' ? 'Festivo' : 'Horario permitido',
    en: id === 'holiday' ? 'Holiday' : 'Allowed hours',
  },
  n,
  failing: n,
});
const batch = (id: string, sendOn: string, given: object = {}) => ({
  ...plainBatch(10),
  id,
  sendOn,
  ...given,
});

it('speaks of today where a batch is for it, else of the next day with one, else of the last', () => {
  const batches = [batch('a', '2026-03-01'), batch('b', '2026-03-08')];
  expect(dayOf(batches, '2026-03-08')).toBe('2026-03-08');
  expect(dayOf(batches, '2026-03-02')).toBe('2026-03-08');
  expect(dayOf(batches, '2026-04-01')).toBe('2026-03-08');
  expect(dayOf([batch('a', '2026-03-01', { state: 'released' })], '2026-03-01')).toBeNull();
});

it('adds the batches of the day up, without those replaced', () => {
  const batches = [
    batch('a', '2026-03-08', { assigned: 30, excluded: [rule('holiday', 5), rule('contact-hours', 15)] }),
    batch('b', '2026-03-08', { assigned: 14, excluded: [rule('contact-hours', 4)] }),
    batch('c', '2026-03-08', { assigned: 90, state: 'released', excluded: [rule('contact-hours', 80)] }),
    batch('d', '2026-03-09', { assigned: 90, excluded: [rule('contact-hours', 80)] }),
  ];
  const day = dayFigures(batches, '2026-03-08');
  expect([day.cleared, day.kept]).toEqual([20, 24]);
  expect(day.reasons.map(({ rule: id, n }) => [id, n])).toEqual([
    ['contact-hours', 19],
    ['holiday', 5],
  ]);
});

it('says where and why', () => {
  const said = (id: string, set: string, locale: 'es' | 'en') =>
    reasonInWords(rule(id, 1, set), '2026-03-08', locale);
  expect(said('contact-hours', 'CO-2300', 'es')).toBe('domingo en Colombia');
  expect(said('contact-hours', 'CO-2300', 'en')).toBe('Sunday in Colombia');
  expect(said('holiday', 'MX-CONDUSEF', 'es')).toBe('festivo en México');
  expect(said('contact-hours', 'HOUSE', 'es')).toBe('horario permitido (domingo)');
  expect(said('opt-out', 'CO-2300', 'es')).toBe('horario permitido');
});
