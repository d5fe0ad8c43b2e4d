import { contract } from '#core/contract/index.ts';
import { DomainError } from '#core/errors/domain-error.ts';
import { scorecardOptions } from '#models/scorecard/options.ts';
import { handle } from '../http/handle.ts';
import type { TrainInput } from '../jobs/kinds/train.ts';
import { readBins, readScorecard } from '../jobs/training/fine-bins.ts';
import { readParameters } from '../jobs/training/plan.ts';

export const handlers = [
  handle(contract.scorecards.bins, async ({ context, input }) => {
    const { versionId } = input.params;
    const asked = (input.query.columns ?? '').split(',').filter((name) => name !== '');
    const { scorecard, columns } = await readBins(context, versionId, asked);
    const { smoothing, minBinShare } = scorecard.options;
    return { versionId, smoothing, minBinShare, columns };
  }),
  handle(contract.scorecards.retrain, async ({ context, input, submit }) => {
    const { versionId } = input.params;
    const { version, options, parameters } = await readScorecard(context, versionId);
    const { card, model } = version;
    const stray = Object.keys(input.body.bins).find(
      (column) => !card.features.some(({ name }) => name === column),
    );
    if (stray !== undefined)
      throw new DomainError('column_not_offered', { versionId: versionId.slice(0, 10), column: stray });
    const bins = { ...options.bins, ...input.body.bins };
    const given = contract.models.train.body.parse({
      learner: 'scorecard',
      asOf: card.population.asOf,
      question: parameters,
      options: readParameters(scorecardOptions, { ...options, bins }, 'options'),
      reasons: Object.fromEntries(
        card.leakReasons.flatMap(({ column, reason }) => (reason ? [[column, reason]] : [])),
      ),
      seed: card.learner.seed,
    });
    return submit('train', { ...given, model } satisfies TrainInput);
  }),
];
