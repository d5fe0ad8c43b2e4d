import { describe, expect, it } from 'vitest';
import learner from '#models/learners/boosted-trees.ts';
import { seededRandom } from '#models/maths/random.ts';
import { boost } from '#models/trees/grow/boost.ts';
import { kernelBytes } from '#models/trees/kernels/bytes.ts';
import { simulated } from '../../bench/simulated.ts';
import { assemble, kernelText } from '../../support/models/assemble.ts';
import { randomMatrix } from '../../support/models/random-matrix.ts';

/** Thirteen columns: three blocks of four and one that is not full. */
const numbers = simulated(6000, 9, 2);
const matrix = { ...numbers, columns: [...numbers.columns, ...randomMatrix(6000, 77).columns] };
const weights = matrix.target.map((_, i) => (i % 5) / 3);

describe('the kernels', () => {
  it('of WebAssembly are those of the text', async () => {
    expect(kernelBytes).toBe(await assemble(kernelText));
  });

  it.each([
    ['all rows', {}, 'logistic'],
    ['some rows and columns', { rowShare: 0.7, columnShare: 0.6 }, 'logistic'],
    ['squared error', {}, 'squared'],
  ] as const)('in TypeScript and in WebAssembly give equal bits: %s', async (_, options, objective) => {
    const grow = (plain: boolean) =>
      boost({
        matrix: { ...matrix, weights },
        objective,
        options: learner.options.parse(options),
        rounds: 8,
        rows: Int32Array.from({ length: 5000 }, (_row, i) => i),
        held: Int32Array.from({ length: 1000 }, (_row, i) => 5000 + i),
        random: seededRandom(1),
        onProgress: () => {},
        checkCancelled: () => {},
        plain,
      });
    const [plain, fast] = [await grow(true), await grow(false)];
    expect(fast).toEqual(plain);
    expect(plain.trees.flatMap(({ columns }) => columns).length).toBeGreaterThan(100);
  });
});
