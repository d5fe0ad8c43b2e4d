import { setImmediate as breathe } from 'node:timers/promises';
import { z } from 'zod';
import type { Answer } from '#core/delivery/answer.ts';
import type { Call, Receiver } from '../destination.ts';
import { callHttp, requireAddress } from '../http.ts';
import type { World } from '../world.ts';
import { callerOf, type Ended, endedBy, problemOf, readJson, shortly, vendorAddress } from './http.ts';

export interface ContactOptions {
  apiKey: string;
  listId?: string | undefined;
  url: string;
}

const definitions = z.object({
  custom_fields: z
    .array(z.object({ id: z.string(), name: z.string(), field_type: z.string().optional() }))
    .default([]),
});
type Field = z.output<typeof definitions>['custom_fields'][number];

const accepted = z.object({ job_id: z.string() });
const job = z.object({
  status: z.string(),
  results: z
    .object({ errored_count: z.number().optional(), errors_url: z.string().optional() })
    .loose()
    .optional(),
});

/** A body as it was put together here. */
interface Contact {
  external_id: string;
  email?: string;
  custom_fields: Record<string, string | number | boolean | null>;
}

/** Questions about a job that may go wrong in a row. */
const questionsLost = 20;

const rowsABreath = 1_000;

class NoField extends Error {}

/** A body under the identifiers of its fields; texts are cleared by an empty one, the others by null. */
function named(body: string, fields: ReadonlyMap<string, Field>): string {
  const { custom_fields, ...who } = JSON.parse(body) as Contact;
  const values = Object.entries(custom_fields).map(([name, value]) => {
    const field = fields.get(name.toLowerCase());
    if (!field) throw new NoField(name);
    const text = field.field_type?.toLowerCase() === 'text';
    return [field.id, value === null ? (text ? '' : null) : text ? String(value) : value] as const;
  });
  return JSON.stringify({ ...who, custom_fields: Object.fromEntries(values) });
}

/** A connection that puts contacts and follows the jobs they become. */
export function openContacts(given: ContactOptions, world: World): Receiver {
  const base = vendorAddress(given.url, /^api(\.eu)?\.sendgrid\.com$/, world);
  const ask = callerOf(world, `Bearer ${given.apiKey}`);
  const under = new Map<string, { call: Call; lost: number }>();
  let fields: Map<string, Field> | null = null;

  const get = (url: string) => ask(url, { method: 'GET' });

  /** Learns the fields; else why it could not. */
  async function learn(): Promise<Ended | null> {
    const got = await get(`${base}/v3/marketing/field_definitions`);
    const ended = endedBy(world, got);
    if (ended.kind !== 'accepted' || 'cut' in got)
      return ended.kind === 'unknown' ? { kind: 'later', reason: ended.reason } : ended;
    const read = readJson(definitions, got.text);
    if (!read) return { kind: 'later', reason: shortly(got.text) };
    fields = new Map(read.custom_fields.map((known) => [known.name.toLowerCase(), known]));
    return null;
  }

  /** Others get their turn in between: a call may hold tens of thousands of contacts. */
  async function compose(call: Call): Promise<string | Ended> {
    const rows: string[] = [];
    try {
      for (const body of call.bodies) {
        if (rows.length % rowsABreath === 0) await breathe();
        rows.push(named(body, fields ?? new Map()));
      }
      const lists = given.listId ? `"list_ids":${JSON.stringify([given.listId])},` : '';
      return `{${lists}"contacts":[${rows.join(',')}]}`;
    } catch (error) {
      if (error instanceof NoField) return { kind: 'stopped', reason: `no custom field ${error.message}` };
      throw error;
    }
  }

  async function put(call: Call): Promise<Answer> {
    const body = await compose(call);
    if (typeof body !== 'string') return body;
    const got = await ask(`${base}/v3/marketing/contacts`, { method: 'PUT', body });
    const ended = endedBy(world, got);
    if (ended.kind !== 'accepted' || 'cut' in got) return ended;
    const id = readJson(accepted, got.text)?.job_id;
    if (id === undefined) return { kind: 'unknown', reason: `${got.status} without job_id` };
    under.set(id, { call, lost: 0 });
    return { kind: 'pending', job: id };
  }

  /** Which rows a file of errors names. Its columns are not documented: a row counts when a cell is its identifier. */
  async function rejectedBy(
    call: Call,
    address: string | undefined,
  ): Promise<{ place: number; reason: string }[]> {
    if (!address) return [];
    try {
      requireAddress(address, world.allowedPrivate);
    } catch {
      return [];
    }
    const own = new URL(address).origin === new URL(base).origin;
    const got = await (own ? get(address) : callHttp(world, { url: address, method: 'GET', headers: {} }));
    if ('cut' in got || got.status !== 200) return [];
    const placeOf = new Map(call.items.map(({ customerId }, place) => [customerId, place]));
    const found = new Map<number, string>();
    for (const line of got.text.split(/\r?\n/))
      for (const cell of line.split(/[,;\t"]+/)) {
        const place = placeOf.get(cell.trim());
        if (place !== undefined && !found.has(place)) found.set(place, shortly(line));
      }
    return [...found].map(([place, reason]) => ({ place, reason }));
  }

  async function ended(call: Call, told: z.output<typeof job>): Promise<Ended> {
    const count = told.results?.errored_count ?? 0;
    if (told.status === 'completed' && !count) return { kind: 'accepted' };
    const rejected = await rejectedBy(call, told.results?.errors_url);
    // Halves are put apart where the file does not say which contacts they were: putting one again changes nothing.
    return rejected.length > 0 && rejected.length === count
      ? { kind: 'accepted', rejected }
      : { kind: 'refused', reason: `${told.status}: ${count} of ${call.items.length} contacts` };
  }

  return {
    async send(call) {
      const unknown = fields === null ? await learn() : null;
      if (unknown) return unknown;
      const answer = await put(call);
      if (answer.kind !== 'refused') return answer;
      fields = null;
      const composed = (await learn()) ?? (await compose(call));
      return typeof composed === 'string' ? answer : composed;
    },
    async poll(id) {
      const known = under.get(id);
      if (!known) return { kind: 'unknown', reason: `no job ${id}` };
      const got = await get(`${base}/v3/marketing/contacts/imports/${encodeURIComponent(id)}`);
      const asked = endedBy(world, got);
      if (asked.kind === 'stopped') return asked;
      const told = 'cut' in got || asked.kind !== 'accepted' ? null : readJson(job, got.text);
      if (!told) {
        if (++known.lost < questionsLost) return { kind: 'pending', job: id };
        under.delete(id);
        return { kind: 'unknown', reason: problemOf(asked) ?? 'unreadable' };
      }
      known.lost = 0;
      if (told.status === 'pending') return { kind: 'pending', job: id };
      under.delete(id);
      return ended(known.call, told);
    },
    async test() {
      return problemOf((await learn()) ?? { kind: 'accepted' });
    },
    close: async () => {},
  };
}
