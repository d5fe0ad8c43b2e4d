import { contract } from '#core/contract/index.ts';
import { handle } from '../http/handle.ts';
import { suggestGroups } from '../jobs/segmenting/micro.ts';

export const handlers = [
  handle(contract.microSegments.suggest, ({ context, input }) => suggestGroups(context, input.body)),
];
