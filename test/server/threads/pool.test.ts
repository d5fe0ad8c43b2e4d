import { describe, expect, it } from 'vitest';
import { DomainError } from '#core/errors/domain-error.ts';
import type { Objective } from '#models/learner.ts';
import type { Matrix } from '#models/matrix.ts';
import { inlinePool } from '#models/pool.ts';
import type { TreeOptions } from '#models/trees/options.ts';
import { threadPool } from '#server/threads/pool.ts';
import { fitTrees } from '../../support/models/fit-trees.ts';
import { randomMatrix } from '../../support/models/random-matrix.ts';

const rows = 40_000;
const first = randomMatrix(rows, 31);
/** Twelve columns, so that each thread has some; large enough to be divided. */
const matrix: Matrix = {
  ...first,
  columns: [31, 32, 33].flatMap((seed) =>
    randomMatrix(rows, seed).columns.map((column) => ({ ...column, name: `${column.name}_${seed}` })),
  ),
};
const weights = first.target.map((_, i) => 1 + (i % 7) / 3);

describe('trees grown by several threads', () => {
  it.each<[string, Partial<Matrix>, Partial<TreeOptions>, Objective]>([
    ['all rows', {}, {}, 'logistic'],
    ['weights and rows held aside', { weights }, { patience: 2, heldShare: 0.3 }, 'logistic'],
    [
      'some rows and columns, monotone',
      {},
      { rowShare: 0.6, columnShare: 0.5, monotone: { level_31: 'increasing' } },
      'logistic',
    ],
    ['squared error', {}, {}, 'squared'],
  ])('equal those of one, bit for bit: %s', async (_, change, options, objective) => {
    const fits = [];
    for (const pool of [inlinePool, threadPool(1)])
      fits.push(await fitTrees({ ...matrix, ...change }, { rounds: 4, ...options }, { pool, objective }));
    expect(fits[1]!.save()).toEqual(fits[0]!.save());
  });

  it('are given up between rounds when cancelled, and the threads serve the next', async () => {
    let asked = 0;
    const checkCancelled = () => {
      if (++asked > 30) throw new DomainError('cancelled');
    };
    const pool = threadPool(1);
    const fit = fitTrees(matrix, { rounds: 1000 }, { pool, checkCancelled });
    await expect(fit).rejects.toMatchObject({ code: 'cancelled' });
    const next = await fitTrees(matrix, { rounds: 2 }, { pool });
    expect(next.save()).toEqual((await fitTrees(matrix, { rounds: 2 })).save());
  });
});

describe('a pool', () => {
  it('says what went wrong in a thread', async () => {
    const { ready, ended } = threadPool(2).start('trees/kernel.ts', {});
    await ready;
    await expect(ended).rejects.toThrow(/kernel\.ts/);
  });

  it('rejects a kernel that is not there, ready or not', async () => {
    const { ready, ended } = threadPool(1).start('trees/no-such-kernel.ts', {});
    await expect(ready).rejects.toThrow(/no-such-kernel/);
    await expect(ended).rejects.toThrow(/no-such-kernel/);
  });
});
