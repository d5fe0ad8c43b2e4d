import { contract } from '#core/contract/index.ts';
import { handle } from '../http/handle.ts';
import { suggestGroups } from '../jobs/segmenting/micro.ts';
import { readingFacts } from '../store/segments/prepared.ts';

export const handlers = [
  handle(contract.microSegments.suggest, ({ context, input }) =>
    readingFacts(context, () => suggestGroups(context, input.body)),
  ),
];
