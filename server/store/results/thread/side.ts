import type { ExperimentResults } from '#core/contract/experiments/results.ts';
import type { Metric } from '#core/experiment/metric.ts';
import { harmLines, type WatchedTrial } from '#core/experiment/monitoring/harm/harm-lines.ts';
import { assembleResults } from '#core/experiment/results/assemble.ts';
import { type PackedGathered, unpackGathered } from '#core/experiment/results/packed.ts';
import { discover } from '../../../registry.ts';
import { answerCalls } from '../../../threads/worker-side.ts';

export type Asked = { what: 'results'; gathered: PackedGathered } | { what: 'harm'; trial: WatchedTrial };

answerCalls<Asked, ExperimentResults | ExperimentResults['harm']>(async ({ task }) =>
  task.what === 'harm'
    ? harmLines(task.trial)
    : assembleResults(unpackGathered(task.gathered, await discover<Metric>('core/experiment/metrics'))),
);
