import { spawnSync } from 'node:child_process';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { tQuantile } from '#core/stats/student.ts';
import type { Learner } from '#models/learner.ts';
import type { Matrix } from '#models/matrix.ts';
import { type TreeOptions, treeOptions } from '#models/trees/options.ts';
import { discover } from '#server/registry.ts';
import { threadPool } from '#server/threads/pool.ts';
import { aucOf, foldsOf, outOfFold } from '../../support/fold-auc.ts';
import { writeMatrixFile } from '../../support/matrix-file.ts';
import { readCures, readRealSet, realSets } from '../../support/real-matrix.ts';
import { openTestWorkspace } from '../../support/workspace.ts';
import { type Bench, defineMeasure } from '../measure.ts';
import { simulated } from '../simulated.ts';

type Row = (string | number | null)[];

const seeds = 10;
const peers: Record<string, readonly string[]> = {
  'boosted-trees': ['lightgbm', 'histogram'],
  scorecard: ['logistic'],
  'neural-network': ['logistic'],
};
const defaults = treeOptions.parse({});
/** The same settings in all three programs, with every round fitted. */
const pace: Partial<TreeOptions> = {
  rounds: 200,
  learningRate: 0.1,
  leaves: 31,
  minRows: 20,
  l2: 0,
  patience: 0,
};

const file = (name: string) => fileURLToPath(new URL(`../${name}`, import.meta.url));

/** The last line of what a program said, as JSON; null, and said so, where it failed. */
function ask<T>(bench: Bench, program: string, given: readonly string[]): T | null {
  const { stdout, stderr, error } = spawnSync(program, given, { encoding: 'utf8' });
  const line = stdout?.trim().split('\n').at(-1);
  if (line?.startsWith('[') || line?.startsWith('{')) return JSON.parse(line) as T;
  bench.tell(`${program}: ${error?.message ?? stderr.trim().split('\n').at(-1)}`);
  return null;
}

const python = <T>(
  bench: Bench,
  what: string,
  path: string,
  threads: number,
  peer: string,
  options: object,
) =>
  ask<T>(bench, process.env.PYTHON ?? 'python3', [
    file('models.py'),
    what,
    path,
    String(threads),
    peer,
    JSON.stringify(options),
  ]);

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

/** Half the width of a 95 % interval of the mean of paired differences. */
function halfWidth(values: readonly number[]): number {
  const centre = mean(values);
  const variance = values.reduce((sum, value) => sum + (value - centre) ** 2, 0) / (values.length - 1);
  return tQuantile(0.975, values.length - 1) * Math.sqrt(variance / values.length);
}

/** Each learner out of fold over the seeds, beside its peers on the same columns and folds. */
async function quality(
  bench: Bench,
  name: string,
  matrix: Matrix,
  parts: Record<string, Float64Array | undefined>,
) {
  const rows: Row[] = [];
  const folds = Array.from({ length: seeds }, (_, i) => foldsOf(matrix, i + 1));
  const path = join(bench.folder, 'set');
  writeMatrixFile(
    path,
    matrix,
    folds,
    Object.values(parts).filter((part) => part !== undefined),
  );
  const theirs = new Map<string, number[][] | null>();
  for (const [id, learner] of await discover<Learner>('models/learners')) {
    const ours: number[][] = [];
    const began = performance.now();
    for (const fold of folds) {
      const p = await outOfFold(learner, matrix, fold, {}, threadPool(bench.threads - 1));
      ours.push(Object.values(parts).map((of) => aucOf(matrix.target!, p, of)));
    }
    const seconds = (performance.now() - began) / 1000;
    bench.tell(`${name}, ${id}: ${mean(ours.map((aucs) => aucs[0]!)).toFixed(4)}`);
    for (const peer of peers[id] ?? []) {
      if (!theirs.has(peer)) theirs.set(peer, python(bench, 'quality', path, bench.threads, peer, defaults));
      const found = theirs.get(peer);
      Object.keys(parts).forEach((part, i) => {
        const own = ours.map((aucs) => aucs[i]!);
        const other = found?.map((aucs) => aucs[i]!);
        const differences = other?.map((value, seed) => own[seed]! - value);
        rows.push([
          `${name}${part}`,
          id,
          peer,
          mean(own),
          other ? mean(other) : null,
          differences ? mean(differences) : null,
          differences ? halfWidth(differences) : null,
          seconds / seeds,
          ...Array<null>(5).fill(null),
        ]);
      });
    }
  }
  return rows;
}

