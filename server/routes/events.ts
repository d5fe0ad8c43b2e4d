import { stringify } from 'csv-stringify/sync';
import { contract } from '#core/contract/index.ts';
import { isErrorCode, messageOf } from '#core/errors/domain-error.ts';
import type { Context } from '../context.ts';
import { handle } from '../http/handle.ts';
import { withBody } from '../jobs/receiving/bodies.ts';
import { receiveBatch } from '../jobs/receiving/receive.ts';
import { readEventRejects, readStoredEvents } from '../store/events/read.ts';
import { addSender, readSenders, retireSender, rotateSecret, senderNamed } from '../store/events/senders.ts';
import { readSummary } from '../store/events/summary.ts';

const pageRows = 5_000;

/** Every refused event as CSV, each reason in words, page by page. */
async function* rejectsAsCsv(context: Context): AsyncGenerator<string> {
  yield 'received,sender,position,id,type,field,value,reason,motivo,explanation\n';
  for (let offset = 0; ; offset += pageRows) {
    const { rejects } = await readEventRejects(context.engine, pageRows, offset);
    if (rejects.length === 0) return;
    yield stringify(
      rejects.map(({ receivedAt, sender, position, id, type, field, value, reason }) => {
        const code = isErrorCode(reason) ? reason : 'reject_not_readable';
        const words = (['es', 'en'] as const).map((locale) => messageOf(code, locale, { field, value }));
        return [receivedAt, sender, position, id, type, field, value, reason, ...words];
      }),
    );
  }
}

export const handlers = [
  handle(contract.events.receive, ({ context, input, exchange: { body, headers } }) =>
    withBody(context, body, (whole) =>
      receiveBatch(context, { body: whole, headers, sender: input.query.sender }),
    ),
  ),
  handle(contract.events.list, ({ context, input }) => readStoredEvents(context.engine, input.query)),
  handle(contract.events.summary, ({ context, input }) => readSummary(context.engine, input.query.days)),
  handle(contract.events.load, async ({ context, input, submit }) => {
    await senderNamed(context.engine, input.body.sender);
    return submit('load-events', input.body);
  }),
  handle(contract.events.rejects, async ({ context, input }) =>
    input.query.format === 'csv'
      ? { contentType: 'text/csv; charset=utf-8', fileName: 'event-rejects.csv', body: rejectsAsCsv(context) }
      : readEventRejects(context.engine, input.query.limit, input.query.offset),
  ),
  handle(contract.events.senders, async ({ context }) => ({ senders: await readSenders(context.engine) })),
  handle(contract.events.addSender, ({ context, principal, input }) =>
    addSender(context, input.body.name, principal.id),
  ),
  handle(contract.events.rotateSecret, ({ context, principal, input }) =>
    rotateSecret(context, input.params.senderId, principal.id),
  ),
  handle(contract.events.retireSender, ({ context, principal, input }) =>
    retireSender(context, input.params.senderId, principal.id),
  ),
];
