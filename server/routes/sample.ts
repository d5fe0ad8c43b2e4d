import { contract } from '#core/contract/index.ts';
import { handle } from '../http/handle.ts';

export const handlers = [
  handle(contract.loads.sample, ({ context, principal, input }) =>
    context.jobs.submit({ kind: 'sample', input: input.body, by: principal.id }),
  ),
  handle(contract.system.simulate, ({ context, principal, input }) =>
    context.jobs.submit({ kind: 'simulate', input: input.body, by: principal.id }),
  ),
];