interface Paced {
  seconds: number;
  processorSeconds: number;
  gigabytes: number;
  auc: number;
}

/** One fit of boosted trees and of each peer, each in a process of its own. */
function paced(bench: Bench, name: string, matrix: Matrix): Row[] {
  const path = join(bench.folder, 'pace');
  writeMatrixFile(path, matrix);
  const rows: Row[] = [];
  for (const threads of [1, bench.threads]) {
    const child = [...process.execArgv, file('models-child.ts'), path, String(threads), JSON.stringify(pace)];
    const ours = ask<Paced>(bench, process.execPath, child);
    if (!ours) throw new Error('boosted trees did not fit');
    for (const peer of ['lightgbm', ...(threads > 1 ? ['histogram'] : [])]) {
      const other = python<Paced>(bench, 'pace', path, threads, peer, pace);
      bench.tell(
        `${name}, ${threads} threads: ${ours.seconds.toFixed(1)} s, ${peer} ${other?.seconds.toFixed(1)} s`,
      );
      rows.push([
        `${name}, ${threads} ${threads === 1 ? 'thread' : 'threads'}`,
        'boosted-trees',
        peer,
        ours.auc,
        other?.auc ?? null,
        other ? ours.auc - other.auc : null,
        null,
        ours.seconds,
        other?.seconds ?? null,
        ours.processorSeconds,
        other?.processorSeconds ?? null,
        ours.gigabytes,
        other?.gigabytes ?? null,
      ]);
    }
  }
  return rows;
}

export default defineMeasure({
  title: 'Learners beside LightGBM and scikit-learn',
  about: `Real sets: out-of-fold AUC, the mean of ${seeds} seeds of five folds, of each learner with its defaults; LightGBM with the options of boosted trees, stopped and fitted again in the same way, scikit-learn's histogram boosting with its defaults, and its logistic regression after one-hot encoding; same folds, same columns, paired interval; seconds are of one seed. Pace: ${pace.rounds} rounds of ${pace.leaves} leaves, 255 bins, the same settings in every program, fitted on four fifths and judged on the rest, each in a process of its own, binning included; ${'`--accounts`'} is the rows of the largest simulated set.`,
  accounts: 1_000_000,
  async run(bench) {
    const rows: Row[] = [];
    const load = () => loadavg()[0]!.toFixed(1);
    const before = load();
    const workspace = await openTestWorkspace();
    const taiwan = await readRealSet(workspace.context.engine, 'taiwan default');
    rows.push(...paced(bench, 'taiwan default, 30,000 × 23', taiwan));
    rows.push(...paced(bench, 'simulated, 300,000 × 23', simulated(300_000, 23, 1)));
    rows.push(
      ...paced(
        bench,
        `simulated, ${bench.accounts.toLocaleString('en')} × 30`,
        simulated(bench.accounts, 30, 1),
      ),
    );
    for (const name of realSets)
      rows.push(
        ...(await quality(bench, name, await readRealSet(workspace.context.engine, name), { '': undefined })),
      );
    const cures = await readCures(workspace);
    rows.push(
      ...(await quality(bench, 'cured in August', cures, { '': undefined, ', newly late': cures.entries })),
    );
    await workspace.close();
    rows.push([`load of the machine before and after: ${before}, ${load()}`, ...Array<null>(12).fill(null)]);
    return {
      head: [
        'data',
        'learner',
        'peer',
        'AUC',
        'peer’s AUC',
        'difference',
        '±',
        's',
        'peer, s',
        'processor s',
        'peer, processor s',
        'GB',
        'peer, GB',
      ],
      rows,
    };
  },
});
