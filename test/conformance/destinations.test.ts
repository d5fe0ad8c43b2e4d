import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { columnsOf } from '#core/contact/messages.ts';
import { manifest as manifestSchema } from '#core/contract/exports.ts';
import { raw } from '#core/sql/sql.ts';
import type { Destination } from '#server/destinations/destination.ts';
import { openDuckDb } from '#server/engine/duckdb.ts';
import { secretOptions } from '#server/jobs/delivering/resolve.ts';
import { discover } from '#server/registry.ts';
import { clearedBatch } from '../support/cleared-batch.ts';
import { testWorld } from '../support/world.ts';

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
