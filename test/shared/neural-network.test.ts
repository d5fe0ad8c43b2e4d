import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Learner } from '#models/learner.ts';
import neuralNetwork from '#models/learners/neural-network.ts';
import scorecard from '#models/learners/scorecard.ts';
import { seededRandom, shuffled } from '#models/maths/random.ts';
import { type Matrix, pickNumbers, takeRows } from '#models/matrix.ts';
import { auc } from '#models/metrics/auc.ts';
import { readRealSet } from '../support/models/real-matrix.ts';
import { hasShared } from '../support/shared.ts';
import { openTestWorkspace, type TestWorkspace } from '../support/workspace.ts';

/** AUC on a fifth of the rows, fitted on the others. */
async function heldOut(matrix: Matrix, learner: Learner<never>, options: object): Promise<number> {
  const order = shuffled(matrix.rows, seededRandom(7));
  const part = (held: boolean) => order.filter((_, i) => (i % 5 === 0) === held).sort();
  const test = part(true);
  const fitted = await learner.fit({
    matrix: takeRows(matrix, part(false)),
    options: learner.options.parse(options),
    random: seededRandom(1),
    onProgress: () => {},
    checkCancelled: () => {},
  });
  return auc(pickNumbers(matrix.target!, test), fitted.predict(takeRows(matrix, test))).estimate!;
}

describe.runIf(hasShared)('the network beside the scorecard on the same rows', () => {
  let workspace: TestWorkspace;
  beforeAll(async () => {
    workspace = await openTestWorkspace();
  });
  afterAll(() => workspace?.close());

  it.each([
    ['hmeq', {}, 0.92],
    ['taiwan default', { maxEpochs: 5, batchRows: 512 }, 0.76],
  ] as const)(
    '%s: within 0.01 of it or better',
    async (name, options, floor) => {
      const matrix = await readRealSet(workspace.context.engine, name);
      const network = await heldOut(matrix, neuralNetwork as never, options);
      const points = await heldOut(matrix, scorecard as never, {});
      console.info(`${name}: network ${network.toFixed(4)}, scorecard ${points.toFixed(4)}`);
      expect(network).toBeGreaterThan(points - 0.01);
      expect(network).toBeGreaterThan(floor);
    },
    120_000,
  );
});
