import { contract } from '#core/contract/index.ts';
import { handle } from '../http/handle.ts';
import { readLearned } from '../store/results/learned.ts';
import { readResults } from '../store/results/results.ts';

export const handlers = [
  handle(contract.experimentResults.get, ({ context, input }) =>
    readResults(context, input.params.experimentId),
  ),
  handle(contract.experimentResults.learned, ({ context }) => readLearned(context)),
];
