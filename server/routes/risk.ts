import { v7 as uuidv7 } from 'uuid';
import { contract } from '#core/contract/index.ts';
import { DomainError } from '#core/errors/domain-error.ts';
import { riskParameters } from '#core/risk/parameters.ts';
import { handle } from '../http/handle.ts';
import { wholeTable } from '../http/whole-table.ts';
import { readParameters } from '../jobs/training/plan.ts';
import { lossesGivenDefault } from '../jobs/valuing/lgd.ts';
import { writeAudit } from '../store/audit.ts';
import { insertAssumption, readRiskAccounts, readRun, runTable } from '../store/models/risk.ts';
import { instant, workspaceToday } from '../store/workspace.ts';

export const handlers = [
  handle(contract.risk.run, ({ input, submit }) => {
    readParameters(riskParameters, input.body.parameters, 'parameters');
    return submit('value-at-risk', input.body);
  }),
  handle(contract.risk.get, async ({ context, input }) => ({
    run: await readRun(context.engine, input.params.runId),
  })),
  handle(contract.risk.accounts, async ({ context, principal, input }) => {
    const run = await readRun(context.engine, input.params.runId);
    if (!run) return { accounts: [], total: 0 };
    const masked = !principal.permissions.includes('personal:read');
    return readRiskAccounts(context.engine, run.id, input.query, masked);
  }),
  handle(contract.risk.table, async ({ context, input }) => {
    const run = await readRun(context.engine, input.params.runId);
    if (!run) throw new DomainError('not_found', { kind: 'value-at-risk run', id: input.params.runId });
    return wholeTable(context.engine, runTable(run.id), `value-at-risk-${run.asOf}`, input.query.format);
  }),
  handle(contract.risk.lgd, async ({ context, input }) => {
    const { recoveryDays, discountRate } = input.query;
    const products = await lossesGivenDefault(context.engine, {
      recoveryDays,
      discountRate: discountRate ?? null,
      classes: {},
    });
    return { products };
  }),
  handle(contract.risk.confirm, async ({ context, principal, input }) => {
    const { body } = input;
    const today = await workspaceToday(context);
    if (body.sourceDate > today)
      throw new DomainError('risk_source_future', { sourceDate: body.sourceDate, today });
    const known = await lossesGivenDefault(context.engine, {
      recoveryDays: 365,
      discountRate: null,
      classes: {},
    });
    const products = [...new Set(known.map(({ product }) => product))];
    if (!products.includes(body.product))
      throw new DomainError('risk_product_unknown', { product: body.product, known: products.join(', ') });
    const id = uuidv7();
    const at = instant(context.now());
    await context.engine.transaction(async (session) => {
      await insertAssumption(session, {
        id,
        product: body.product,
        lgd: body.lgd,
        lower: body.lower ?? null,
        upper: body.upper ?? null,
        source: body.source,
        sourceDate: body.sourceDate,
        name: body.name,
        note: body.note,
        at,
        by: principal.id,
      });
      await writeAudit(session, {
        at,
        by: principal.id,
        action: 'lgd.confirmed',
        subject: body.product,
        details: { lgd: body.lgd, source: body.source, sourceDate: body.sourceDate, assumption: id },
      });
    });
    return { id };
  }),
];
