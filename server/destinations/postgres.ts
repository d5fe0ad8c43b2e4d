import { z } from 'zod';
import { field } from '#core/text/field.ts';
import { destination } from './destination.ts';
import { PostgresReceiver, rowOf } from './postgres/receiver.ts';
import { requireHost } from './reach.ts';

const named = (title: ReturnType<typeof field>) => z.string().min(1).max(63).meta(title);

const options = z.strictObject({
  host: z
    .string()
    .min(1)
    .meta(field('Servidor', 'Server', { es: 'Nombre o dirección', en: 'Name or address' })),
  port: z.number().int().min(1).max(65_535).default(5432).meta(field('Puerto', 'Port')),
  database: named(field('Base de datos', 'Database')),
  user: named(field('Usuario', 'User')),
  password: z
    .string()
    .min(1)
    .meta({ ...field('Contraseña', 'Password'), secret: true }),
  tls: z
    .enum(['verify', 'encrypt', 'none'])
    .default('verify')
    .meta(
      field(
        'Cifrado',
        'Encryption',
        {
          es: 'Sin cifrar solo dentro de la casa',
          en: 'Not encrypted only inside the house',
        },
        {
          verify: { es: 'Cifrado, con certificado comprobado', en: 'Encrypted, certificate checked' },
          encrypt: { es: 'Cifrado, sin comprobar quién responde', en: 'Encrypted, whoever answers' },
          none: { es: 'Sin cifrar', en: 'Not encrypted' },
        },
      ),
    ),
  ca: z
    .string()
    .min(1)
    .optional()
    .meta(
      field('Autoridad del certificado', 'Authority of the certificate', {
        es: 'En PEM, si no es una pública',
        en: 'In PEM, where it is not a public one',
      }),
    ),
  schema: named(field('Esquema', 'Schema')).default('public'),
  messages: named(
    field('Tabla de mensajes', 'Table of messages', {
      es: 'Con una restricción única sobre message_key',
      en: 'With a unique constraint on message_key',
    }),
  ).default('ensayo_messages'),
  attributes: named(
    field('Tabla de atributos', 'Table of attributes', {
      es: 'Con una restricción única sobre customer_id',
      en: 'With a unique constraint on customer_id',
    }),
  ).default('ensayo_attributes'),
  create: z
    .boolean()
    .default(false)
    .meta(
      field('Crear tablas y columnas que falten', 'Make tables and columns that are missing', {
        es: 'Si no, se espera que estén',
        en: 'If not, they are expected to be there',
      }),
    ),
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

/**
 * Rows into tables: messages once by message_key, attributes by customer_id, a recall as a mark on its message. The table's own types
 * decide how a value is read.
 */
export default destination<Options>({
  text: {
    title: { es: 'Tabla de PostgreSQL', en: 'PostgreSQL table' },
    summary: {
      es: 'Mensajes y atributos como filas de una base propia, cada una una sola vez por su clave.',
      en: 'Messages and attributes as rows of a database of your own, each once by its key.',
    },
  },
  options,
  guarantees: () => ({ messages: 'idempotent', attributes: 'idempotent', recalls: 'idempotent' }),
  personal: ({ address }) => address,
  calls: {
    limits: () => ({ rows: 2_500, bytes: 16_000_000, envelopeBytes: 2, concurrent: 2 }),
    bodyOf: (item) => JSON.stringify(rowOf(item)),
    async open(given, world) {
      requireHost(given.host, world.allowedPrivate);
      return new PostgresReceiver(given, world);
    },
  },
});
