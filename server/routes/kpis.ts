import { contract } from '#core/contract/index.ts';
import { handle } from '../http/handle.ts';
import { listKpis, readChoices, readKpi } from '../store/portfolio/kpis.ts';

export const handlers = [
  handle(contract.kpis.list, async ({ context }) => ({
    kpis: await listKpis(context.engine, context.registry.kpis),
  })),
  handle(contract.kpis.choices, ({ context }) => readChoices(context.engine)),
  handle(contract.kpis.get, ({ context, input }) =>
    readKpi(context.engine, context.registry.kpis, input.params.kpi, input.query),
  ),
];
