import type { Output } from '#core/contract/endpoint.ts';
import type { contract } from '#core/contract/index.ts';
import type { Context } from '../../context.ts';
import { readDesign } from '../experiments/designs.ts';
import { readEvents } from '../experiments/events.ts';
import { readLooks } from './looks.ts';
import { readResults } from './results.ts';

/** What somebody decides by, as data: plan, texts, results, the looks as they were, and the decision. @throws not_found */
export async function readMemo(
  context: Context,
  experimentId: string,
): Promise<Output<typeof contract.experimentResults.memo>> {
  const { engine } = context;
  const { design, texts, planHash } = await readDesign(engine, experimentId);
  const decided = (await readEvents(engine, experimentId)).findLast(({ kind }) => kind === 'decided');
  return {
    experimentId,
    name: design.name,
    planHash,
    design,
    texts: texts.map(({ arm, language, text }) => ({ arm, language, text })),
    results: await readResults(context, experimentId),
    looks: await readLooks(engine, experimentId),
    decision: decided ? { on: decided.on, by: decided.by, reason: decided.reason } : null,
  };
}
