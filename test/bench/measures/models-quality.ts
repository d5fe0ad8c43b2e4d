import { join } from 'node:path';
import { tQuantile } from '#core/stats/distributions/student.ts';
import type { Learner } from '#models/learner.ts';
import type { Matrix } from '#models/matrix.ts';
import { discover } from '#server/registry.ts';
import { threadPool } from '#server/threads/pool.ts';
import { aucOf, foldsOf, outOfFold } from '../../support/models/fold-auc.ts';
import { writeMatrixFile } from '../../support/models/matrix-file.ts';
import { readCures, readRealSet, realSets } from '../../support/models/real-matrix.ts';
import { openTestWorkspace } from '../../support/workspace.ts';
import { type Bench, defineMeasure } from '../measure.ts';
import { python, treeDefaults } from '../peers.ts';

type Row = (string | number | null)[];

/** Fold seeds: fewer where a set is large, one for a network, which takes minutes. */
const seedsFor = (learner: string, rows: number): number =>
  learner === 'neural-network' ? 1 : rows > 10_000 ? 3 : 10;
const peers: Record<string, readonly string[]> = {
  'boosted-trees': ['lightgbm', 'histogram'],
  scorecard: ['logistic'],
  'neural-network': ['logistic'],
};
const four = (value: number): string => value.toFixed(4);

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
  const folds = Array.from({ length: seedsFor('', matrix.rows) }, (_, i) => foldsOf(matrix, i + 1));
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
    const own = folds.slice(0, seedsFor(id, matrix.rows));
    for (const fold of own) {
      const p = await outOfFold(learner, matrix, fold, {}, threadPool(bench.threads - 1));
      ours.push(Object.values(parts).map((of) => aucOf(matrix.target!, p, of)));
    }
    bench.tell(`${name}, ${id}: ${mean(ours.map((aucs) => aucs[0]!)).toFixed(4)}`);
    for (const peer of peers[id] ?? []) {
      if (!theirs.has(peer))
        theirs.set(peer, python(bench, 'quality', path, bench.threads, peer, treeDefaults));
      const found = theirs.get(peer);
      Object.keys(parts).forEach((part, i) => {
        const mine = ours.map((aucs) => aucs[i]!);
        const other = found?.slice(0, mine.length).map((aucs) => aucs[i]!);
        const differences = other?.map((value, seed) => mine[seed]! - value);
        rows.push([
          `${name}${part}`,
          id,
          mine.length,
          peer,
          four(mean(mine)),
          other ? four(mean(other)) : null,
          differences ? four(mean(differences)) : null,
          differences && mine.length > 1 ? four(halfWidth(differences)) : null,
        ]);
      });
    }
  }
  return rows;
}

export default defineMeasure({
  title: 'Learners beside LightGBM and scikit-learn: AUC',
  about: `Real sets: out-of-fold AUC, the mean over seeds of five folds, of each learner with its defaults; LightGBM with the options of boosted trees, stopped and fitted again in the same way, scikit-learn's histogram boosting with its defaults, and its logistic regression after one-hot encoding; same folds, same columns; the difference with its paired 95 % interval over the seeds.`,
  accounts: 0,
  async run(bench) {
    const rows: Row[] = [];
    const workspace = await openTestWorkspace();
    const cures = await readCures(workspace);
    rows.push(
      ...(await quality(bench, 'cured in August', cures, { '': undefined, ', newly late': cures.entries })),
    );
    for (const name of realSets)
      rows.push(
        ...(await quality(bench, name, await readRealSet(workspace.context.engine, name), { '': undefined })),
      );
    await workspace.close();
    return {
      head: ['data', 'learner', 'seeds', 'peer', 'AUC', 'peer’s AUC', 'difference', '±'],
      rows,
    };
  },
});
