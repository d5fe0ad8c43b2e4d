import { describe, expect, it } from 'vitest';
import { addressOf } from '#core/contract/client.ts';
import { contract, endpoints } from '#core/contract/index.ts';
import { openApi } from '#core/contract/openapi.ts';
import { permissions, roles } from '#core/contract/permissions.ts';
import { readHandlers } from '#server/app.ts';

const openOnes = ['events.receive', 'session.signIn', 'system.health', 'system.openapi'];

describe('the contract', () => {
  it('names every endpoint, address and command once', () => {
    const once = (values: string[]) => expect(values.length).toBe(new Set(values).size);
    once(endpoints.map(({ id }) => id));
    once(endpoints.map(({ method, path }) => `${method} ${path}`));
    once(endpoints.flatMap(({ command }) => command ?? []));
  });

  it.each(endpoints.map((endpoint) => [endpoint.id, endpoint] as const))('%s is whole', (id, endpoint) => {
    const inPath = [...endpoint.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
    expect(Object.keys(endpoint.params.shape)).toEqual(inPath);
    expect(endpoint.permission === null).toBe(openOnes.includes(id));
    if (endpoint.permission) expect(permissions).toContain(endpoint.permission);
    expect(endpoint.summary.es).not.toBe(endpoint.summary.en);
    if (endpoint.kind === 'job') expect(endpoint.response).toBe(contract.jobs.get.response);
  });

  it('has one handler for each endpoint, and no handler besides', async () => {
    const handled = (await readHandlers()).map(({ endpoint }) => endpoint.id);
    expect(handled.toSorted()).toEqual(endpoints.map(({ id }) => id).toSorted());
  });

  it('writes parameters into the address, encoded', () => {
    const address = addressOf(contract.exports.file, { params: { exportId: 'a/b', name: 'x y.csv' } });
    expect(address).toBe('/api/v1/exports/a%2Fb/files/x%20y.csv');
    expect(addressOf(contract.jobs.list, { query: { limit: 5, offset: undefined } })).toBe(
      '/api/v1/jobs?limit=5',
    );
  });
});

describe('the OpenAPI document', () => {
  const document = openApi(endpoints, '0.0.0') as {
    openapi: string;
    paths: Record<
      string,
      Record<
        string,
        {
          operationId: string;
          responses: Record<string, unknown>;
          parameters: { name: string; in: string }[];
        }
      >
    >;
  };

  it('has every endpoint with its parameters, answer and problem', () => {
    expect(document.openapi).toBe('3.1.0');
    for (const endpoint of endpoints) {
      const operation = document.paths[endpoint.path]?.[endpoint.method.toLowerCase()];
      expect(operation?.operationId).toBe(endpoint.id);
      const named = operation?.parameters
        .filter((parameter) => parameter.in === 'path')
        .map(({ name }) => name);
      expect(named).toEqual(Object.keys(endpoint.params.shape));
      expect(Object.keys(operation?.responses ?? {})).toContain('default');
    }
  });

  it('is plain JSON', () => {
    expect(JSON.parse(JSON.stringify(document))).toEqual(document);
  });
});

describe('roles', () => {
  it('hold only known permissions, and the administrator holds all', () => {
    for (const granted of Object.values(roles)) for (const one of granted) expect(permissions).toContain(one);
    expect(roles.admin).toEqual([...permissions]);
  });
});
