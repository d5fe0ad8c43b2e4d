import { createHash } from 'node:crypto';
import { Webhook, WebhookVerificationError } from 'standardwebhooks';
import { DomainError } from '#core/errors/domain-error.ts';
import { readBatchItems } from '#core/events/read-batch.ts';
import { type ReadEvent, type Refusal, readEvent } from '#core/events/read-event.ts';
import type { Signer } from '../../store/events/senders.ts';

export interface SignedBatch {
  body: Uint8Array;
  contentType: string;
  headers: Record<'webhook-id' | 'webhook-timestamp' | 'webhook-signature', string>;
  signers: Signer[];
  /** Last instant an event may have. */
  latestMs: number;
}

/** Events of a file, one object a row; nobody signs them. */
export interface PlainBatch {
  items: string;
  latestMs: number;
}

/** What a thread makes of a batch: columns as JSON text, which the engine takes apart, and what was refused. */
export interface VerifiedBatch {
  senderId: string;
  bodyHash: string;
  /** Events whose form is right. */
  events: number;
  columns: string;
  refused: (Refusal & { position: number })[];
}

/**
 * The sender whose secret signed a body, by Standard Webhooks 1.0.
 *
 * @throws events_signature, events_stale
 */
export function senderOf({ body, headers, signers }: SignedBatch): string {
  const raw = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  for (const { senderId, secrets } of signers)
    for (const secret of secrets)
      try {
        new Webhook(secret).verify(raw, headers, { jsonParse: false });
        return senderId;
      } catch (error) {
        if (!(error instanceof WebhookVerificationError)) throw error;
        if (/timestamp too/.test(error.message))
          throw new DomainError('events_stale', { timestamp: headers['webhook-timestamp'].slice(0, 40) });
      }
  throw new DomainError('events_signature');
}

/** Columns of the events, in the order in which the store takes them apart. */
export const eventColumns = [
  'position',
  'id',
  'kind',
  'happenedAt',
  'messageKey',
  'customerId',
  'accountId',
  'channel',
  'amount',
  'currency',
  'dueOn',
  'reference',
  'topic',
  'method',
  'reversed',
] as const satisfies readonly (keyof ReadEvent | 'position')[];

/** Judges the form of each event of a batch. */
export function readItems(
  items: readonly unknown[],
  latestMs: number,
): Pick<VerifiedBatch, 'events' | 'columns' | 'refused'> {
  const columns: Record<string, unknown[]> = Object.fromEntries(eventColumns.map((name) => [name, []]));
  const refused: VerifiedBatch['refused'] = [];
  let events = 0;
  for (const [i, item] of items.entries()) {
    const read = readEvent(item, latestMs);
    if ('refusal' in read) {
      refused.push({ position: i + 1, ...read.refusal });
      continue;
    }
    events += 1;
    for (const name of eventColumns) columns[name]?.push(name === 'position' ? i + 1 : read.event[name]);
  }
  return { events, columns: JSON.stringify(columns), refused };
}

/** @throws events_signature, events_stale, events_unreadable, events_too_many */
export function verifyBatch(batch: SignedBatch): VerifiedBatch {
  const senderId = senderOf(batch);
  const text = new TextDecoder().decode(batch.body);
  return {
    senderId,
    bodyHash: createHash('sha256').update(batch.body).digest('hex'),
    ...readItems(readBatchItems(text, batch.contentType), batch.latestMs),
  };
}
