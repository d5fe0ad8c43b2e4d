import { contract } from '#core/contract/index.ts';
import type { Engine } from '../engine/engine.ts';
import { arrowStream } from '../http/arrow-stream.ts';
import { handle, type Streamed } from '../http/handle.ts';
import { csvLines, jsonLines } from '../http/rows-as-text.ts';
import { describeDatasets, selectDataset } from '../store/datasets.ts';

type Format = 'arrow' | 'csv' | 'json';

async function read(engine: Engine, name: string, format: Format, unmasked: boolean): Promise<Streamed> {
  const { schema, batches } = await engine.arrow(await selectDataset(engine, name, unmasked));
  if (format === 'csv')
    return {
      contentType: 'text/csv; charset=utf-8',
      fileName: `${name}.csv`,
      body: csvLines(schema, batches),
    };
  if (format === 'json')
    return {
      contentType: 'application/x-ndjson',
      fileName: `${name}.ndjson`,
      body: jsonLines(schema, batches),
    };
  return {
    contentType: 'application/vnd.apache.arrow.stream',
    fileName: `${name}.arrows`,
    body: arrowStream(schema, batches),
  };
}

export const handlers = [
  handle(contract.system.datasets, async ({ context }) => ({
    datasets: await describeDatasets(context.engine),
  })),
  handle(contract.system.dataset, ({ context, principal, input }) =>
    read(
      context.engine,
      input.params.name,
      input.query.format,
      principal.permissions.includes('personal:read'),
    ),
  ),
];
