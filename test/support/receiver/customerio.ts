import type { Take } from './receiver.ts';
import { type Offences, offences, rateLimit, reply } from './vendor.ts';

interface CustomerIo {
  take: Take;
  /** Events by their ULID, each processed once, and how often each came. */
  events: Map<string, Operation>;
  came: Map<string, number>;
  people: Map<string, Record<string, unknown>>;
  refuses: Set<string>;
  offences: Offences;
  credentials: { valid: boolean };
}

interface Operation {
  type: string;
  identifiers: { id: string };
  action: 'event' | 'identify' | 'delete';
  name?: string;
  id?: string;
  attributes?: Record<string, unknown>;
}

export const customerioSite = 'site-0001';
export const customerioKey = 'track-api-key';
const basic = `Basic ${Buffer.from(`${customerioSite}:${customerioKey}`).toString('base64')}`;
const ulid = /^[0-7][0-9A-HJKMNP-TV-Z]{25}$/;

/** Track API 2: 500 KB a request, 32 KB an operation, errors by place in a 207; an event with a ULID that has come is dropped. */
export function customerioTaker(
  limit: { calls: number; windowMs: number } = { calls: 100, windowMs: 1000 },
): CustomerIo {
  const wait = rateLimit(limit.calls, limit.windowMs);
  const events: CustomerIo['events'] = new Map();
  const came: CustomerIo['came'] = new Map();
  const people: CustomerIo['people'] = new Map();
  const refuses = new Set<string>();
  const found = offences();
  const credentials = { valid: true };

  const refused = (operation: Operation): { reason: string; field: string; message: string } | null => {
    if (refuses.has(operation.identifiers.id))
      return { reason: 'invalid', field: 'identifiers.id', message: 'is suppressed' };
    if (Buffer.byteLength(JSON.stringify(operation)) > 32_768) {
      found.note('an operation of more than 32 KB');
      return { reason: 'too_large', field: 'attributes', message: 'is larger than 32 KB' };
    }
    if (operation.action === 'event' && !ulid.test(operation.id ?? ''))
      return { reason: 'invalid', field: 'id', message: 'must be a ULID' };
    return null;
  };

  const carryOut = ({ identifiers: { id: person }, ...operation }: Operation): void => {
    if (operation.action === 'event' && operation.id) {
      came.set(operation.id, (came.get(operation.id) ?? 0) + 1);
      if (!events.has(operation.id)) events.set(operation.id, { identifiers: { id: person }, ...operation });
    } else if (operation.action === 'delete') people.delete(person);
    else {
      const after = Object.entries({ ...people.get(person), ...operation.attributes });
      people.set(person, Object.fromEntries(after.filter(([, value]) => value !== '')));
    }
  };

  const take: Take = ({ request, body, response, silent }) => {
    const answer = (status: number, said: unknown, headers = {}) =>
      reply(response, silent, status, said, headers);
    if (!credentials.valid || request.headers.authorization !== basic)
      return answer(401, { meta: { error: 'Unauthorized request' } });
    if (request.url === '/api/v1/accounts/region')
      return answer(200, { url: 'https://track.customer.io', data_center: 'us', environment_id: 1 });
    if (request.url !== '/api/v2/batch') return answer(404, {});
    const waitMs = wait();
    if (waitMs) return answer(429, {}, { 'retry-after': String(waitMs / 1000) });
    if (Buffer.byteLength(body) > 512_000) {
      found.note('a request of more than 500 KB');
      return answer(413, {});
    }
    const { batch } = JSON.parse(body) as { batch: Operation[] };
    const errors = batch.flatMap((operation, batch_index) => {
      const words = refused(operation);
      if (!words) carryOut(operation);
      return words ? [{ batch_index, ...words }] : [];
    });
    answer(errors.length ? 207 : 200, errors.length ? { errors } : {});
  };
  return { take, events, came, people, refuses, offences: found, credentials };
}
