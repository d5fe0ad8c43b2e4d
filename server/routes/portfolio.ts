import { contract } from '#core/contract/index.ts';
import { DomainError } from '#core/errors/domain-error.ts';
import { handle } from '../http/handle.ts';
import { readSummary } from '../store/portfolio/portfolio.ts';
import { readQuality, readQualityHistory, readQualityRows } from '../store/portfolio/quality.ts';

export const handlers = [
  handle(contract.portfolio.summary, ({ context }) => readSummary(context.engine)),
  handle(contract.portfolio.profile, ({ input, submit }) => submit('profile', input.query)),
  handle(contract.portfolio.quality, async ({ context, input }) => {
    const report = await readQuality(context.engine, input.query.load ?? null);
    if (!report) throw new DomainError('missing_step', { step: 'profile' });
    return report;
  }),
  handle(contract.portfolio.qualityHistory, async ({ context, input }) => ({
    reports: await readQualityHistory(context.engine, input.query.limit),
  })),
  handle(contract.portfolio.qualityRows, ({ context, input }) => readQualityRows(context, input.query)),
];
