import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { columnsOf } from '#core/contact/messages.ts';
import { manifest as manifestSchema } from '#core/contract/delivery/exports.ts';
import { carried } from '#core/delivery/answer.ts';
import { raw } from '#core/sql/sql.ts';
import type { Call, Destination, Item } from '#server/destinations/destination.ts';
import { openDuckDb } from '#server/engine/duckdb.ts';
import { describeRow, secretOptions } from '#server/jobs/delivering/resolve.ts';
import { discover } from '#server/registry.ts';
import { clearedBatch } from '../support/contact/cleared-batch.ts';
import { testWorld } from '../support/servers/world.ts';

const destinations = await discover<Destination>('server/destinations');

it('finds destinations', () => {
  expect([...destinations.keys()]).toContain('file');
});

describe.each([...destinations])('destination %s', (_, destination) => {
  it('has text in both languages, a declared guarantee and options that draw a form', () => {
    for (const text of [destination.text.title, destination.text.summary])
      for (const words of [text.es, text.en]) expect(words).toMatch(/\S{2,}/);
    expect(destination.writes === undefined).toBe(destination.calls !== undefined);
    expect(z.toJSONSchema(destination.options, { io: 'input', unrepresentable: 'any' })).toMatchObject({
      type: 'object',
    });
    expect(destination.options.safeParse({ surprise: 1 }).success).toBe(false);
  });

  it('sends identifiers alone unless its options say otherwise', () => {
    const parsed = destination.options.safeParse({});
    expect(parsed.success && destination.personal(parsed.data)).toBe(false);
  });

  it('promises no message twice, and keeps its secrets apart', () => {
    const parsed = destination.options.safeParse({});
    const promised = destination.guarantees(parsed.success ? parsed.data : {});
    expect(promised.messages).not.toBe('at_least_once');
    expect(secretOptions(destination).filter((name) => /secret|token|password|key/i.test(name))).toEqual(
      secretOptions(destination),
    );
  });
});

const written = [...destinations].flatMap(([id, { options, writes }]) =>
  writes && options.safeParse({}).success ? [[id, options, writes] as const] : [],
);

