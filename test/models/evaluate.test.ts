import { expect, it } from 'vitest';
import { performance } from '#core/contract/models/card.ts';
import { evaluate } from '#models/evaluate.ts';

it('gives every figure of the contract', () => {
  const target = Float64Array.of(1, 0, 1, 0, 1, 0, 0, 1);
  const p = Float64Array.of(0.9, 0.2, 0.6, 0.5, 0.4, 0.1, 0.3, 0.8);
  const found = evaluate('all', target, p);
  expect(performance.parse(found)).toEqual(found);
  expect(found).toMatchObject({ n: 8, events: 4, population: 'all' });
  expect(found.gini).toBeCloseTo(2 * found.auc.estimate! - 1, 12);
  for (const value of Object.values(found)) expect(value).not.toBeNull();
});

it('one class: nulls with a reason, and what needs no class stays', () => {
  const found = evaluate('new_entries', Float64Array.of(0, 0), Float64Array.of(0.1, 0.3));
  expect(performance.parse(found)).toEqual(found);
  expect(found).toMatchObject({ gini: null, ks: null, calibrationSlope: null, auc: { reason: 'one_class' } });
  expect(found.logLoss).toBeGreaterThan(0);
});
