import { addressOf, RemoteError, type RemoteProblem } from '#core/contract/client.ts';
import type { Endpoint } from '#core/contract/endpoint.ts';
import { contract } from '#core/contract/index.ts';
import { save } from '../../../ui/table/save.ts';

export const downloadFormats = ['csv', 'parquet', 'arrow', 'json'] as const;
export type DownloadFormat = (typeof downloadFormats)[number];
const endings: Record<DownloadFormat, string> = {
  csv: 'csv',
  parquet: 'parquet',
  arrow: 'arrows',
  json: 'ndjson',
};

/** All rows of a query as a file. @throws RemoteError */
export async function downloadQuery(sql: string, format: DownloadFormat, signal: AbortSignal): Promise<void> {
  const answer = await fetch(addressOf(contract.queries.run as unknown as Endpoint, { query: { format } }), {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-ensayo': '1' },
    body: JSON.stringify({ sql }),
    credentials: 'same-origin',
    signal,
  });
  if (!answer.ok) throw new RemoteError((await answer.json()) as RemoteProblem);
  save(await answer.blob(), `ensayo.${endings[format]}`);
}
