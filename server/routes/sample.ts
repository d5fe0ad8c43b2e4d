import { contract } from '#core/contract/index.ts';
import { handle } from '../http/handle.ts';

export const handlers = [
  handle(contract.loads.sample, ({ input, submit }) => submit('sample', input.body)),
  handle(contract.system.simulate, ({ input, submit }) =>
    submit(input.body.run ? 'simulate-days' : 'simulate', input.body),
  ),
];
