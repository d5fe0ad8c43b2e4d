import { z } from 'zod';
import { field } from '#core/text/field.ts';
import { destination, type Item } from './destination.ts';
import { attributesOf, prefixed, prefixField, recallOf } from './vendors/message.ts';
import { openContacts } from './vendors/sendgrid-contacts.ts';

const options = z.strictObject({
  apiKey: z
    .string()
    .trim()
    .min(8)
    .meta({
      ...field('Clave de la API', 'API key', {
        es: 'Con permiso sobre Marketing y ninguno más',
        en: 'With permission for Marketing and no other',
      }),
      secret: true,
    }),
  prefix: prefixField,
  listId: z
    .string()
    .trim()
    .max(64)
    .optional()
    .meta(
      field('Lista', 'List', {
        es: 'Identificador de la lista a la que se suman. Vacío: ninguna',
        en: 'Identifier of the list they are added to. Empty: none',
      }),
    ),
  address: z
    .boolean()
    .default(false)
    .meta(
      field('Con el correo de cada persona', 'With the e-mail address of each person', {
        es: 'Son datos personales: sólo puede pedirlo quien tiene permiso de verlos. SendGrid lo necesita para reconocer los contactos que ya lo tienen: añada el atributo address_email',
        en: 'Personal data: only who may read them can ask for it. SendGrid needs it to recognise contacts that have it already: add the attribute address_email',
      }),
    ),
  url: z
    .url()
    .default('https://api.sendgrid.com')
    .meta(
      field('Dirección', 'Address', {
        es: 'https://api.eu.sendgrid.com en la Unión Europea',
        en: 'https://api.eu.sendgrid.com in the European Union',
      }),
    ),
});
type Options = z.output<typeof options>;

const email = 'address_email';

/** A contact under the names of its custom fields, which become SendGrid's identifiers of them as it is sent. */
function bodyOf(item: Item, given: Options): string {
  const { [email]: address, ...values } = item.values;
  return JSON.stringify({
    external_id: item.customerId,
    ...(item.carries === 'attributes' && address ? { email: String(address).toLowerCase() } : {}),
    custom_fields:
      item.carries === 'attributes'
        ? attributesOf({ ...item, values }, given.prefix, null)
        : prefixed(given.prefix, recallOf(item)),
  });
}

/** Contacts as jobs of SendGrid's, asked about until they end. It sends to lists by itself: no message to one person starts here. */
export default destination<Options>({
  text: {
    title: { es: 'SendGrid', en: 'SendGrid' },
    summary: {
      es: 'Campos propios de contactos, por su external_id. No lleva mensajes: SendGrid envía campañas a listas, y desde aquí no puede iniciarse el de una persona. Los contactos no se borran: a quien sale se le vacían los campos.',
      en: 'Custom fields of contacts, by their external_id. Carries no messages: SendGrid sends campaigns to lists, and one to one person cannot be started from here. Contacts are never deleted: the fields of people who leave are emptied.',
    },
  },
  options,
  guarantees: () => ({ messages: null, attributes: 'idempotent', recalls: 'idempotent' }),
  personal: ({ address }) => address,
  calls: {
    limits: () => ({
      rows: 30_000,
      bytes: 6_000_000,
      envelopeBytes: 120,
      concurrent: 2,
      perSecond: 3,
    }),
    bodyOf,
    keepsProfiles: true,
    open: async (given, world) => openContacts(given, world),
  },
});
