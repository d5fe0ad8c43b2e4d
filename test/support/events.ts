import { Webhook } from 'standardwebhooks';
import type { Problem } from '#core/contract/common.ts';
import type { SentEvent, Taken } from '#core/contract/events.ts';
import type { TestServer } from './server.ts';

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
  events: readonly (SentEvent | Record<string, unknown>)[],
  sent: Sent = {},
): Promise<Answered> => sendBody(origin, secret, JSON.stringify({ events }), sent);

/** The keys with which the messages of a run left, by person. */
export async function messageKeys(server: TestServer, exportId: string): Promise<Map<string, string>> {
  const { rows } = await server.client.exports.rows({ params: { exportId }, query: { limit: 1000 } });
  return new Map(rows.map(({ customerId, key }) => [customerId, key]));
}
