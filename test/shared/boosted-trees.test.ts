import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Learner } from '#models/learner.ts';
import boostedTrees from '#models/learners/boosted-trees.ts';
import { aucOf, foldsOf, outOfFold } from '../support/models/fold-auc.ts';
import { readCures, readRealSet } from '../support/models/real-matrix.ts';
import { hasShared } from '../support/shared.ts';
import { openTestWorkspace, type TestWorkspace } from '../support/workspace.ts';

const learner = boostedTrees as Learner;
const patienceMs = 300_000;

describe.runIf(hasShared)('boosted trees on real sets, out of fold', () => {
  let workspace: TestWorkspace;
  beforeAll(async () => {
    workspace = await openTestWorkspace();
  });
  afterAll(() => workspace?.close());

  it.each([
    ['taiwan default', 30_000, 0.775],
    ['hmeq', 5960, 0.955],
  ] as const)(
    '%s: of %d rows, AUC at least %d',
    async (name, rows, floor) => {
      const matrix = await readRealSet(workspace.context.engine, name);
      expect(matrix.rows).toBe(rows);
      const p = await outOfFold(learner, matrix, foldsOf(matrix, 1));
      const found = aucOf(matrix.target, p);
      console.info(`${name}: AUC ${found.toFixed(4)}`);
      expect(found).toBeGreaterThanOrEqual(floor);
    },
    patienceMs,
  );

  it(
    'late in July and cured in August: AUC at least 0.78, and 0.70 of those newly late',
    async () => {
      const matrix = await readCures(workspace);
      expect(matrix.rows).toBe(4213);
      const found = { all: 0, entries: 0 };
      const seeds = [1, 2];
      for (const seed of seeds) {
        const p = await outOfFold(learner, matrix, foldsOf(matrix, seed));
        found.all += aucOf(matrix.target!, p) / seeds.length;
        found.entries += aucOf(matrix.target!, p, matrix.entries) / seeds.length;
      }
      console.info(`cured: AUC ${found.all.toFixed(4)}, newly late ${found.entries.toFixed(4)}`);
      expect(found.all).toBeGreaterThanOrEqual(0.78);
      expect(found.entries).toBeGreaterThanOrEqual(0.7);
    },
    patienceMs,
  );
});
