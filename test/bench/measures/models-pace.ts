import { loadavg } from 'node:os';
import { join } from 'node:path';
import type { Matrix } from '#models/matrix.ts';
import type { TreeOptions } from '#models/trees/options.ts';
import { writeMatrixFile } from '../../support/models/matrix-file.ts';
import { readRealSet } from '../../support/models/real-matrix.ts';
import { openTestWorkspace } from '../../support/workspace.ts';
import { type Bench, defineMeasure } from '../measure.ts';
import { ask, file, python } from '../peers.ts';
import { simulated } from '../simulated.ts';

type Row = (string | number | null)[];

/** The same settings in all three programs, with every round fitted. */
const pace: Partial<TreeOptions> = {
  rounds: 200,
  learningRate: 0.1,
  leaves: 31,
  minRows: 20,
  l2: 0,
  patience: 0,
};

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
        peer,
        ours.auc.toFixed(4),
        other?.auc.toFixed(4) ?? null,
        ours.seconds,
        other?.seconds ?? null,
        other ? ours.seconds / other.seconds : null,
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
  title: 'Boosted trees beside LightGBM and scikit-learn: time and memory',
  about: `${pace.rounds} rounds of ${pace.leaves} leaves, 255 bins, the same settings in every program, fitted on four fifths and judged on the rest, each in a process of its own, binning included; ${'`--accounts`'} is the rows of the largest simulated set.`,
  accounts: 1_000_000,
  async run(bench) {
    const rows: Row[] = [];
    const load = () => loadavg()[0]!.toFixed(1);
    const before = load();
    const workspace = await openTestWorkspace();
    const taiwan = await readRealSet(workspace.context.engine, 'taiwan default');
    await workspace.close();
    rows.push(...paced(bench, 'taiwan default, 30,000 × 23', taiwan));
    rows.push(...paced(bench, 'simulated, 300,000 × 23', simulated(300_000, 23, 1)));
    rows.push(
      ...paced(
        bench,
        `simulated, ${bench.accounts.toLocaleString('en')} × 30`,
        simulated(bench.accounts, 30, 1),
      ),
    );
    rows.push([`load of the machine before and after: ${before}, ${load()}`, ...Array<null>(10).fill(null)]);
    return {
      head: [
        'data',
        'peer',
        'AUC',
        'peer’s AUC',
        's',
        'peer, s',
        'ratio',
        'processor s',
        'peer, processor s',
        'GB',
        'peer, GB',
      ],
      rows,
    };
  },
});
