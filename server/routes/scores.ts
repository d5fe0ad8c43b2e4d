import { contract } from '#core/contract/index.ts';
import { handle } from '../http/handle.ts';
import { readScoreRuns } from '../store/scores.ts';

export const handlers = [
  handle(contract.scores.create, ({ input, submit }) => submit('score', input.body)),
  handle(contract.scores.list, async ({ context }) => ({ scores: await readScoreRuns(context.engine) })),
];
