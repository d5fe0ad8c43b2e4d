import { stringify } from 'csv-stringify/sync';
import type { LedgerLine } from '#core/contract/delivery/ledger.ts';
import { contract } from '#core/contract/index.ts';
import type { Carried } from '#core/delivery/answer.ts';
import type { Text } from '#core/text/text.ts';
import type { Context } from '../context.ts';
import { handle } from '../http/handle.ts';
import { describeDestination } from '../jobs/delivering/resolve.ts';
import { ledgerPages, readLedger, readRecalls } from '../store/delivery/ledger.ts';

/** Lines with what their destinations are called. */
async function named<Row extends { destination: string }>(
  context: Context,
  rows: readonly Row[],
  carries: (row: Row) => Carried,
): Promise<(Row & { destinationName: Text })[]> {
  const names = new Map<string, Text>();
  const described: (Row & { destinationName: Text })[] = [];
  for (const row of rows) {
    const name =
      names.get(row.destination) ??
      (await describeDestination(context, context.engine, row.destination, carries(row))).name;
    names.set(row.destination, name);
    described.push({ ...row, destinationName: name });
  }
  return described;
}

const columns = [
  'at',
  'customerId',
  'carries',
  'destination',
  'experiment',
  'arm',
  'touch',
  'channel',
  'template',
  'state',
  'rule',
  'reason',
  'key',
  'exportId',
  'callId',
  'by',
  'approvedBy',
] as const satisfies readonly (keyof LedgerLine)[];

async function* asCsv(context: Context, filter: Parameters<typeof ledgerPages>[1]): AsyncGenerator<string> {
  yield `${columns.join(',')}\n`;
  for await (const rows of ledgerPages(context.engine, filter))
    yield stringify(
      rows.map((row) => columns.map((name) => row[name])),
      { escape_formulas: true },
    );
}

export const handlers = [
  handle(contract.ledger.list, async ({ context, input }) => {
    const { total, rows } = await readLedger(context.engine, input.query);
    return { total, rows: await named(context, rows, (row) => row.carries) };
  }),
  handle(contract.ledger.download, async ({ context, input }) => ({
    contentType: 'text/csv; charset=utf-8',
    fileName: 'ledger.csv',
    body: asCsv(context, input.query),
  })),
  handle(contract.ledger.recalls, async ({ context, input }) => {
    const { total, rows } = await readRecalls(context.engine, input.query);
    return { total, rows: await named(context, rows, () => 'messages') };
  }),
];
