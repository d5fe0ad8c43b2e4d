import { describe, expect, it } from 'vitest';
import { DomainError } from '#core/errors/domain-error.ts';
import learner from '#models/learners/boosted-trees.ts';
import { readTrees, type SavedTrees } from '#models/trees/saved.ts';
import { fitTrees } from '../../support/models/fit-trees.ts';
import { randomMatrix } from '../../support/models/random-matrix.ts';

const matrix = randomMatrix(800, 2);
const fitted = await fitTrees(matrix, { rounds: 3 });
const altered = (change: (saved: SavedTrees) => void): unknown => {
  const copy = JSON.parse(JSON.stringify(fitted.save())) as SavedTrees;
  change(copy);
  return copy;
};
const refusal = (saved: unknown): DomainError => {
  try {
    learner.restore(saved);
  } catch (error) {
    if (error instanceof DomainError) return error;
    throw error;
  }
  throw new Error('it was read');
};

describe('a saved model', () => {
  it('is plain JSON that gives the same model again', () => {
    const again = learner.restore(altered(() => {}));
    expect(again.predict(matrix)).toEqual(fitted.predict(matrix));
    expect(again.contributions!(matrix)).toEqual(fitted.contributions!(matrix));
  });

  it.each<[string, (saved: SavedTrees) => void]>([
    ['a child that is not there', (saved) => saved.trees[1]!.lefts.splice(0, 1, 99)],
    ['a loop', (saved) => saved.trees[0]!.lefts.splice(1, 1, 0)],
    ['a leaf hung twice', (saved) => saved.trees[0]!.lefts.splice(0, 1, saved.trees[0]!.rights.at(-1)!)],
    ['a value lost', (saved) => saved.trees[2]!.values.pop()],
    ['a column that is not there', (saved) => saved.columns.pop()],
    ['a number that is none', (saved) => Object.assign(saved, { base: 'zero' })],
    ['trees lost', (saved) => Object.assign(saved, { trees: undefined })],
  ])('is refused with %s', (_, change) => {
    const { code, details } = refusal(altered(change));
    expect(code).toBe('saved_model_unreadable');
    expect(details.reason).not.toBe('');
  });

  it.each([null, 'text', [], {}])('is refused where it is no model: %o', (saved) => {
    expect(refusal(saved).code).toBe('saved_model_unreadable');
  });

  it('of a newer format is said to be so', () => {
    const { code, details } = refusal(altered((saved) => Object.assign(saved, { format: 2 })));
    expect(code).toBe('saved_model_format');
    expect(details).toMatchObject({ found: 2, known: 1 });
  });

  it('tells leaves, and gain by column', () => {
    const { complexity, information, used } = fitted.describe!();
    const saved = readTrees(fitted.save());
    expect(complexity).toBe(saved.trees.reduce((sum, tree) => sum + tree.values.length, 0));
    expect(Object.keys(information)).toEqual(used);
    expect(information.level).toBeGreaterThan(information.noise ?? 0);
  });
});
