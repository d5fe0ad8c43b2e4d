import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Answer } from '#core/delivery/answer.ts';
import { field } from '#core/text/field.ts';
import { type Call, destination, type Item, type Receiver } from './destination.ts';
import type { HttpAnswer } from './http.ts';
import {
  callerOf,
  type Ended,
  endedBy,
  problemOf,
  readJson,
  shortly,
  vendorAddress,
} from './vendors/http.ts';
import {
  assignmentOf,
  attributesOf,
  prefixed,
  prefixField,
  recallOf,
  variablesOf,
  whatsappFields,
  whatsappOf,
} from './vendors/message.ts';
import type { World } from './world.ts';

const options = z.strictObject({
  url: z
    .url()
    .default('https://track.customer.io')
    .meta(
      field('Dirección', 'Address', {
        es: 'https://track.customer.io, o https://track-eu.customer.io en la Unión Europea',
        en: 'https://track.customer.io, or https://track-eu.customer.io in the European Union',
      }),
    ),
  siteId: z
    .string()
    .trim()
    .min(4)
    .meta(field('Site ID', 'Site ID', { es: 'Del espacio de trabajo', en: 'Of the workspace' })),
  apiKey: z
    .string()
    .trim()
    .min(8)
    .meta({
      ...field('Clave de la API Track', 'Key of the Track API', {
        es: 'No la de la App API',
        en: 'Not that of the App API',
      }),
      secret: true,
    }),
  prefix: prefixField,
});
type Options = z.output<typeof options>;

const mapping = z.strictObject({
  event: z
    .string()
    .trim()
    .min(1)
    .max(100)
    .meta(
      field('Evento', 'Event', {
        es: 'El que dispara la campaña',
        en: 'The one that triggers the campaign',
      }),
    ),
  ...whatsappFields,
});

const crockford = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** A ULID that is the same for the same key: 128 bits of its sha256, as Customer.io asks for in order to drop repeats. */
function ulidOf(key: string): string {
  const bits = BigInt(`0x${createHash('sha256').update(key).digest('hex').slice(0, 32)}`);
  return Array.from({ length: 26 }, (_, i) => crockford[Number((bits >> BigInt(5 * (25 - i))) & 31n)]).join(
    '',
  );
}

function bodyOf(item: Item, given: Options): string {
  const who = { type: 'person', identifiers: { id: item.customerId } };
  if (item.carries === 'messages')
    return JSON.stringify({
      ...who,
      action: 'event',
      name: String(item.mapping?.event ?? 'ensayo_message'),
      id: ulidOf(item.key),
      attributes: { ...assignmentOf(item), ...whatsappOf(item), variables: variablesOf(item) },
    });
  if (item.operation === 'remove') return JSON.stringify({ ...who, action: 'delete' });
  const attributes =
    item.carries === 'recalls'
      ? prefixed(given.prefix, recallOf(item))
      : attributesOf(item, given.prefix, '');
  return JSON.stringify({ ...who, action: 'identify', attributes });
}

const answered = z.object({
  errors: z
    .array(
      z.object({
        batch_index: z.number().optional(),
        reason: z.string().optional(),
        field: z.string().optional(),
        message: z.string().optional(),
      }),
    )
    .optional(),
});

/** A 207 lists what was not taken by its place in the call; the same list may stand in a 200. */
function read(world: World, got: HttpAnswer, rows: number): Ended {
  const ended = endedBy(world, got);
  if ('cut' in got || ended.kind !== 'accepted') return ended;
  const errors = readJson(answered, got.text || '{}')?.errors ?? [];
  const rejected = errors.flatMap(({ batch_index: place, ...words }) =>
    place !== undefined && place < rows
      ? [
          {
            place,
            reason: [words.reason, words.field, words.message].filter(Boolean).join(': ') || 'refused',
          },
        ]
      : [],
  );
  // Sent again, what was taken is dropped there: halves show which was not.
  return rejected.length === errors.length
    ? { kind: 'accepted', rejected }
    : { kind: 'refused', reason: `${got.status} ${shortly(got.text)}` };
}

function open(given: Options, world: World): Receiver {
  const base = vendorAddress(given.url, /^track(-eu)?\.customer\.io$/, world);
  const credentials = Buffer.from(`${given.siteId}:${given.apiKey}`).toString('base64');
  const ask = callerOf(world, `Basic ${credentials}`);
  return {
    async send(call: Call): Promise<Answer> {
      const body = `{"batch":[${call.bodies.join(',')}]}`;
      const got = await ask(`${base}/api/v2/batch`, { body });
      return read(world, got, call.bodies.length);
    },
    async test() {
      const url = `${base}/api/v1/accounts/region`;
      return problemOf(endedBy(world, await ask(url, { method: 'GET' })));
    },
    close: async () => {},
  };
}

/** Batches of the Track API, version 2. An event whose ULID has come before is not processed again. */
export default destination<Options>({
  text: {
    title: { es: 'Customer.io', en: 'Customer.io' },
    summary: {
      es: 'Atributos de personas y un evento por mensaje, que dispara la campaña. Cada evento lleva un identificador con el que Customer.io descarta lo repetido.',
      en: 'Attributes of people and one event a message, which triggers the campaign. Each event has an identifier by which Customer.io discards repeats.',
    },
  },
  options,
  guarantees: () => ({ messages: 'idempotent', attributes: 'idempotent', recalls: 'idempotent' }),
  personal: () => false,
  calls: {
    limits: () => ({
      rows: 1000,
      bytes: 500_000,
      rowBytes: 32_000,
      envelopeBytes: 12,
      concurrent: 4,
      perSecond: 100,
    }),
    bodyOf,
    open: async (given, world) => open(given, world),
    mapping,
  },
});
