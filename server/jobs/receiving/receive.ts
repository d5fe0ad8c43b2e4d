import type { Taken } from '#core/contract/delivery/events.ts';
import { DomainError } from '#core/errors/domain-error.ts';
import { skewMs } from '#core/events/kinds.ts';
import type { Context } from '../../context.ts';
import { readSigners } from '../../store/events/senders.ts';
import { readSetting } from '../../store/workspace.ts';
import { runInWorker } from '../../threads/workers.ts';
import { takeEvents } from './inbox.ts';
import type { PlainBatch, SignedBatch, VerifiedBatch } from './verify.ts';

const worker = new URL('./worker.ts', import.meta.url);
const dayMs = 86_400_000;
let turn: Promise<unknown> = Promise.resolve();

/** One thread, one batch after the other: it is warm, and judges events faster than they are stored. */
export function verifyInThread(task: SignedBatch | PlainBatch): Promise<VerifiedBatch> {
  const done = turn.then(() =>
    runInWorker<typeof task, VerifiedBatch>(worker, task, { onProgress: () => {}, checkCancelled: () => {} }),
  );
  turn = done.catch(() => {});
  return done;
}

/** The last instant an event may have: a little after now; in a workspace with a date of its own, the end of that day. */
export async function latestInstant(context: Context): Promise<number> {
  const own = await readSetting<string>(context.engine, 'today');
  return own ? Date.parse(`${own}T00:00:00Z`) + dayMs : context.now().getTime() + skewMs;
}

const headerOf = (headers: Readonly<Record<string, string | string[] | undefined>>, name: string): string => {
  const value = headers[name];
  return typeof value === 'string' ? value : '';
};

/**
 * Takes a signed batch: its sender is told by the signature, each event is judged, and what is good is stored before
 * the answer.
 *
 * @throws events_signature, events_stale, events_unreadable, events_too_many, events_busy
 */
export async function receiveBatch(
  context: Context,
  given: {
    body: Uint8Array;
    headers: Readonly<Record<string, string | string[] | undefined>>;
    sender: string | undefined;
  },
): Promise<Taken> {
  const batchId = headerOf(given.headers, 'webhook-id');
  if (batchId === '' || batchId.length > 200) throw new DomainError('events_signature');
  const verified = await verifyInThread({
    body: given.body,
    contentType: headerOf(given.headers, 'content-type'),
    headers: {
      'webhook-id': batchId,
      'webhook-timestamp': headerOf(given.headers, 'webhook-timestamp'),
      'webhook-signature': headerOf(given.headers, 'webhook-signature'),
    },
    signers: await readSigners(context, given.sender),
    latestMs: await latestInstant(context),
  });
  return takeEvents(context, { ...verified, batchId, before: 0 });
}
