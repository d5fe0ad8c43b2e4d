import { DomainError } from '#core/errors/domain-error.ts';
import type { FitTask, Objective } from '../../learner.ts';
import { inlinePool } from '../../pool.ts';
import { binCount, type ColumnBins, writeCodes } from '../bins/bins.ts';
import { makeBins } from '../bins/make.ts';
import type { Shared } from '../kernel.ts';
import type { TreeOptions } from '../options.ts';
import { type Arena, arenaBytes, arenaOf, codeAt, figure, maxThreads, type Shape } from './arena.ts';
import { argument, command, ownOf, takeStep } from './steps.ts';
import { commandPlace, meet, stop } from './team.ts';
import { Grower, type GrownTree } from './tree.ts';

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
}

/** Codes worth a second thread. */
const worthThreads = 400_000;

const kernel = 'trees/kernel.ts';

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
    threads: helpers + 1,
  };
  const arena = arenaOf(shape, allocate(shape));
  fill(arena, task, bins);
  const base = start(arena, task.objective);
  if (helpers === 0) return { bins, base, ...runRounds(arena, task) };
  const team = pool.start(kernel, { shape, memory: arena.memory } satisfies Shared);
  try {
    await team.ready;
    return { bins, base, ...runRounds(arena, task) };
  } finally {
    stop(arena);
    await team.ended;
  }
}

/** @throws matrix_too_large */
function allocate(shape: Shape): SharedArrayBuffer {
  const bytes = arenaBytes(shape);
  for (let tried = bytes; ; tried /= 2)
    try {
      const memory = new SharedArrayBuffer(tried);
      if (tried === bytes) return memory;
      throw new DomainError('matrix_too_large', {
        rows: shape.rows + shape.held,
        columns: shape.columns,
        megabytes: Math.ceil(bytes / 1e6),
        limit: Math.floor(tried / 1e6),
      });
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
    }
}

function fill(
  arena: Arena,
  { matrix, options, rows, held, objective, checkCancelled }: BoostTask,
  bins: ColumnBins[],
) {
  const { figures, target, weights } = arena;
  const every = rows.length + held.length;
  const order = new Int32Array(every);
  order.set(rows);
  order.set(held, rows.length);
  let first = 0;
  bins.forEach((columnBins, column) => {
    checkCancelled();
    writeCodes(columnBins, matrix.columns[column]!, order, arena.codes, codeAt(every, column));
    arena.kinds[column] = columnBins.kind === 'categorical' ? 1 : 0;
    const direction = options.monotone[columnBins.name] ?? 'none';
    arena.directions[column] = direction === 'increasing' ? 1 : direction === 'decreasing' ? -1 : 0;
    arena.firstBins[column] = first;
    first += binCount(columnBins);
  });
  arena.firstBins[bins.length] = first;
  for (let i = 0; i < every; i++) {
    target[i] = matrix.target![order[i]!]!;
    weights[i] = matrix.weights?.[order[i]!] ?? 1;
  }
  arena.allowed.fill(1);
  figures[figure.l2] = options.l2;
  figures[figure.minRows] = options.minRows;
  figures[figure.minHessian] = options.minHessian;
  figures[figure.minGain] = options.minGain;
  figures[figure.categorySmoothing] = options.categorySmoothing;
  figures[figure.categoryL2] = options.categoryL2;
  figures[figure.squared] = objective === 'squared' ? 1 : 0;
}

/** The best single value for all rows, from which the first tree starts. */
function start({ target, weights, scores, shape }: Arena, objective: Objective): number {
  let sum = 0;
  let weight = 0;
  for (let i = 0; i < shape.rows; i++) {
    sum += weights[i]! * target[i]!;
    weight += weights[i]!;
  }
  const mean = sum / weight;
  const kept = Math.max(1e-6, Math.min(1 - 1e-6, mean));
  const base = objective === 'squared' ? mean : Math.log(kept / (1 - kept));
  scores.fill(base);
  return base;
}

function runRounds(arena: Arena, task: BoostTask): { trees: GrownTree[]; best: number } {
  const { options, rounds, random, checkCancelled, onProgress } = task;
  const { shape, control } = arena;
  const own = ownOf(arena, 0);
  const run = (told: number) => {
    control[commandPlace] = told;
    meet(arena, checkCancelled);
    takeStep(arena, own);
    meet(arena, checkCancelled);
  };
  const grower = new Grower(arena, run);
  const trees: GrownTree[] = [];
  let least = Number.POSITIVE_INFINITY;
  let best = rounds;
  for (let round = 1; round <= rounds; round++) {
    checkCancelled();
    chooseColumns(arena, options.columnShare, random);
    const listed = chooseRows(arena, options.rowShare, random);
    const tree = grower.grow(listed, options.learningRate);
    trees.push(tree);
    arena.values.set(tree.values);
    control[argument.leaves] = tree.values.length;
    control[argument.byCodes] = listed < 0 ? 0 : 1;
    run(command.add);
    if (tree.values.length === 1 && listed < 0 && options.columnShare === 1) break;
    const loss = shape.held > 0 ? heldLoss(arena) : null;
    onProgress({
      done: round / rounds,
      note: `${round}/${rounds}${loss === null ? '' : ` · ${loss.toFixed(5)}`}`,
    });
    if (loss === null) continue;
    if (loss < least) {
      least = loss;
      best = round;
    } else if (round - best >= options.patience) break;
  }
  return { trees, best: shape.held > 0 && Number.isFinite(least) ? best : trees.length };
}

/** Draws the columns the next tree may use, one at least. */
function chooseColumns({ allowed, shape }: Arena, share: number, random: () => number): void {
  if (share >= 1) return;
  const wanted = Math.max(1, Math.round(share * shape.columns));
  let left = wanted;
  for (let column = 0; column < shape.columns; column++) {
    const taken = random() * (shape.columns - column) < left;
    allowed[column] = taken ? 1 : 0;
    if (taken) left--;
  }
}

/** Lists in `order` the rows the next tree grows on, ascending; −1: all. */
function chooseRows({ order, shape }: Arena, share: number, random: () => number): number {
  if (share >= 1) return -1;
  const wanted = Math.max(1, Math.round(share * shape.rows));
  let listed = 0;
  for (let row = 0; row < shape.rows; row++)
    if (random() * (shape.rows - row) < wanted - listed) order[listed++] = row;
  return listed;
}

/** Mean loss on the rows held aside, which come after those fitted on. */
function heldLoss({ scores, target, weights, figures, shape }: Arena): number {
  const squared = figures[figure.squared] === 1;
  let sum = 0;
  let weight = 0;
  for (let i = shape.rows; i < shape.rows + shape.held; i++) {
    const score = scores[i]!;
    const y = target[i]!;
    weight += weights[i]!;
    sum +=
      weights[i]! *
      (squared ? (score - y) ** 2 : Math.max(score, 0) - score * y + Math.log1p(Math.exp(-Math.abs(score))));
  }
  return sum / weight;
}
