import { contract } from '#core/contract/index.ts';
import { handle } from '../http/handle.ts';
import { learn, readLearned } from '../store/results/learned.ts';
import { readMemo } from '../store/results/memo.ts';
import { readResults } from '../store/results/results.ts';
import { readStatements } from '../store/results/statements.ts';

export const handlers = [
  handle(contract.experimentResults.get, ({ context, input }) =>
    readResults(context, input.params.experimentId),
  ),
  handle(contract.experimentResults.statements, ({ context, input }) =>
    readStatements(context, input.params.experimentId),
  ),
  handle(contract.experimentResults.memo, ({ context, input }) =>
    readMemo(context, input.params.experimentId),
  ),
  handle(contract.experimentResults.learn, ({ context, principal, input }) =>
    learn(context, input.body, principal.id),
  ),
  handle(contract.experimentResults.learned, ({ context }) => readLearned(context)),
];
