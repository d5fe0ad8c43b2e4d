import { createHmac } from 'node:crypto';
import { z } from 'zod';
import type { Answer } from '#core/delivery/answer.ts';
import { field } from '#core/text/field.ts';
import { type Call, destination, type Item, type Receiver } from './destination.ts';
import { answerOf, callHttp, requireAddress } from './http.ts';
import type { World } from './world.ts';

const options = z.strictObject({
  url: z
    .url()
    .meta(field('Dirección', 'Address', { es: 'https, del receptor', en: 'https, of the receiver' })),
  secret: z
    .string()
    .regex(/^whsec_[A-Za-z0-9+/=]{32,}$/, 'must begin with whsec_ and hold 24 bytes or more in base64')
    .meta({
      ...field('Secreto', 'Secret', { es: 'whsec_…, con el que se firma', en: 'whsec_…, that signs' }),
      secret: true,
    }),
  dedupes: z
    .boolean()
    .default(false)
    .meta(
      field('El receptor descarta lo repetido', 'The receiver discards repeats', {
        es: 'Por el id de cada evento. Si no, lo que quizá llegó no se repite',
        en: 'By the id of each event. If not, what may have arrived is not repeated',
      }),
    ),
  rows: z.number().int().min(1).max(1000).default(20).meta(field('Mensajes por llamada', 'Messages a call')),
  address: z
    .boolean()
    .default(false)
    .meta(
      field('Con la dirección de cada persona', 'With the address of each person', {
        es: 'Son datos personales: sólo puede pedirlo quien tiene permiso de verlos',
        en: 'Personal data: only who may read them can ask for it',
      }),
    ),
});
type Options = z.output<typeof options>;

/** Signs a body as Standard Webhooks 1.0 has it: HMAC-SHA256 of `id.timestamp.body` under the base64 part of the secret. */
function signed(given: Options, call: Call, body: string, world: World): Record<string, string> {
  const timestamp = String(Math.floor(world.now().getTime() / 1000));
  const key = Buffer.from(given.secret.slice('whsec_'.length), 'base64');
  const signature = createHmac('sha256', key).update(`${call.id}.${timestamp}.${body}`).digest('base64');
  return {
    'content-type': 'application/cloudevents-batch+json',
    'webhook-id': call.id,
    'webhook-timestamp': timestamp,
    'webhook-signature': `v1,${signature}`,
  };
}

const types = {
  messages: 'message.assigned',
  attributes: 'profile.changed',
  recalls: 'message.recalled',
} as const;

/** One CloudEvent 1.0; its time is left out, as the frozen row has its own. */
const bodyOf = (item: Item): string =>
  JSON.stringify({
    specversion: '1.0',
    id: item.key,
    source: 'ensayo',
    type: `ensayo.${types[item.carries]}`,
    subject: item.customerId,
    datacontenttype: 'application/json',
    data: item.operation === 'remove' ? { ...item.values, removed: true } : item.values,
  });

function open(given: Options, world: World): Receiver {
  const url = requireAddress(given.url, world.allowedPrivate).href;
  const post = async (call: Call, body: string): Promise<Answer> =>
    answerOf(world, await callHttp(world, { url, headers: signed(given, call, body, world), body }));
  return {
    send: (call) => post(call, `[${call.bodies.join(',')}]`),
    async test() {
      const call: Call = {
        id: 'ensayo-test',
        run: '',
        carries: 'messages',
        items: [],
        bodies: [],
        frozenAt: '',
      };
      const answer = await post(call, '[]');
      return answer.kind === 'accepted' || answer.kind === 'pending' ? null : answer.reason;
    },
    close: async () => {},
  };
}

/** Batches of CloudEvents, signed; the same call has the same `webhook-id` however often it is made. */
export default destination<Options>({
  text: {
    title: { es: 'Webhook', en: 'Webhook' },
    summary: {
      es: 'Llamadas firmadas (Standard Webhooks 1.0) con lotes de CloudEvents, a una dirección propia.',
      en: 'Signed calls (Standard Webhooks 1.0) with batches of CloudEvents, to an address of your own.',
    },
  },
  options,
  guarantees: ({ dedupes }) => ({
    messages: dedupes ? 'idempotent' : 'at_most_once',
    attributes: 'idempotent',
    recalls: 'idempotent',
  }),
  personal: ({ address }) => address,
  calls: {
    limits: ({ rows }) => ({ rows, bytes: 20_000, envelopeBytes: 2, concurrent: 8 }),
    bodyOf,
    open: async (given, world) => open(given, world),
  },
});
