import { contract } from '#core/contract/index.ts';
import { handle } from '../http/handle.ts';
import { readBatch, readBatches } from '../store/contact/batches.ts';
import { readDesign } from '../store/experiments/designs.ts';

export const handlers = [
  handle(contract.batches.create, async ({ context, input, submit }) => {
    const { id } = await readDesign(context.engine, input.params.experimentId);
    return submit('check', { experimentId: id, ...input.body });
  }),
  handle(contract.batches.list, async ({ context }) => ({ batches: await readBatches(context.engine) })),
  handle(contract.batches.get, ({ context, input }) => readBatch(context.engine, input.params.batchId)),
];
