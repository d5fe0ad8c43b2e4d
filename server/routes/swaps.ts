import { contract } from '#core/contract/index.ts';
import { handle } from '../http/handle.ts';
import { readSwaps } from '../jobs/training/swaps.ts';

export const handlers = [
  handle(contract.swapSets.get, ({ context, input }) =>
    readSwaps(context, input.params.versionId, input.query),
  ),
];
