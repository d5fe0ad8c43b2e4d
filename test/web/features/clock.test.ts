import { describe, expect, it } from 'vitest';
import type { Job } from '#core/contract/jobs.ts';
import { dateAt, moves, returned } from '../../../web/src/features/home/clock.ts';

const moved = (createdAt: string, days: number, today: string, payments: number, state = 'done') =>
  ({
    kind: 'simulate',
    state,
    createdAt,
    input: { days },
    result: {
      today,
      load: {
        tables: [
          { table: 'snapshots', rows: 500 },
          { table: 'payments', rows: payments },
          { table: 'complaints', rows: 0 },
        ],
      },
    },
  }) as unknown as Job;
const jobs = [
  moved('2026-11-21 10:00:00', 21, '2026-11-21', 40),
  moved('2026-11-21T12:00:00Z', 5, '2026-11-26', 7),
  moved('2026-11-21T13:00:00Z', 90, '2027-02-24', 0, 'failed'),
  {
    kind: 'load',
    state: 'done',
    createdAt: '2026-11-21T14:00:00Z',
    input: {},
    result: null,
  } as unknown as Job,
];
const clock = { simulated: true, today: '2026-11-26' };

describe('the date of a simulated portfolio', () => {
  it.each([
    ['2026-11-21T09:00:00Z', '2026-10-31'],
    ['2026-11-21 11:00:00', '2026-11-21'],
    ['2026-11-21T12:30:00Z', '2026-11-26'],
  ])('at %s was %s', (instant, date) => {
    expect(dateAt(instant, clock, jobs)).toBe(date);
  });

  it('is not given where nothing is simulated', () => {
    expect(dateAt('2026-11-21T09:00:00Z', { ...clock, simulated: false }, jobs)).toBeNull();
  });

  it('counts only moves that were finished', () => {
    expect(moves(jobs).map(({ today }) => today)).toEqual(['2026-11-26', '2026-11-21']);
  });
});

describe('what came back', () => {
  it('is what the newest move loaded, but for what there is none of', () => {
    expect(returned(jobs)).toEqual({ days: 5, today: '2026-11-26', came: [{ table: 'payments', rows: 7 }] });
    expect(returned([])).toBeNull();
  });
});

describe('days that went by one after another', () => {
  const course = {
    kind: 'simulate-days',
    state: 'done',
    createdAt: '2026-11-21T15:00:00Z',
    input: { days: 7, run: true },
    result: { from: '2026-11-26', until: '2026-12-03', days: [] },
  } as unknown as Job;

  it('moved the clock, and tell nothing of what came back', () => {
    expect(moves([...jobs, course])[0]).toMatchObject({ days: 7, today: '2026-12-03' });
    expect(dateAt('2026-11-21T14:30:00Z', { ...clock, today: '2026-12-03' }, [...jobs, course])).toBe(
      '2026-11-26',
    );
    expect(returned([...jobs, course])).toBeNull();
  });
});
