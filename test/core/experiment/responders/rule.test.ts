import { describe, expect, it } from 'vitest';
import { conditionOf, leavesOf, type Rule } from '#core/experiment/responders/rule.ts';
import { describeCondition } from '#core/segment/describe/describe.ts';

const rule: Rule = {
  question: { column: 'days_past_due', is: 'at_least', value: 15, unknown: false },
  yes: {
    question: { column: 'days_past_due', is: 'at_least', value: 30, unknown: false },
    yes: { arm: 0 },
    no: { arm: 1 },
  },
  no: { question: { column: 'country', is: 'category', value: 'CO' }, yes: { arm: 1 }, no: { arm: 2 } },
};

describe('a rule as segments', () => {
  it('has a leaf for each way through', () => {
    expect(leavesOf(rule).map(({ arm, path }) => [arm, path.map(({ answer }) => answer)])).toEqual([
      [0, [true, true]],
      [1, [true, false]],
      [1, [false, true]],
      [2, [false, false]],
    ]);
  });

  it('gives each arm one condition; two bounds on a number are one range', () => {
    expect(conditionOf(rule, 0)).toEqual({ column: 'days_past_due', is: 'between', from: 30 });
    expect(conditionOf(rule, 1)).toEqual({
      any: [
        { column: 'days_past_due', is: 'between', from: 15, to: 30 },
        {
          all: [
            { column: 'days_past_due', is: 'between', to: 15 },
            { column: 'country', is: 'in', values: ['CO'] },
          ],
        },
      ],
    });
    expect(conditionOf(rule, 2)).toEqual({
      all: [
        { column: 'days_past_due', is: 'between', to: 15 },
        { column: 'country', is: 'not_in', values: ['CO'] },
      ],
    });
    expect(conditionOf(rule, 3)).toBeNull();
    expect(describeCondition(conditionOf(rule, 0)!).es).toContain('30');
  });

  it('leaves nobody out whose value is not known', () => {
    const asks = (column: string): Rule => ({
      question: { column, is: 'at_least', value: 12, unknown: true },
      yes: { arm: 1 },
      no: { arm: 0 },
    });
    expect(conditionOf(asks('customer_tenure_months'), 0)).toEqual({
      any: [
        { column: 'customer_tenure_months', is: 'between', to: 12 },
        { column: 'customer_tenure_months', is: 'missing' },
      ],
    });
    expect(conditionOf(asks('score:self-cure'), 0)).toEqual({ not: { score: 'self-cure', from: 12 } });
  });
});
