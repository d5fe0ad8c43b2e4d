import { responders } from '#core/contract/experiments/responders.ts';
import { contract } from '#core/contract/index.ts';
import { handle } from '../http/handle.ts';
import type { RespondersInput } from '../jobs/kinds/find-responders.ts';
import { decidedExperiment } from '../jobs/responding/read.ts';
import { readDesign } from '../store/experiments/designs.ts';
import { readReport } from '../store/portfolio/reports.ts';

export const handlers = [
  handle(contract.experimentResponders.get, async ({ context, input }) => {
    const { id } = await readDesign(context.engine, input.params.experimentId);
    const kept = await readReport(context.engine, 'responders', id, responders);
    return {
      responders: kept?.report ?? null,
      madeAt: kept?.madeAt ?? null,
      current: kept?.current ?? false,
    };
  }),
  handle(contract.experimentResponders.find, async ({ context, input, submit }) => {
    const { record } = await decidedExperiment(context, input.params.experimentId);
    return submit('find-responders', { experimentId: record.id } satisfies RespondersInput);
  }),
];
