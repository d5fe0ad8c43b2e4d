import { expect, it } from 'vitest';
import { discover } from '#server/registry.ts';
import { compareDecisions } from '../../support/contact/rule-comparison.ts';
import { randomCases } from '../../support/contact/rule-random.ts';

const people = 100_000;

it('decides alike in SQL and in TypeScript for 100,000 random people, over zones and changes of clock', async () => {
  const found = await compareDecisions(people, 20261122, (ruleSets) =>
    randomCases(people, 20261122, ruleSets),
  );
  expect(found.differences.slice(0, 3)).toEqual([]);
  expect(found.cases).toBe(people);
  expect(found.decisions).toBeGreaterThan(800_000);
  const rules = [...(await discover('core/contact/rules')).keys()];
  expect(found.excluding).toEqual(rules);
  expect(found.passing).toEqual(rules);
}, 180_000);
