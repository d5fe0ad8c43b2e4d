import learner from '#models/learners/boosted-trees.ts';
import { seededRandom } from '#models/maths/random.ts';
import { takeRows } from '#models/matrix.ts';
import { auc } from '#models/metrics/auc.ts';
import { threadPool } from '#server/threads/pool.ts';
import { readMatrixFile } from '../support/models/matrix-file.ts';

/** Fits boosted trees on all but the last fifth of a matrix file and says what it took, in a process of its own. */
const [path = '', threads = '1', options = '{}'] = process.argv.slice(2);
const matrix = readMatrixFile(path);
const tested = Math.floor(matrix.rows / 5);
const rows = (from: number, to: number) => Int32Array.from({ length: to - from }, (_, i) => from + i);
const train = takeRows(matrix, rows(0, matrix.rows - tested));
const test = takeRows(matrix, rows(matrix.rows - tested, matrix.rows));
const before = process.cpuUsage();
const began = performance.now();
const fitted = await learner.fit({
  matrix: train,
  options: learner.options.parse(JSON.parse(options)),
  random: seededRandom(1),
  pool: threadPool(Number(threads) - 1),
  onProgress: () => {},
  checkCancelled: () => {},
});
const seconds = (performance.now() - began) / 1000;
const { user, system } = process.cpuUsage(before);
process.stdout.write(
  JSON.stringify({
    seconds,
    processorSeconds: (user + system) / 1e6,
    gigabytes: process.resourceUsage().maxRSS / 1e6,
    auc: auc(test.target!, fitted.predict(test)).estimate,
  }),
);
process.exit(0);