describe.each(written)('destination %s, which writes', (_, schema, writes) => {
  it('delivers what was cleared, answers the same when asked again, and leaves nothing after discard', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'ensayo-destination-'));
    const engine = await openDuckDb({
      path: join(folder, 'd.duckdb'),
      threads: 1,
      memoryLimit: '1GB',
      tempDirectory: join(folder, 'spill'),
    });
    try {
      const columns = columnsOf(false);
      const row = columns.map(({ name, type }) =>
        type === 'text' ? `'${name}' AS "${name}"` : `1 AS "${name}"`,
      );
      const options = schema.parse({});
      const delivery = {
        batch: clearedBatch(1),
        rows: 1,
        world: testWorld(),
        run: 'run',
        options,
        columns,
        messages: raw(`SELECT ${row.join(', ')}`),
        assumptions: { statedBy: 'test' },
        engine,
        workspace: folder,
        progress: () => {},
        checkCancelled: () => {},
      };
      const before = readdirSync(folder);
      const first = await writes.deliver(delivery);
      expect(manifestSchema.parse(first.manifest)).toMatchObject({
        run: 'run',
        rows: 1,
        assumptions: { statedBy: 'test' },
      });
      expect(first.manifest.schema.map(({ name }) => name)).toEqual(columns.map(({ name }) => name));
      expect(await writes.deliver(delivery)).toEqual(first);
      await writes.discard('run', options, folder);
      expect(
        readdirSync(folder, { recursive: true }).filter((name) => !before.includes(String(name))),
      ).toEqual(['exports']);
    } finally {
      await engine.close();
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

/** Values of which one suits each field that must be filled in. */
const candidates: readonly unknown[] = [
  'https://example.com',
  `whsec_${'A'.repeat(32)}`,
  'example_name',
  '0123456789abcdef0123456789abcdef',
  'ejemplo',
  1,
  true,
];

const shapeOf = (schema: z.ZodType): Record<string, z.ZodType> => (schema as z.ZodObject).shape;

/** The smallest value of a form that is judged good: what must be filled in, and what `also` names. */
function exampleOf(schema: z.ZodType, also: readonly string[] = []): Record<string, unknown> {
  const given = Object.entries(shapeOf(schema)).flatMap(([name, field]) => {
    if (field.safeParse(undefined).success && !also.includes(name)) return [];
    const found = candidates.find((one) => field.safeParse(one).success);
    return found === undefined ? [] : [[name, found] as const];
  });
  return Object.fromEntries(given);
}

const world = testWorld({ allowedPrivate: [] });
const examples = [...destinations].map(([id, destination]) => {
  const given = exampleOf(destination.options, secretOptions(destination));
  return { id, destination, given, options: destination.options.parse(given) };
});

describe.each(examples)('destination $id, set up', ({ id, destination, given, options }) => {
  it('tells neither its secrets nor what they are made of', () => {
    const secrets = secretOptions(destination);
    const open = Object.fromEntries(Object.entries(given).filter(([name]) => !secrets.includes(name)));
    const row = {
      destination_id: 'd',
      name: 'd',
      kind: id,
      options: JSON.stringify(open),
      secrets: JSON.stringify(Object.fromEntries(secrets.map((name) => [name, `sealed-${name}`]))),
      approval: false,
      personal: false,
      version: 1,
      tested_at: null,
      test: null,
      created_at: '',
      changed_at: '',
      retired_at: null,
      by_principal: 'owner',
    };
    const context = { registry: { destinations } } as unknown as Parameters<typeof describeRow>[0];
    const described = describeRow(context, row as unknown as Parameters<typeof describeRow>[1]);
    expect(described.secrets).toEqual(secrets);
    expect(JSON.stringify(described)).not.toContain('sealed-');
    for (const name of secrets) expect(described.options).not.toHaveProperty(name);
    expect(described.guarantees).toEqual(destination.guarantees(options));
  });

  const place = ['url', 'host'].find((name) => name in shapeOf(destination.options));
  if (place)
    it('connects to nothing inside the house', async () => {
      for (const host of ['127.0.0.1', '10.0.0.1', '169.254.169.254', '[::1]', '[::ffff:10.0.0.1]']) {
        const inside = destination.options.parse({
          ...given,
          [place ?? '']: place === 'url' ? `https://${host}/x` : host,
        });
        const refused = destination.calls
          ? await destination.calls.open(inside, world).then(
              () => 'opened',
              (error: Error) => error.message,
            )
          : await destination.writes?.test?.(inside, world);
        expect(refused).toContain('is not allowed');
      }
    });
});

const cell = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.integer(),
  fc.boolean(),
  fc.constant(null),
);
const dated = fc.constantFrom('2026-03-03T15:00:00Z', '2026-03-04T00:00:00Z');
const messageValues = fc.record({
  ...Object.fromEntries(
    columnsOf(true).map(({ name, type }) => [
      name,
      type === 'text' ? fc.oneof(fc.string({ unit: 'binary' }), fc.constant(null)) : fc.integer(),
    ]),
  ),
  send_not_before: dated,
  send_before: dated,
  variables: fc.constantFrom('{}', '{"importe":"COP 1250.50","dias_mora":"12"}'),
  language: fc.constantFrom('es', 'en'),
});

const sending = examples.filter(({ destination }) => destination.calls);

describe.each(sending)('destination $id, which sends rows', ({ destination, options }) => {
  const { calls } = destination;
  if (!calls) throw new Error('it sends rows');
  const promised = destination.guarantees(options);
  const mapping = calls.mapping ? exampleOf(calls.mapping, Object.keys(shapeOf(calls.mapping))) : null;

  it('makes one body of any row: the same for the same row, which it leaves as it was', () => {
    const kinds = carried.filter((carries) => promised[carries] !== null);
    const item: fc.Arbitrary<Item> = fc.constantFrom(...kinds).chain((carries) =>
      fc.record({
        carries: fc.constant(carries),
        operation:
          carries === 'attributes'
            ? fc.constantFrom('put' as const, 'remove' as const)
            : fc.constant('put' as const),
        key: fc.string({ minLength: 1 }),
        customerId: fc.string({ minLength: 1, unit: 'binary' }),
        values:
          carries === 'attributes'
            ? fc.dictionary(fc.stringMatching(/^[a-z_]{1,12}$/), cell)
            : (messageValues as fc.Arbitrary<Item['values']>),
        mapping: fc.constant(carries === 'messages' ? mapping : null),
      }),
    );
    fc.assert(
      fc.property(item, (given) => {
        const before = structuredClone(given);
        const body = calls.bodyOf(given, options);
        expect(typeof body).toBe('string');
        expect(calls.bodyOf(structuredClone(given), options)).toBe(body);
        expect(given).toEqual(before);
      }),
      { numRuns: 100 },
    );
  });

  it('bounds its calls by rows and by bytes', () => {
    for (const carries of carried) {
      const limits = calls.limits(options, carries);
      for (const limit of [limits.rows, limits.bytes, limits.concurrent]) expect(limit).toBeGreaterThan(0);
    }
  });

  const hasUrl = 'url' in shapeOf(destination.options);
  if (hasUrl)
    it('repeats no secret though the receiver throws it back', async () => {
      const server = createServer((request, response) => {
        request.resume();
        response.writeHead(400).end(JSON.stringify({ error: request.rawHeaders.join(' ') }));
      });
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      try {
        const { port } = server.address() as AddressInfo;
        const there = destination.options.parse({ ...(options as object), url: `http://127.0.0.1:${port}` });
        const near = testWorld();
        const receiver = await calls.open(there, near);
        const carries = carried.find((one) => promised[one] !== null) ?? 'messages';
        const values = Object.fromEntries(
          columnsOf(false).map(({ name, type }) => [name, type === 'text' ? '2026-03-03T15:00:00Z' : 1]),
        );
        const item: Item = {
          carries,
          operation: 'put',
          key: 'k',
          customerId: 'c',
          values: { ...values, variables: '{}' },
          mapping,
        };
        const call: Call = {
          id: 'msg_1',
          run: 'run',
          carries,
          items: [item],
          bodies: [calls.bodyOf(item, there)],
          frozenAt: '2026-03-02T12:00:00Z',
        };
        const told = JSON.stringify([await receiver.send(call), await receiver.test()]);
        for (const name of secretOptions(destination)) {
          const secret = String((options as Record<string, unknown>)[name]);
          expect(told).not.toContain(secret);
          expect(told).not.toContain(Buffer.from(secret).toString('base64').slice(2, -4));
        }
        await receiver.close();
        await near.dispatcher.close();
      } finally {
        server.close();
      }
    });
});
