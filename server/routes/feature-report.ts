import { contract } from '#core/contract/index.ts';
import { featureReport } from '#core/contract/models/feature-report.ts';
import { handle } from '../http/handle.ts';
import type { DescribeInput } from '../jobs/kinds/describe-features.ts';
import { questionOf, readParameters } from '../jobs/training/plan.ts';
import { readReport } from '../store/portfolio/reports.ts';

export const handlers = [
  handle(contract.features.get, async ({ context, input }) => {
    const { model } = input.params;
    questionOf(context.registry, model);
    const kept = await readReport(context.engine, 'features', model, featureReport);
    return { report: kept?.report ?? null, madeAt: kept?.madeAt ?? null, current: kept?.current ?? false };
  }),
  handle(contract.features.make, ({ context, input, submit }) => {
    const { body, params } = input;
    readParameters(questionOf(context.registry, params.model).parameters, body.question, 'question');
    return submit('describe-features', { ...body, model: params.model } satisfies DescribeInput);
  }),
];
