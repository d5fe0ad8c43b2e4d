import { z } from 'zod';
import type { Answer } from '#core/delivery/answer.ts';
import { field } from '#core/text/field.ts';
import { type Call, destination, type Item, type Receiver } from './destination.ts';
import type { HttpAnswer } from './http.ts';
import {
  type Answered,
  callerOf,
  type Ended,
  endedBy,
  header,
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
  token: z
    .string()
    .trim()
    .min(8)
    .meta({
      ...field('Token de la aplicación privada', 'Token of the private app', {
        es: 'Con los permisos crm.objects.contacts.write y crm.schemas.contacts.read',
        en: 'With the scopes crm.objects.contacts.write and crm.schemas.contacts.read',
      }),
      secret: true,
    }),
  idProperty: z
    .string()
    .trim()
    .max(100)
    .regex(/^[a-z][a-z0-9_]*$/, 'must be small letters, digits and _')
    .refine((name) => name !== 'email', 'must be a property of your own with unique values, not email')
    .default('ensayo_id')
    .meta(
      field('Propiedad que identifica', 'Property that identifies', {
        es: 'De valores únicos, creada en HubSpot; guarda el identificador de la persona. Quien no esté se crea',
        en: 'With unique values, created in HubSpot; holds the person’s identifier. Whoever is not there is created',
      }),
    ),
  prefix: prefixField,
  perSecond: z
    .number()
    .int()
    .min(1)
    .max(25)
    .default(10)
    .meta(
      field('Llamadas por segundo', 'Calls a second', {
        es: 'Según su contrato: 10, 19 o 25',
        en: 'By your plan: 10, 19 or 25',
      }),
    ),
  url: z.url().default('https://api.hubapi.com').meta(field('Dirección', 'Address')),
});
type Options = z.output<typeof options>;

const mapping = z.strictObject({
  message: z
    .string()
    .trim()
    .min(1)
    .max(200)
    .meta(
      field('Valor que espera el flujo', 'Value the workflow waits for', {
        es: 'Se escribe en la propiedad …message de cada contacto; el flujo se pone en marcha cuando cambia …message_key',
        en: 'Written to the property …message of each contact; the workflow is set off when …message_key changes',
      }),
    ),
  ...whatsappFields,
});

/** What the properties of a message are, without the prefix: each must have been created in HubSpot. */
const shownOfMessage = [
  'message_key',
  'experiment',
  'arm',
  'touch',
  'channel',
  'language',
  'send_before',
] as const;

function messageProperties(item: Item): Record<string, unknown> {
  const told = assignmentOf(item);
  const { whatsapp_variables, ...whatsapp } = whatsappOf(item);
  return {
    ...Object.fromEntries(shownOfMessage.map((name) => [name, told[name] ?? ''])),
    message: String(item.mapping?.message ?? told.template ?? ''),
    variables: JSON.stringify(variablesOf(item)),
    ...whatsapp,
    ...(whatsapp_variables ? { whatsapp_variables: JSON.stringify(whatsapp_variables) } : {}),
  };
}

/** An input of the batch. Names are small letters there, every value is text, and an empty one clears the property. */
function bodyOf(item: Item, given: Options): string {
  const values =
    item.carries === 'attributes'
      ? attributesOf(item, given.prefix, '')
      : prefixed<unknown>(
          given.prefix,
          item.carries === 'messages' ? messageProperties(item) : recallOf(item),
        );
  const properties = Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name.toLowerCase(), String(value)]),
  );
  return JSON.stringify({
    idProperty: given.idProperty,
    id: item.customerId,
    objectWriteTraceId: item.key,
    properties,
  });
}

const answered = z.object({
  message: z.string().optional(),
  policyName: z.string().optional(),
  errors: z
    .array(
      z.object({
        message: z.string().optional(),
        category: z.string().optional(),
        context: z
          .object({ objectWriteTraceId: z.array(z.string()).optional() })
          .loose()
          .optional(),
      }),
    )
    .optional(),
});

const tenSeconds = 10_000;
const hour = 3_600_000;
/** Locked, migrating: not taken, and to be tried again. */
const passing = new Set([423, 477]);

