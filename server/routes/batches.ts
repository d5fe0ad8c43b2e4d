import { contract } from '#core/contract/index.ts';
import { handle } from '../http/handle.ts';
import { readBatch, readBatches } from '../store/batches.ts';
import { readDesign } from '../store/designs.ts';

export const handlers = [
  handle(contract.batches.create, async ({ context, principal, input }) => {
    const { id } = await readDesign(context.engine, input.params.experimentId);
    return context.jobs.submit({
      kind: 'check',
      input: { experimentId: id, ...input.body },
      by: principal.id,
    });
  }),
  handle(contract.batches.list, async ({ context }) => ({ batches: await readBatches(context.engine) })),
  handle(contract.batches.get, ({ context, input }) => readBatch(context.engine, input.params.batchId)),
];
