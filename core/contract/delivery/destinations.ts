import { z } from 'zod';
import { guarantees } from '../../delivery/answer.ts';
import { isoInstant, textSchema } from '../common.ts';
import { endpoint } from '../endpoint.ts';

const guarantee = z.enum(guarantees).nullable();

export const destinationRecord = z.object({
  id: z.string(),
  name: z.string(),
  kind: z.string(),
  kindTitle: textSchema,
  /** Without the secret ones. */
  options: z.record(z.string(), z.unknown()),
  /** Names of the secret options that are set: their values are never shown again. */
  secrets: z.array(z.string()),
  /** Whether a run needs the name of the person who approves it. */
  approval: z.boolean(),
  /** Whether more of a person than identifiers leaves by it. */
  personal: z.boolean(),
  guarantees: z.object({ messages: guarantee, attributes: guarantee, recalls: guarantee }),
  /** Whether templates must be mapped to what the tool calls them. */
  mapsTemplates: z.boolean(),
  test: z.object({ at: isoInstant, problem: z.string().nullable() }).nullable(),
  retiredAt: isoInstant.nullable(),
  createdAt: isoInstant,
  changedAt: isoInstant,
  by: z.string(),
});
export type DestinationRecord = z.output<typeof destinationRecord>;

export const templateMapping = z.object({
  template: z.string(),
  language: z.string(),
  /** As the kind's own schema has it: a campaign, a template name and the order of its variables… */
  mapping: z.record(z.string(), z.unknown()),
  state: z.enum(['draft', 'approved', 'rejected']),
  approvedBy: z.string().nullable(),
  changedAt: isoInstant,
  by: z.string(),
});
export type TemplateMapping = z.output<typeof templateMapping>;

const params = z.object({ destinationId: z.string() });
const settings = {
  name: z.string().trim().min(1).max(80),
  options: z.record(z.string(), z.unknown()).default({}),
  approval: z.boolean().default(false),
};

export const destinations = {
  list: endpoint({
    id: 'destinations.list',
    method: 'GET',
    path: '/destinations',
    permission: 'export:read',
    response: z.object({
      destinations: z.array(destinationRecord),
      kinds: z.array(
        z.object({
          id: z.string(),
          title: textSchema,
          summary: textSchema,
          /** JSON Schema of its options: draws its form. */
          parameters: z.unknown(),
          secrets: z.array(z.string()),
          /** JSON Schema of what a template is called there; null where the text itself is sent. */
          mapping: z.unknown().nullable(),
        }),
      ),
    }),
    summary: { es: 'Destinos y clases de destino', en: 'Destinations and kinds of them' },
    command: 'destinations',
  }),
  create: endpoint({
    id: 'destinations.create',
    method: 'POST',
    path: '/destinations',
    permission: 'destination:write',
    body: z.object({ ...settings, kind: z.string() }),
    response: destinationRecord,
    summary: { es: 'Prepara un destino', en: 'Sets up a destination' },
    command: 'destination create',
  }),
  update: endpoint({
    id: 'destinations.update',
    method: 'PUT',
    path: '/destinations/{destinationId}',
    permission: 'destination:write',
    params,
    /** A secret left out stays as it is. */
    body: z.object(settings),
    response: destinationRecord,
    summary: { es: 'Cambia un destino', en: 'Changes a destination' },
    command: 'destination update',
  }),
  retire: endpoint({
    id: 'destinations.retire',
    method: 'DELETE',
    path: '/destinations/{destinationId}',
    permission: 'destination:write',
    params,
    response: destinationRecord,
    summary: {
      es: 'Retira un destino: nada más sale por él, su historia queda',
      en: 'Retires a destination: nothing more leaves by it, its history stays',
    },
    command: 'destination retire',
  }),
  test: endpoint({
    id: 'destinations.test',
    method: 'POST',
    path: '/destinations/{destinationId}/test',
    permission: 'destination:write',
    params,
    response: z.object({ problem: z.string().nullable() }),
    summary: {
      es: 'Prueba la conexión sin enviar datos de nadie',
      en: 'Tries the connection without sending anybody’s data',
    },
    command: 'destination test',
  }),
  mappings: endpoint({
    id: 'destinations.mappings',
    method: 'GET',
    path: '/destinations/{destinationId}/mappings',
    permission: 'export:read',
    params,
    response: z.object({ mappings: z.array(templateMapping) }),
    summary: { es: 'Cómo se llaman allí los textos', en: 'What texts are called there' },
    command: 'destination mappings',
  }),
  map: endpoint({
    id: 'destinations.map',
    method: 'PUT',
    path: '/destinations/{destinationId}/mappings/{template}/{language}',
    permission: 'destination:write',
    params: params.extend({ template: z.string(), language: z.enum(['es', 'en']) }),
    body: z.object({
      mapping: z.record(z.string(), z.unknown()),
      state: z.enum(['draft', 'approved', 'rejected']),
      approvedBy: z.string().min(1).optional().describe('Who approved it in the receiving tool'),
    }),
    response: templateMapping,
    summary: { es: 'Une un texto a lo que esa herramienta envía', en: 'Maps a text to what that tool sends' },
    command: 'destination map',
  }),
};
