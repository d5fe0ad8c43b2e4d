import { contract } from '#core/contract/index.ts';
import { handle } from '../http/handle.ts';
import { wholeTable } from '../http/whole-table.ts';
import { describeDatasets, selectDataset } from '../store/loading/datasets.ts';
import { readLateColumns } from '../store/loading/recipes.ts';

export const handlers = [
  handle(contract.system.datasets, async ({ context }) => {
    const [datasets, late] = await Promise.all([describeDatasets(context.engine), readLateColumns(context)]);
    return {
      datasets: datasets.map((dataset) => ({
        ...dataset,
        columns: dataset.columns.map((column) =>
          late.get(dataset.name)?.has(column.name) ? { ...column, late: true } : column,
        ),
      })),
    };
  }),
  handle(contract.system.dataset, async ({ context, principal, input }) => {
    const { name } = input.params;
    const unmasked = principal.permissions.includes('personal:read');
    const statement = await selectDataset(context.engine, name, unmasked);
    return wholeTable(context.engine, statement, name, input.query.format);
  }),
];
