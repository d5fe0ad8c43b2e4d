import { describe, expect, it } from 'vitest';
import { readAsk } from '../../../web/src/features/waiting/ask.ts';

describe('the question of an address', () => {
  it('takes numbers in range and costs by currency', () => {
    expect(
      readAsk({
        cutOff: '0.75',
        waitDays: '7',
        capacity: '0',
        costMXN: '1.5',
        costCOP: '300',
        currency: 'COP',
      }),
    ).toEqual({ cutOff: 0.75, waitDays: 7, capacity: 0, contactCosts: 'MXN:1.5,COP:300' });
  });

  it('leaves the rest to its default', () => {
    expect(
      readAsk({
        cutOff: '1.2',
        waitDays: '',
        capacity: 'many',
        lossGivenDefault: '-1',
        costMXN: '1e9',
        costmxn: '2',
      }),
    ).toEqual({});
  });
});
