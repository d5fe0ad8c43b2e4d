import { z } from 'zod';
import { problem } from './common.ts';
import type { Endpoint } from './endpoint.ts';
import { basePath } from './index.ts';

type Json = Record<string, unknown>;

const toSchema = (schema: z.ZodType, io: 'input' | 'output'): Json => {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any' }) as Json;
  return rest;
};

function parametersOf(endpoint: Endpoint): Json[] {
  const part = (schema: Endpoint['params'], place: 'path' | 'query') =>
    Object.entries(schema.shape).map(([name, field]) => ({
      name,
      in: place,
      required: place === 'path' || !(field as z.ZodType).safeParse(undefined).success,
      schema: toSchema(field as z.ZodType, 'input'),
    }));
  return [...part(endpoint.params, 'path'), ...part(endpoint.query, 'query')];
}

const answers: Record<Endpoint['kind'], { status: string; media: string }> = {
  json: { status: '200', media: 'application/json' },
  upload: { status: '200', media: 'application/json' },
  job: { status: '202', media: 'application/json' },
  stream: { status: '200', media: 'application/octet-stream' },
};

function operationOf(endpoint: Endpoint): Json {
  const { status, media } = answers[endpoint.kind];
  const hasBody = !(endpoint.body instanceof z.ZodUndefined);
  return {
    operationId: endpoint.id,
    summary: endpoint.summary.en,
    'x-summary-es': endpoint.summary.es,
    tags: [endpoint.id.split('.')[0]],
    ...(endpoint.permission
      ? { 'x-permission': endpoint.permission, security: [{ token: [] }, { cookie: [] }] }
      : {}),
    parameters: parametersOf(endpoint),
    ...(hasBody
      ? {
          requestBody: {
            required: true,
            content: { 'application/json': { schema: toSchema(endpoint.body, 'input') } },
          },
        }
      : {}),
    ...(endpoint.kind === 'upload'
      ? {
          requestBody: {
            required: true,
            content: { 'application/octet-stream': { schema: { type: 'string' } } },
          },
        }
      : {}),
    responses: {
      [status]: {
        description: endpoint.summary.en,
        content: { [media]: { schema: toSchema(endpoint.response, 'output') } },
      },
      default: {
        description: 'Problem details (RFC 9457)',
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
      },
    },
  };
}

/** The contract as an OpenAPI 3.1 document. */
export function openApi(endpoints: readonly Endpoint[], version: string): Json & { openapi: string } {
  const paths: Record<string, Json> = {};
  for (const endpoint of endpoints) {
    paths[endpoint.path] ??= {};
    (paths[endpoint.path] as Json)[endpoint.method.toLowerCase()] = operationOf(endpoint);
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Ensayo', version, license: { name: 'Apache-2.0', identifier: 'Apache-2.0' } },
    servers: [{ url: basePath }],
    paths,
    components: {
      schemas: { Problem: toSchema(problem, 'output') },
      securitySchemes: {
        token: { type: 'http', scheme: 'bearer' },
        cookie: { type: 'apiKey', in: 'cookie', name: 'ensayo_session' },
      },
    },
  };
}
