import { contract } from '#core/contract/index.ts';
import { handle } from '../http/handle.ts';
import { wholeTable } from '../http/whole-table.ts';
import { describeDatasets, selectDataset } from '../store/datasets.ts';

export const handlers = [
  handle(contract.system.datasets, async ({ context }) => ({
    datasets: await describeDatasets(context.engine),
  })),
  handle(contract.system.dataset, async ({ context, principal, input }) => {
    const { name } = input.params;
    const unmasked = principal.permissions.includes('personal:read');
    const statement = await selectDataset(context.engine, name, unmasked);
    return wholeTable(context.engine, statement, name, input.query.format);
  }),
];
