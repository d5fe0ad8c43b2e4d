import { expect, it } from 'vitest';
import { verdictOf } from '#core/experiment/responders/words.ts';
import boostedTrees from '#models/learners/boosted-trees.ts';
import { learnResponders, type RespondersTask } from '#models/uplift/responders/learn.ts';
import { respondingPeople } from '../../../support/experiments/responding-people.ts';

it('finds something in at most 5 of 100 trials in which nobody differs', async () => {
  const trials = 600;
  let found = 0;
  for (let trial = 0; trial < trials; trial++) {
    const { logged } = respondingPeople(1500, 9000 + trial, 0);
    const { byRule, perPerson } = await learnResponders({
      logged,
      methods: ['dr'],
      ruleColumns: ['x', 'level', 'noise', 'kind'],
      learner: boostedTrees as unknown as RespondersTask['learner'],
      options: boostedTrees.options.parse({
        rounds: 50,
        leaves: 3,
        minRows: 75,
        learningRate: 0.08,
        bins: 32,
        patience: 0,
      }),
      seed: 7,
      onProgress: () => {},
      checkCancelled: () => {},
    });
    const worth = { shortRule: { ...byRule, gives: [] }, perPerson: { ...perPerson[0]!, gives: [] } };
    if (verdictOf(worth) !== 'one_rule') found++;
  }
  // Two Monte Carlo errors over.
  expect(found / trials).toBeLessThan(0.05 + 2 * Math.sqrt((0.05 * 0.95) / trials));
});
