import { z } from 'zod';
import type { Answer } from '#core/delivery/answer.ts';
import { field } from '#core/text/field.ts';
import { type Call, destination, type Item, type Receiver } from './destination.ts';
import type { HttpAnswer } from './http.ts';
import { callerOf, type Ended, endedBy, problemOf, readJson, vendorAddress } from './vendors/http.ts';
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
  url: z.url().meta(
    field('Dirección REST', 'REST address', {
      es: 'La de su instancia: https://rest.iad-05.braze.com',
      en: 'That of your instance: https://rest.iad-05.braze.com',
    }),
  ),
  apiKey: z
    .string()
    .trim()
    .min(8)
    .meta({
      ...field('Clave REST', 'REST key', {
        es: 'Con el permiso users.track y ninguno más',
        en: 'With the permission users.track and no other',
      }),
      secret: true,
    }),
  prefix: prefixField,
  create: z
    .boolean()
    .default(false)
    .meta(
      field('Crear los perfiles que falten', 'Create the profiles that are missing', {
        es: 'Si no, lo de quien no esté en Braze se pierde allí sin aviso',
        en: 'If not, what is of people Braze does not know is lost there without a word',
      }),
    ),
  objects: z
    .number()
    .int()
    .min(1)
    .max(75)
    .default(75)
    .meta(
      field('Personas por llamada', 'People a call', {
        es: 'Hasta 75; 50 en contratos por usuarios activos',
        en: 'Up to 75; 50 with contracts by active users',
      }),
    ),
});
type Options = z.output<typeof options>;

const mapping = z.strictObject({
  event: z
    .string()
    .trim()
    .min(1)
    .max(255)
    .regex(/^[^$]/, 'must not begin with $')
    .meta(
      field('Evento', 'Event', {
        es: 'El que dispara la campaña o el paso del Canvas',
        en: 'The one that triggers the campaign or the Canvas step',
      }),
    ),
  campaign: z
    .string()
    .trim()
    .max(80)
    .optional()
    .meta(field('Campaña', 'Campaign', { es: 'Su identificador', en: 'Its identifier' })),
  canvasStep: z
    .string()
    .trim()
    .max(80)
    .optional()
    .meta(field('Paso del Canvas', 'Canvas step', { es: 'Su identificador', en: 'Its identifier' })),
  ...whatsappFields,
});

/** Longest text that a property of an event may have. */
const propertyCharacters = 255;

function eventOf(item: Item): Record<string, unknown> {
  const { event, campaign, canvasStep } = item.mapping ?? {};
  const properties: Record<string, unknown> = assignmentOf(item);
  if (campaign) properties.campaign_id = String(campaign);
  if (canvasStep) properties.canvas_step_id = String(canvasStep);
  Object.assign(properties, whatsappOf(item));
  properties.variables = variablesOf(item);
  for (const name in properties) {
    const value = properties[name];
    if (typeof value === 'string' && value.length > propertyCharacters)
      properties[name] = value.slice(0, propertyCharacters);
  }
  return { name: String(event ?? 'ensayo_message'), properties };
}

/** An object of /users/track; an event gets its time with the call. */
function bodyOf(item: Item, given: Options): string {
  const who = { external_id: item.customerId, _update_existing_only: !given.create };
  if (item.carries === 'messages') return JSON.stringify({ ...who, ...eventOf(item) });
  return JSON.stringify({
    ...who,
    ...(item.carries === 'recalls'
      ? prefixed(given.prefix, recallOf(item))
      : attributesOf(item, given.prefix, null)),
  });
}

const answered = z.object({
  message: z.string(),
  errors: z
    .array(
      z.union([
        z.string(),
        z.object({
          type: z.string().optional(),
          input_array: z.string().optional(),
          index: z.number().optional(),
        }),
      ]),
    )
    .optional(),
});

/** Errors stand beside a success, each with the place of its object; one without a place leaves open which was not taken. */
function read(world: World, got: HttpAnswer, array: string, rows: number): Ended {
  const ended = endedBy(world, got);
  if ('cut' in got || (ended.kind !== 'accepted' && got.status !== 400)) return ended;
  const said = readJson(answered, got.text);
  const errors = said?.errors ?? [];
  const rejected = errors.flatMap((error) =>
    typeof error === 'object' &&
    error.input_array === array &&
    error.index !== undefined &&
    error.index < rows
      ? [{ place: error.index, reason: error.type ?? 'refused' }]
      : [],
  );
  const everyRow = new Set(rejected.map(({ place }) => place)).size === rows;
  if (got.status === 400) return everyRow ? { kind: 'accepted', rejected } : ended;
  if (said?.message === 'success' && rejected.length === errors.length) return { kind: 'accepted', rejected };
  return { kind: 'unknown', reason: `${got.status} ${got.text.slice(0, 300)}` };
}

function open(given: Options, world: World): Receiver {
  const url = `${vendorAddress(given.url, /\.braze\.(com|eu)$/, world)}/users/track`;
  const post = callerOf(world, `Bearer ${given.apiKey}`);
  return {
    async send(call: Call): Promise<Answer> {
      const array = call.carries === 'messages' ? 'events' : 'attributes';
      const time = `,"time":${JSON.stringify(call.frozenAt)}}`;
      const rows =
        array === 'events' ? call.bodies.map((body) => `${body.slice(0, -1)}${time}`) : call.bodies;
      const body = `{"${array}":[${rows.join(',')}]}`;
      return read(world, await post(url, { body }), array, rows.length);
    },
    /** A call without anybody in it is refused for that alone, once the key has been read. */
    async test() {
      const got = await post(url, { body: '{"attributes":[]}' });
      if (!('cut' in got) && got.status === 400 && /valid data must be provided/i.test(got.text)) return null;
      return problemOf(endedBy(world, got));
    },
    close: async () => {},
  };
}

/**
 * Messages are custom events, which Braze keeps once for each time they come: they go at most once. What a profile carries is
 * overwritten, and so may be sent again.
 */
export default destination<Options>({
  text: {
    title: { es: 'Braze', en: 'Braze' },
    summary: {
      es: 'Atributos de perfiles y un evento por mensaje, que dispara la campaña o el paso del Canvas. Braze guarda cada evento que llega: lo que quizá llegó no se repite. Los perfiles no se borran: a quien sale se le vacían los atributos.',
      en: 'Attributes of profiles and one event a message, which triggers the campaign or the Canvas step. Braze keeps every event that comes: what may have arrived is not repeated. Profiles are never deleted: the attributes of people who leave are emptied.',
    },
  },
  options,
  guarantees: () => ({ messages: 'at_most_once', attributes: 'idempotent', recalls: 'idempotent' }),
  personal: () => false,
  calls: {
    limits: ({ objects }) => ({
      rows: objects,
      bytes: 2_000_000,
      rowBytes: 50_000,
      envelopeBytes: 20 + objects * 45,
      concurrent: 16,
      perSecond: 1000,
    }),
    bodyOf,
    keepsProfiles: true,
    open: async (given, world) => open(given, world),
    mapping,
  },
});
