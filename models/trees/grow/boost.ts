import type { FitTask, Objective } from '../../learner.ts';
import { inlinePool } from '../../pool.ts';
import { binCount, type ColumnBins } from '../bins/bins.ts';
import { makeBins } from '../bins/make.ts';
import type { Shared } from '../kernel.ts';
import { bufferOf, kernelsFor } from '../kernels/memory.ts';
import type { TreeOptions } from '../options.ts';
import { arenaOf, maxThreads, type Shape } from './arena.ts';
import { allocate, fillArena, rulesOf, startScores } from './fill.ts';
import { lead } from './lead.ts';
import { runRounds } from './rounds.ts';
import { meet, stop } from './team.ts';
import type { GrownTree } from './tree.ts';

export interface Boosted {
  bins: ColumnBins[];
  base: number;
  trees: GrownTree[];
  /** Rounds with the least loss on the rows held aside; all where none were. */
  best: number;
}

export interface BoostTask extends Omit<FitTask<TreeOptions>, 'objective'> {
  objective: Objective;
  rounds: number;
  /** Rows fitted on, ascending, and rows held aside for stopping. */
  rows: Int32Array;
  held: Int32Array;
  /** Without WebAssembly. */
  plain?: boolean;
}

/** Codes worth a second thread. */
const worthThreads = 400_000;

/** Boosts trees on some rows of a matrix. @throws matrix_too_large, cancelled */
export async function boost(task: BoostTask): Promise<Boosted> {
  const { matrix, options, rows, held, pool = inlinePool, checkCancelled } = task;
  const bins: ColumnBins[] = [];
  for (const column of matrix.columns) {
    checkCancelled();
    bins.push(makeBins(column, rows, options.bins));
  }
  const helpers = rows.length * bins.length < worthThreads ? 0 : Math.min(pool.threads, maxThreads - 1);
  const shape: Shape = {
    rows: rows.length,
    held: held.length,
    columns: bins.length,
    bins: bins.map(binCount),
    leaves: options.leaves,
    gathered: options.rowShare < 1 ? rows.length : rows.length >> 1,
    threads: helpers + 1,
  };
  const memory = allocate(shape, task.plain);
  const arena = arenaOf(shape, bufferOf(memory));
  fillArena(arena, task, bins);
  const base = startScores(arena, task.objective);
  const rules = rulesOf(arena, task, bins);
  const grown = () => {
    const leading = lead(arena, task);
    runRounds(
      {
        arena,
        rules,
        thread: 0,
        kernels: kernelsFor(arena, 0, memory),
        wait: () => meet(arena, checkCancelled),
      },
      leading,
    );
    return { bins, base, ...leading.grown() };
  };
  if (helpers === 0) return grown();
  const team = pool.start('trees/kernel.ts', { shape, rules, memory } satisfies Shared);
  try {
    await team.ready;
    return grown();
  } finally {
    stop(arena);
    await team.ended;
  }
}
