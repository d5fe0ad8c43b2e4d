import type { Take } from './receiver.ts';
import { bearer, type Offences, offences, rateLimit, reply } from './vendor.ts';

interface SendGrid {
  take: Take;
  /** By external_id, under the names of the fields. */
  contacts: Map<string, Record<string, unknown>>;
  jobs: number;
  /** Names of custom fields by their identifier. */
  fields: Map<string, string>;
  refuses: Set<string>;
  /** Whether the file of errors says which contacts they were. */
  file: { told: boolean };
  offences: Offences;
  key: { valid: boolean };
}

interface Job {
  asked: number;
  rows: { external_id: string; email?: string; custom_fields: Record<string, unknown> }[];
}

export const sendgridKey = 'SG.key-of-the-test';

/** PUT marketing/contacts: 30,000 contacts or 6 MB, 202 and a job that is pending at the first question, errors in a file. */
export function sendgridTaker(
  names: readonly string[],
  limit: { calls: number; windowMs: number } = { calls: 300, windowMs: 1000 },
): SendGrid {
  const wait = rateLimit(limit.calls, limit.windowMs);
  const contacts: SendGrid['contacts'] = new Map();
  const fields = new Map(names.map((name, i) => [`e${i + 1}_T`, name]));
  const jobs = new Map<string, Job>();
  const refuses = new Set<string>();
  const file = { told: true };
  const found = offences();
  const key = { valid: true };
  const state: SendGrid = {
    ...{ contacts, fields, refuses, file, offences: found, key, jobs: 0 },
    take: ({ request, body, response, silent }) => {
      const answer = (status: number, said: unknown, headers = {}) =>
        reply(response, silent, status, said, headers);
      const url = String(request.url);
      if (!key.valid || bearer(request) !== sendgridKey)
        return answer(401, { errors: [{ message: 'authorization required', field: null }] });
      const waitMs = wait();
      if (waitMs)
        return answer(
          429,
          { errors: [{ message: 'too many requests' }] },
          { 'x-ratelimit-reset': String((Date.now() + waitMs) / 1000) },
        );
      if (url === '/v3/marketing/field_definitions')
        return answer(200, {
          custom_fields: [...fields].map(([id, name]) => ({ id, name, field_type: 'Text' })),
          reserved_fields: [],
        });
      if (url === '/v3/marketing/contacts' && request.method === 'PUT') return answer(...putContacts(body));
      const asked = url.match(/^\/v3\/marketing\/contacts\/imports\/([\w-]+?)(\/errors)?$/);
      const job = jobs.get(asked?.[1] ?? '');
      if (!job) return answer(404, { errors: [{ message: 'not found' }] });
      if (asked?.[2]) {
        const lines = job.rows
          .filter(({ external_id }) => refuses.has(external_id))
          .map(({ external_id }) => `"${external_id}","invalid contact"`);
        if (!silent) response.writeHead(200).end(['external_id,error', ...lines].join('\r\n'));
        return;
      }
      answer(...followJob(String(asked?.[1]), job, `http://${request.headers.host}${url}/errors`));
    },
  };

  function putContacts(body: string): [number, unknown] {
    const { contacts: rows } = JSON.parse(body) as { contacts: Job['rows'] };
    if (rows.length > 30_000 || Buffer.byteLength(body) > 6 * 1024 * 1024) {
      found.note(`${rows.length} contacts, ${Buffer.byteLength(body)} bytes`);
      return [413, { errors: [{ message: 'too large' }] }];
    }
    const unknown = rows
      .flatMap(({ custom_fields }) => Object.keys(custom_fields))
      .find((id) => !fields.has(id));
    if (unknown)
      return [400, { errors: [{ message: `invalid custom field ${unknown}`, field: 'custom_fields' }] }];
    state.jobs += 1;
    const id = `job-${state.jobs}`;
    jobs.set(id, { asked: 0, rows });
    return [202, { job_id: id }];
  }

  function followJob(id: string, job: Job, errorsUrl: string): [number, unknown] {
    job.asked += 1;
    if (job.asked < 2) return [200, { id, status: 'pending', job_type: 'upsert' }];
    const well = job.rows.filter(({ external_id }) => !refuses.has(external_id));
    for (const { external_id, email, custom_fields } of well) {
      const named = Object.entries(custom_fields).map(([field, value]) => [
        fields.get(field) ?? field,
        value,
      ]);
      const known = { ...contacts.get(external_id), ...(email ? { email } : {}) };
      const after = Object.entries({ ...known, ...Object.fromEntries(named) });
      contacts.set(
        external_id,
        Object.fromEntries(after.filter(([, value]) => value !== '' && value !== null)),
      );
    }
    const errored = job.rows.length - well.length;
    const status = errored === 0 ? 'completed' : well.length ? 'errored' : 'failed';
    const results = {
      requested_count: job.rows.length,
      errored_count: errored,
      ...(errored && file.told ? { errors_url: errorsUrl } : {}),
    };
    return [200, { id, status, job_type: 'upsert', results }];
  }
  return state;
}
