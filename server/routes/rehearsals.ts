import { contract } from '#core/contract/index.ts';
import { checkDesign } from '#core/experiment/design.ts';
import { handle } from '../http/handle.ts';
import { stylesOf } from '../jobs/designing/texts.ts';

export const handlers = [
  handle(contract.experimentRehearsal.run, async ({ context, input, submit }) => {
    checkDesign(input.body.design, await stylesOf(context));
    return submit('simulate-design', input.body);
  }),
];
