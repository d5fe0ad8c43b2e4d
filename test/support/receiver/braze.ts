import type { Take } from './receiver.ts';
import { bearer, type Offences, offences, rateLimit, reply } from './vendor.ts';

interface Braze {
  take: Take;
  /** Each event that was kept, as often as it came. */
  events: { external_id: string; name: string; time: string; properties: Record<string, unknown> }[];
  profiles: Map<string, Record<string, unknown>>;
  offences: Offences;
  /** External identifiers it will not have. */
  refuses: Set<string>;
  key: { valid: boolean };
}

export const brazeKey = 'braze-rest-key';

/**
 * /users/track: 75 objects a request over all arrays, calls by the window with X-RateLimit-Reset, errors by object beside a
 * success. Events are kept each time they come; null takes an attribute away.
 */
export function brazeTaker(
  limit: { calls: number; windowMs: number } = { calls: 3000, windowMs: 3000 },
): Braze {
  const wait = rateLimit(limit.calls, limit.windowMs);
  const events: Braze['events'] = [];
  const profiles: Braze['profiles'] = new Map();
  const found = offences();
  const refuses = new Set<string>();
  const key = { valid: true };
  const take: Take = ({ request, body, response, silent }) => {
    const answer = (status: number, said: unknown, headers = {}) =>
      reply(response, silent, status, said, headers);
    if (request.url !== '/users/track' || request.method !== 'POST') return answer(404, { message: 'no' });
    if (!key.valid || bearer(request) !== brazeKey) return answer(401, { message: 'Invalid API key' });
    const waitMs = wait();
    if (waitMs)
      return answer(
        429,
        { message: 'rate limited' },
        { 'x-ratelimit-reset': String((Date.now() + waitMs) / 1000) },
      );
    const sent = JSON.parse(body) as { attributes?: Record<string, unknown>[]; events?: Braze['events'] };
    const objects = (sent.attributes?.length ?? 0) + (sent.events?.length ?? 0);
    if (objects > 75) {
      found.note(`${objects} objects`);
      return answer(400, { message: 'too many objects' });
    }
    const errors: unknown[] = [];
    let taken = 0;
    for (const [index, event] of (sent.events ?? []).entries()) {
      const long = Object.values(event.properties).some(
        (value) => typeof value === 'string' && value.length > 255,
      );
      if (long) found.note(`a property of more than 255 characters of ${event.external_id}`);
      if (Number.isNaN(Date.parse(event.time)))
        errors.push({ type: "'time' is not valid", input_array: 'events', index });
      else if (refuses.has(event.external_id))
        errors.push({ type: 'external_id is disallowed', input_array: 'events', index });
      else taken = events.push(event);
    }
    for (const [index, { external_id, _update_existing_only, ...given }] of (
      sent.attributes ?? []
    ).entries()) {
      const id = String(external_id);
      if (refuses.has(id)) {
        errors.push({ type: 'external_id is disallowed', input_array: 'attributes', index });
        continue;
      }
      taken += 1;
      const known = profiles.get(id);
      if (!known && _update_existing_only) continue;
      const after = Object.entries({ ...known, ...given }).filter(([, value]) => value !== null);
      profiles.set(id, Object.fromEntries(after));
    }
    if (!taken)
      return answer(400, {
        message: "Valid data must be provided in the 'attributes', 'events', or 'purchases' fields.",
        errors,
      });
    answer(201, { message: 'success', ...(errors.length ? { errors } : {}) });
  };
  return { take, events, profiles, offences: found, refuses, key };
}
