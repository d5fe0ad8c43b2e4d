import { expect, it } from 'vitest';
import type { Learner } from '#models/learner.ts';
import boostedTrees from '#models/learners/boosted-trees.ts';
import { aucOf, foldsOf, outOfFold } from '../support/models/fold-auc.ts';
import { readRealSet } from '../support/models/real-matrix.ts';
import { hasShared } from '../support/shared.ts';
import { openTestWorkspace } from '../support/workspace.ts';

it.runIf(hasShared)('boosted trees on bank marketing, out of fold: AUC at least 0.8', async () => {
  const workspace = await openTestWorkspace();
  try {
    const matrix = await readRealSet(workspace.context.engine, 'bank marketing');
    expect(matrix.rows).toBe(41_188);
    const p = await outOfFold(boostedTrees as Learner, matrix, foldsOf(matrix, 1));
    expect(aucOf(matrix.target, p)).toBeGreaterThanOrEqual(0.8);
  } finally {
    await workspace.close();
  }
});
