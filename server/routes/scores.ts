import { contract } from '#core/contract/index.ts';
import { handle } from '../http/handle.ts';
import { scoringDate } from '../jobs/scoring/plan.ts';
import { questionOf } from '../jobs/training/plan.ts';
import { readDue } from '../store/models/due-scores.ts';
import { readVersion } from '../store/models/models.ts';
import { readScoreRuns } from '../store/models/scores.ts';

export const handlers = [
  handle(contract.scores.create, async ({ context, input, submit }) => {
    const { versionId, model } = input.body;
    const asked = versionId ? (await readVersion(context.engine, versionId)).model : model;
    const { kind = 'probability' } = questionOf(context.registry, asked);
    return submit(kind === 'probability' ? 'score' : `score-${kind}`, input.body);
  }),
  handle(contract.scores.due, async ({ context, input }) => {
    const asOf = await scoringDate(context.engine, input.query.asOf);
    return { asOf, champions: await readDue(context.engine, asOf) };
  }),
  handle(contract.scores.list, async ({ context }) => ({ scores: await readScoreRuns(context.engine) })),
];
