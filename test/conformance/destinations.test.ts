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
import { discover } from '#server/registry.ts';
import { clearedBatch } from '../support/cleared-batch.ts';

const destinations = await discover<Destination>('server/destinations');

it('finds destinations', () => {
  expect([...destinations.keys()]).toContain('file');
});

describe.each([...destinations])('destination %s', (_, destination) => {
  it('has text in both languages, a declared guarantee and options that draw a form', () => {
    for (const text of [destination.text.title, destination.text.summary])
      for (const words of [text.es, text.en]) expect(words).toMatch(/\S{2,}/);
    expect(['idempotent', 'at_most_once', 'at_least_once']).toContain(destination.guarantee);
    expect(z.toJSONSchema(destination.options, { io: 'input', unrepresentable: 'any' })).toMatchObject({
      type: 'object',
    });
    expect(destination.options.safeParse({ surprise: 1 }).success).toBe(false);
  });

  it('sends identifiers alone unless its options say otherwise', () => {
    const parsed = destination.options.safeParse({});
    expect(parsed.success && destination.personal(parsed.data)).toBe(false);
  });

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
      const options = destination.options.parse({});
      const delivery = {
        batch: clearedBatch(1),
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
      const first = await destination.deliver(delivery);
      expect(manifestSchema.parse(first.manifest)).toMatchObject({
        run: 'run',
        rows: 1,
        assumptions: { statedBy: 'test' },
      });
      expect(first.manifest.schema.map(({ name }) => name)).toEqual(columns.map(({ name }) => name));
      expect(await destination.deliver(delivery)).toEqual(first);
      await destination.discard('run', options, folder);
      expect(
        readdirSync(folder, { recursive: true }).filter((name) => !before.includes(String(name))),
      ).toEqual(['exports']);
    } finally {
      await engine.close();
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
