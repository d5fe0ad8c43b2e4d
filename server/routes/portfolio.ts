import { contract } from '#core/contract/index.ts';
import { DomainError } from '#core/errors/domain-error.ts';
import { handle } from '../http/handle.ts';
import { readAgeing, readRolls, readSummary } from '../store/portfolio.ts';
import { readQuality } from '../store/quality.ts';

export const handlers = [
  handle(contract.portfolio.summary, ({ context }) => readSummary(context.engine)),
  handle(contract.portfolio.ageing, ({ context, input }) =>
    readAgeing(context.engine, context.registry.kpis, input.query),
  ),
  handle(contract.portfolio.rolls, ({ context, input }) =>
    readRolls(context.engine, context.registry.kpis, input.query.asOf),
  ),
  handle(contract.portfolio.profile, ({ submit }) => submit('profile', {})),
  handle(contract.portfolio.quality, async ({ context }) => {
    const report = await readQuality(context.engine);
    if (!report) throw new DomainError('missing_step', { step: 'profile' });
    return report;
  }),
];
