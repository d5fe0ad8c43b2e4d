import { Webhook } from 'standardwebhooks';
import type { Problem } from '#core/contract/common.ts';
import type { Taken } from '#core/contract/delivery/events.ts';
import type { Context } from '#server/context.ts';
import type { TestServer } from '../servers/server.ts';
import { put } from './contact-fixture.ts';

export interface Sent {
  id?: string;
  at?: Date;
  contentType?: string;
  signature?: string;
  sender?: string;
}

export interface Answered {
  status: number;
  body: Taken & Problem;
}

/** Sends a body signed by Standard Webhooks, as a sender's own system would. */
export async function sendBody(
  origin: string,
  secret: string,
  body: string,
  sent: Sent = {},
): Promise<Answered> {
  const id = sent.id ?? `msg_${Math.random().toString(36).slice(2)}`;
  const at = sent.at ?? new Date();
  const response = await fetch(`${origin}/api/v1/events${sent.sender ? `?sender=${sent.sender}` : ''}`, {
    method: 'POST',
    headers: {
      'content-type': sent.contentType ?? 'application/json',
      'webhook-id': id,
      'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
      'webhook-signature': sent.signature ?? new Webhook(secret).sign(id, at, body),
    },
    body,
  });
  return { status: response.status, body: (await response.json()) as Answered['body'] };
}

export const sendEvents = (
  origin: string,
  secret: string,
  events: readonly unknown[],
  sent: Sent = {},
): Promise<Answered> => sendBody(origin, secret, JSON.stringify({ events }), sent);

/** The keys with which the messages of a run left, by person. */
export async function messageKeys(server: TestServer, exportId: string): Promise<Map<string, string>> {
  const { rows } = await server.client.exports.rows({ params: { exportId }, query: { limit: 1000 } });
  return new Map(rows.map(({ customerId, key }) => [customerId, key]));
}

/** The experiment of the fixture as if its first touch had left for everybody, the keys being `key-<person>`. */
export async function putSent(
  context: Context,
  people: readonly { id: string }[],
  until = '2026-03-04 00:00:00',
): Promise<void> {
  const since = '2026-03-02 08:00:00';
  const one = {
    assignment_id: '',
    experiment_id: 'exp',
    customer_id: '',
    arm: 'neutral',
    touch: 1,
    channel: 'sms',
  };
  await put(
    context,
    'export_runs',
    [
      {
        export_id: 'run',
        batch_id: 'batch',
        experiment_id: 'exp',
        destination: 'gone',
        options: '{}',
        state: 'done',
        rows_sent: people.length,
        rows_excluded: 0,
        started_at: since,
        by_principal: 'owner',
      },
    ],
    false,
  );
  const { experiment_id: _, ...line } = one;
  await put(
    context,
    'export_rows',
    people.map(({ id }, seq) => ({
      ...line,
      export_id: 'run',
      message_key: `key-${id}`,
      assignment_id: `plan:${id}`,
      customer_id: id,
      state: 'written',
      seq,
    })),
    false,
  );
  await put(
    context,
    'contact_checks',
    people.map(({ id }) => ({
      ...one,
      batch_id: 'batch',
      assignment_id: `plan:${id}`,
      customer_id: id,
      planned_at: since,
      planned_local: since,
      send_before: until,
      send_before_local: until,
      time_zone: 'America/Bogota',
      zone_source: 'test',
      rule_set: 'CO-2300',
      rule_version: '1',
      state: 'sent',
    })),
    false,
  );
}
