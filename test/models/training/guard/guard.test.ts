import { describe, expect, it } from 'vitest';
import { DomainError } from '#core/errors/domain-error.ts';
import { refuseCodeJumps, refuseDrift } from '#models/training/guard/drift.ts';
import { refuseProtected } from '#models/training/guard/forbidden.ts';
import { columnAucs, refuseLeaks } from '#models/training/guard/strength.ts';
import { randomMatrix } from '../../../support/models/random-matrix.ts';

const errorOf = (work: () => void): DomainError => {
  try {
    work();
  } catch (error) {
    if (error instanceof DomainError) return error;
    throw error;
  }
  throw new Error('it did not refuse');
};
const periods = (...rates: number[]) =>
  rates.map((rate, i) => ({ asOf: `2005-0${i + 4}-28`, n: 1000, events: rate * 10 }));

describe('leak guard', () => {
  it('sees how far each column separates alone, numbers and categories, either direction', () => {
    const alone = columnAucs(randomMatrix(3000, 5));
    expect(alone.get('level')).toBeGreaterThan(0.7);
    expect(alone.get('noise')).toBeLessThan(0.53);
    expect(alone.get('city')).toBeGreaterThan(0.58);
  });

  it('stops on a column written after the outcome, and names it', () => {
    const matrix = randomMatrix(500, 5);
    const leak = { name: 'cured_on', kind: 'numeric' as const, values: matrix.target.map((y) => 1 - y) };
    const error = errorOf(() => refuseLeaks(columnAucs({ ...matrix, columns: [...matrix.columns, leak] })));
    expect(error.code).toBe('leak_feature');
    expect(error.details).toEqual({ column: 'cured_on', auc: 1 });
  });

  it('stops on a column that is missing only for one class', () => {
    const matrix = randomMatrix(500, 5);
    const leak = {
      name: 'paid_on',
      kind: 'categorical' as const,
      codes: Int32Array.from(matrix.target, (y) => (y ? 0 : -1)),
      categories: ['yes'],
    };
    const error = errorOf(() => refuseLeaks(columnAucs({ ...matrix, columns: [leak] })));
    expect(error.details.column).toBe('paid_on');
  });

  it.each(['sex', 'education', 'marital_status', 'birth_year'])('keeps %s out', (column) => {
    expect(errorOf(() => refuseProtected(['utilisation', column])).details).toEqual({ column });
  });
});

describe('refuseDrift', () => {
  const taiwan = periods(31.6, 24, 26.2, 30.3, 10.1);
  it('stops Taiwan, August to September, with its figures', () => {
    const error = errorOf(() => refuseDrift(taiwan, new Set(['2005-08-28'])));
    expect(error.code).toBe('target_drift');
    expect(error.details.rate).toBeCloseTo(0.101, 10);
    expect(error.details.earlier).toBeCloseTo(0.28025, 10);
    expect(error.message).toContain('10.1%');
  });
  it('lets its earlier months pass', () => {
    expect(() => refuseDrift(taiwan.slice(0, 4), new Set(['2005-07-28']))).not.toThrow();
  });
  it('judges only dates trained on', () => {
    expect(() => refuseDrift(taiwan, new Set(['2005-07-28']))).not.toThrow();
  });
  it('stops a rate that more than half rises', () => {
    expect(errorOf(() => refuseDrift(periods(20, 31), new Set(['2005-05-28']))).code).toBe('target_drift');
  });
});

describe('refuseCodeJumps', () => {
  const shares = (...given: [asOf: string, code: string, share: number][]) =>
    given.map(([asOf, code, share]) => ({ asOf, code, share }));
  it('stops a code that comes from nowhere', () => {
    const error = errorOf(() =>
      refuseCodeJumps(
        shares(
          ['2005-08-31', 'late_1', 0.0009],
          ['2005-08-31', 'late_2', 0.13],
          ['2005-09-30', 'late_1', 0.123],
        ),
      ),
    );
    expect(error.code).toBe('leak_status_code');
    expect(error.details).toMatchObject({ code: 'late_1', asOf: '2005-09-30', share: 0.123, before: 0.0009 });
  });
  it('stops a code absent the date before', () => {
    const jump = shares(['2005-08-31', 'a', 1], ['2005-09-30', 'a', 0.9], ['2005-09-30', 'b', 0.1]);
    expect(errorOf(() => refuseCodeJumps(jump)).details.before).toBe(0);
  });
  it('lets the first date be, and slow growth', () => {
    const slow = shares(['2005-07-31', 'b', 0.3], ['2005-08-31', 'a', 0.02], ['2005-09-30', 'a', 0.06]);
    expect(() => refuseCodeJumps(slow)).not.toThrow();
  });
});
