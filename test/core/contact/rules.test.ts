import { expect, it } from 'vitest';
import { discover } from '#server/registry.ts';
import { compareDecisions } from '../../support/contact/rule-comparison.ts';

it('decides alike in SQL and in TypeScript, for random people, zones and instants', async () => {
  const found = await compareDecisions(4_000, 20261121);
  expect(found.differences.slice(0, 3)).toEqual([]);
  const rules = [...(await discover('core/contact/rules')).keys()];
  expect(found.excluding).toEqual(rules);
  expect(found.passing).toEqual(rules);
  expect(found.cases).toBe(4_000);
});
