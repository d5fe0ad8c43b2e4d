import type { ExperimentResults } from '#core/contract/experiments/results.ts';
import type { WatchedTrial } from '#core/experiment/monitoring/harm/harm-lines.ts';
import type { PackedGathered } from '#core/experiment/results/packed.ts';
import { runInWorker } from '../../../threads/workers.ts';
import type { Asked } from './side.ts';

const file = new URL('./side.ts', import.meta.url);
const unwatched = { onProgress: () => {}, checkCancelled: () => {} };

/** `assembleResults` in a thread of its own: of many strata and days it takes a good part of a second. */
export const assembleInThread = (gathered: PackedGathered): Promise<ExperimentResults> =>
  runInWorker<Asked, ExperimentResults>(file, { what: 'results', gathered }, unwatched);

/** `harmLines` in a thread of its own: it walks every day of the watch. */
export const harmLinesInThread = (trial: WatchedTrial): Promise<ExperimentResults['harm']> =>
  runInWorker<Asked, ExperimentResults['harm']>(file, { what: 'harm', trial }, unwatched);
