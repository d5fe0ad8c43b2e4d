import { stringify } from 'csv-stringify/sync';
import type { z } from 'zod';
import { contract } from '#core/contract/index.ts';
import type { reject } from '#core/contract/portfolio/loads.ts';
import { isErrorCode, messageOf } from '#core/errors/domain-error.ts';
import { tableNamed } from '#core/portfolio/tables.ts';
import { type Call, handle } from '../http/handle.ts';
import { checkAddress } from '../jobs/loading/request.ts';
import { maskText } from '../jobs/previewing/mask.ts';
import { readLoad, readLoads, readRejects } from '../store/loading/loads.ts';
import { receiveUpload } from '../store/loading/uploads.ts';
import { withdrawLoad } from '../store/loading/withdraw.ts';

type Reject = z.output<typeof reject>;
const pageRows = 5_000;

/** A line that could not be cut into columns may say who somebody is, as may a tagged column. */
const saysWho = ({ table, column }: Reject): boolean =>
  table === '' || tableNamed(table)?.columns[column ?? '']?.tag !== undefined;

async function shownRejects(
  { context, principal }: Pick<Call<never>, 'context' | 'principal'>,
  loadId: number,
  limit: number,
  offset: number,
): Promise<{ total: number; rejects: Reject[] }> {
  const { total, rejects } = await readRejects(context.engine, loadId, limit, offset);
  const unmasked = principal.permissions.includes('personal:read');
  return {
    total,
    rejects: rejects.map((reject) =>
      unmasked || !saysWho(reject) ? reject : { ...reject, value: maskText(reject.value) },
    ),
  };
}

/** Every reject of a load as CSV, each reason in words, page by page. */
async function* rejectsAsCsv(
  call: Pick<Call<never>, 'context' | 'principal'>,
  loadId: number,
): AsyncGenerator<string> {
  yield 'file,row,line,table,column,value,reason,motivo,explanation\n';
  for (let offset = 0; ; offset += pageRows) {
    const { rejects } = await shownRejects(call, loadId, pageRows, offset);
    if (rejects.length === 0) return;
    yield stringify(
      rejects.map(({ file, row, line, table, column, value, reason }) => {
        const code = isErrorCode(reason) ? reason : 'reject_not_readable';
        const words = (['es', 'en'] as const).map((locale) => messageOf(code, locale, { column, value }));
        return [file, row, line, table, column, value, reason, ...words];
      }),
    );
  }
}

export const handlers = [
  handle(contract.loads.create, ({ context, input, submit }) => {
    for (const file of [input.body.file].flat()) checkAddress(context, file);
    return submit('load', input.body);
  }),
  handle(contract.loads.upload, ({ context, input, exchange }) =>
    receiveUpload(context, input.params.name, exchange.body),
  ),
  handle(contract.loads.list, async ({ context }) => ({ loads: await readLoads(context.engine) })),
  handle(contract.loads.get, ({ context, input }) => readLoad(context.engine, input.params.loadId)),
  handle(contract.loads.rejects, async (call) => {
    const { context, input } = call;
    const { loadId } = await readLoad(context.engine, input.params.loadId);
    if (input.query.format === 'csv')
      return {
        contentType: 'text/csv; charset=utf-8',
        fileName: `rejects-${loadId}.csv`,
        body: rejectsAsCsv(call, loadId),
      };
    return shownRejects(call, loadId, input.query.limit, input.query.offset);
  }),
  handle(contract.loads.withdraw, ({ context, principal, input }) =>
    withdrawLoad(context, input.params.loadId, principal.id),
  ),
];
