import type { Take } from './receiver.ts';
import { bearer, type Offences, offences, rateLimit, reply } from './vendor.ts';

interface HubSpot {
  take: Take;
  contacts: Map<string, Record<string, string>>;
  /** Times a property of a contact took another value: what sets off a workflow. */
  changes: Map<string, number>;
  /** Properties that exist; what identifies has unique values. */
  properties: Set<string>;
  refuses: Set<string>;
  offences: Offences;
  token: { valid: boolean };
  /** Calls answered as over the day's limit before others are taken. */
  daily: { left: number };
}

interface Input {
  id: string;
  idProperty: string;
  objectWriteTraceId?: string;
  properties: Record<string, string>;
}

export const hubspotToken = 'pat-na1-token';

const messageNames = [
  ...['message_key', 'message', 'experiment', 'arm', 'touch', 'channel', 'language', 'send_before'],
  ...[
    'variables',
    'whatsapp_template',
    'whatsapp_language',
    'whatsapp_variables',
    'recalled',
    'recall_reason',
  ],
];

/** Contacts batch upsert: 100 inputs, errors by trace id in a 207, limits by ten seconds and by day. */
export function hubspotTaker(
  limit: { calls: number; windowMs: number } = { calls: 100, windowMs: 10_000 },
): HubSpot {
  const wait = rateLimit(limit.calls, limit.windowMs);
  const contacts: HubSpot['contacts'] = new Map();
  const changes: HubSpot['changes'] = new Map();
  const properties = new Set(['ensayo_id', ...messageNames.map((name) => `ensayo_${name}`)]);
  const refuses = new Set<string>();
  const found = offences();
  const token = { valid: true };
  const daily = { left: 0 };

  const refused = ({ id, properties: given }: Input): string | null => {
    const missing = Object.keys(given).find((name) => !properties.has(name));
    if (missing)
      return `Property values were not valid: [{"isValid":false,"message":"Property \\"${missing}\\" does not exist","error":"PROPERTY_DOESNT_EXIST"}]`;
    return refuses.has(id) ? 'Property values were not valid: [{"isValid":false,"error":"INVALID"}]' : null;
  };

  const upsert = ({ id, properties: given }: Input): void => {
    const known = contacts.get(id) ?? {};
    if (Object.entries(given).some(([name, value]) => (known[name] ?? '') !== value))
      changes.set(id, (changes.get(id) ?? 0) + 1);
    contacts.set(id, { ...known, ...given });
  };

  const take: Take = ({ request, body, response, silent }) => {
    const answer = (status: number, said: unknown, headers = {}) =>
      reply(response, silent, status, said, headers);
    if (!token.valid || bearer(request) !== hubspotToken)
      return answer(401, {
        status: 'error',
        message: 'The token is expired',
        category: 'EXPIRED_AUTHENTICATION',
      });
    const named = request.url?.match(/^\/crm\/v3\/properties\/contacts\/(\w+)$/)?.[1];
    if (named && request.method === 'GET')
      return properties.has(named)
        ? answer(200, { name: named, hasUniqueValue: named === 'ensayo_id' })
        : answer(404, { status: 'error', message: `Property "${named}" does not exist` });
    if (request.url !== '/crm/v3/objects/contacts/batch/upsert') return answer(404, {});
    const over = (policyName: string, headers = {}) =>
      answer(
        429,
        { status: 'error', message: 'You have reached your limit.', errorType: 'RATE_LIMIT', policyName },
        headers,
      );
    if (daily.left > 0) {
      daily.left -= 1;
      return over('DAILY');
    }
    const waitMs = wait();
    if (waitMs)
      return over('TEN_SECONDLY_ROLLING', {
        'x-hubspot-ratelimit-interval-milliseconds': String(Math.ceil(waitMs)),
      });
    const { inputs } = JSON.parse(body) as { inputs: Input[] };
    if (inputs.length > 100) {
      found.note(`${inputs.length} inputs`);
      return answer(400, { status: 'error', message: 'The maximum number of inputs is 100' });
    }
    const traces = inputs.map(({ objectWriteTraceId }) => objectWriteTraceId);
    if (new Set(traces).size !== inputs.length || traces.includes(undefined))
      found.note('no trace of its own');
    if (inputs.some(({ idProperty }) => idProperty !== 'ensayo_id')) found.note('another idProperty');
    const errors = inputs.flatMap((input) => {
      const message = refused(input);
      if (message === null) upsert(input);
      return message === null
        ? []
        : [
            {
              status: 'error',
              category: 'VALIDATION_ERROR',
              message,
              context: { objectWriteTraceId: [input.objectWriteTraceId] },
            },
          ];
    });
    const done = { status: 'COMPLETE', results: [] };
    if (errors.length) answer(207, { ...done, numErrors: errors.length, errors });
    else answer(200, done);
  };
  return { take, contacts, changes, properties, refuses, offences: found, token, daily };
}