/** When to come back: the day's calls are looked at again by the hour, others when their interval is over. */
function laterOf(got: Answered, ended: Ended): Ended {
  if (ended.kind === 'later' && ended.afterMs !== undefined) return ended;
  const reason = 'reason' in ended ? ended.reason : String(got.status);
  if (/daily/i.test(readJson(answered, got.text)?.policyName ?? ''))
    return { kind: 'later', reason, afterMs: hour };
  const interval = Number(header(got, 'x-hubspot-ratelimit-interval-milliseconds'));
  return { kind: 'later', reason, afterMs: interval > 0 ? interval : tenSeconds };
}

const unknownProperty = /PROPERTY_DOESNT_EXIST|does not exist/;

function read(world: World, got: HttpAnswer, call: Call): Ended {
  const ended = endedBy(world, got);
  if ('cut' in got) return ended;
  if (got.status === 429 || passing.has(got.status)) return laterOf(got, ended);
  const errors = readJson(answered, got.text)?.errors ?? [];
  if (ended.kind === 'refused' && unknownProperty.test(got.text))
    return { kind: 'stopped', reason: ended.reason };
  if (ended.kind !== 'accepted' || !errors.length) return ended;
  const placeOf = new Map(call.items.map(({ key }, place) => [key, place]));
  const reasons = new Map<number, string>();
  let unplaced = false;
  for (const { context, message, category } of errors) {
    const places = (context?.objectWriteTraceId ?? []).flatMap((id) => placeOf.get(id) ?? []);
    if (!places.length) unplaced = true;
    for (const place of places) reasons.set(place, shortly(message ?? category ?? 'refused'));
  }
  const words = `${got.status} ${shortly(errors[0]?.message ?? got.text)}`;
  if (unplaced) return { kind: 'refused', reason: words };
  // The rows are well: what they are written to has been renamed, and nothing was written.
  if (reasons.size === call.items.length && [...reasons.values()].every((text) => unknownProperty.test(text)))
    return { kind: 'stopped', reason: words };
  return { kind: 'accepted', rejected: [...reasons].map(([place, reason]) => ({ place, reason })) };
}

const property = z.object({ hasUniqueValue: z.boolean().optional() });

function open(given: Options, world: World): Receiver {
  const base = vendorAddress(given.url, /^api(-[a-z0-9]+)?\.hubapi\.com$/, world);
  const ask = callerOf(world, `Bearer ${given.token}`);
  return {
    async send(call: Call): Promise<Answer> {
      const url = `${base}/crm/v3/objects/contacts/batch/upsert`;
      const body = `{"inputs":[${call.bodies.join(',')}]}`;
      return read(world, await ask(url, { body }), call);
    },
    async test() {
      const url = `${base}/crm/v3/properties/contacts/${given.idProperty}`;
      const got = await ask(url, { method: 'GET' });
      const problem = problemOf(endedBy(world, got));
      if (problem !== null || 'cut' in got) return problem;
      return readJson(property, got.text)?.hasUniqueValue === true
        ? null
        : `${given.idProperty}: hasUniqueValue is not true`;
    },
    close: async () => {},
  };
}

/** Contacts upserted by a unique property of the house's own: the same again changes nothing, so messages may be sent again. */
export default destination<Options>({
  text: {
    title: { es: 'HubSpot', en: 'HubSpot' },
    summary: {
      es: 'Propiedades de contactos, por una propiedad de valores únicos. Un mensaje son propiedades que cambian y ponen en marcha un flujo; repetirlas no cambia nada. Los contactos no se borran: a quien sale se le vacían las propiedades.',
      en: 'Properties of contacts, by a property with unique values. A message is properties that change and set off a workflow; repeating them changes nothing. Contacts are never deleted: the properties of people who leave are emptied.',
    },
  },
  options,
  guarantees: () => ({ messages: 'idempotent', attributes: 'idempotent', recalls: 'idempotent' }),
  personal: () => false,
  calls: {
    limits: ({ perSecond }) => ({
      rows: 100,
      bytes: 3_000_000,
      envelopeBytes: 13,
      concurrent: 4,
      perSecond,
    }),
    bodyOf,
    keepsProfiles: true,
    open: async (given, world) => open(given, world),
    mapping,
  },
});
