import { v7 as uuidv7 } from 'uuid';
import { contract } from '#core/contract/index.ts';
import { DomainError } from '#core/errors/domain-error.ts';
import { handle } from '../http/handle.ts';
import { type Sized, sizeExperiment } from '../jobs/designing/size.ts';
import { refuseFirst } from '../jobs/designing/texts.ts';
import { dataVersion } from '../store/data-version.ts';
import {
  type DesignRecord,
  describeExperiment,
  insertDesign,
  readDesign,
  readDesigns,
} from '../store/experiments/designs.ts';

/** A design that may be saved: somebody is in it and its texts are true. @throws claim_false, nobody_eligible */
function requireUsable({ sizing, refused, people }: Sized): void {
  refuseFirst(refused);
  if (sizing.eligible === 0)
    throw new DomainError('nobody_eligible', {
      people: people.segment.size.customers,
      reason: sizing.excluded[0]?.reason ?? null,
    });
}

export const handlers = [
  handle(contract.experiments.size, async ({ context, input }) => {
    const { sizing, texts } = await sizeExperiment(context, input.body);
    return { sizing, texts };
  }),
  handle(contract.experiments.create, async ({ context, principal, input }) => {
    const sized = await sizeExperiment(context, input.body);
    requireUsable(sized);
    const record: DesignRecord = {
      id: uuidv7(),
      state: 'draft',
      status: 'draft',
      planVersion: 1,
      startsOn: null,
      design: input.body,
      sizing: sized.sizing,
      texts: sized.texts,
      planHash: null,
      asOf: sized.people.asOf,
      dataVersion: await dataVersion(context.engine),
      balance: [],
      createdAt: context.now().toISOString(),
      by: principal.id,
    };
    await insertDesign(context.engine, record);
    return describeExperiment(context.engine, record);
  }),
  handle(contract.experiments.list, async ({ context }) => ({
    experiments: await Promise.all(
      (await readDesigns(context.engine)).map((record) => describeExperiment(context.engine, record)),
    ),
  })),
  handle(contract.experiments.get, async ({ context, input }) =>
    describeExperiment(context.engine, await readDesign(context.engine, input.params.experimentId)),
  ),
  handle(contract.experiments.assign, async ({ context, input, exchange, submit }) => {
    const { id, state, design } = await readDesign(context.engine, input.params.experimentId);
    const repeated = exchange.headers['idempotency-key'] !== undefined;
    if (state !== 'draft' && !repeated)
      throw new DomainError('already_assigned', { experiment: design.name });
    return submit('assign', { experimentId: id });
  }),
];
