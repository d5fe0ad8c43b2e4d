import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { RecordBatchFileWriter } from 'apache-arrow';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { recipe } from '#core/portfolio/recipe.ts';
import { raw, sql } from '#core/sql/sql.ts';
import { readRegistry } from '#server/registry.ts';
import type { Source } from '#server/sources/source.ts';
import { xlsx } from '../support/files/xlsx.ts';
import { openTestWorkspace, type TestWorkspace } from '../support/workspace.ts';

const { sources } = await readRegistry();
const options = recipe.parse({ tables: 'canonical' }).source;
const query = `SELECT 'A' || i AS account_id, i * 1.5 AS balance, DATE '2026-01-31' AS as_of, 'say "hi", ñ' AS note FROM range(7) t(i)`;

let workspace: TestWorkspace;
beforeAll(async () => {
  workspace = await openTestWorkspace();
});
afterAll(() => workspace.close());

it('there are sources, and no two read the same ending', () => {
  expect([...sources.keys()]).toEqual(expect.arrayContaining(['csv', 'parquet']));
  const endings = [...sources.values()].flatMap((source) => (source as Source).endings);
  expect(new Set(endings).size).toBe(endings.length);
});

/** How the rows above are written as each kind of file; a kind that is missing here fails its suite. */
const writeRows: Record<string, (path: string) => Promise<void>> = {
  csv: (path) => copyTo(path, 'csv'),
  parquet: (path) => copyTo(path, 'parquet'),
  json: (path) => copyTo(path, 'json'),
  arrow: async (path) => {
    const { schema, batches } = await workspace.context.engine.arrow(raw(query));
    const writer = new RecordBatchFileWriter().reset(undefined, schema);
    for await (const batch of batches) writer.write(batch);
    writeFileSync(path, await writer.finish().toUint8Array());
  },
  excel: async (path) => {
    const rows = await workspace.context.engine.rows<Record<string, string | number>>(raw(query));
    const cells = rows.map((row) => Object.values(row));
    writeFileSync(path, xlsx([Object.keys(rows[0] ?? {}), ...cells]));
  },
};

async function copyTo(path: string, format: string): Promise<void> {
  await workspace.context.engine.run(raw(`COPY (${query}) TO '${path}' (FORMAT ${format})`));
}

describe.each([...sources] as [string, Source][])('source %s', (_, source) => {
  it('says what it reads in both languages', () => {
    for (const words of [source.text.title, source.text.summary])
      for (const locale of ['es', 'en'] as const) expect(words[locale].trim()).not.toBe('');
    expect(source.endings.every((one) => /^\.[a-z0-9]+$/.test(one))).toBe(true);
    expect(source.addresses?.every((one) => /^[a-z]+[:+][a-z]*:?(\/\/)?$/.test(one)) ?? true).toBe(true);
    expect(source.endings.length + (source.addresses?.length ?? 0)).toBeGreaterThan(0);
  });
});

const ofFiles = ([...sources] as [string, Source][]).filter(([, { endings }]) => endings.length > 0);

describe.each(ofFiles)('source of files %s', (id, source) => {
  const ending = source.endings[0] ?? '';
  const inspect = (path: string) =>
    source.inspect({
      engine: workspace.context.engine,
      path,
      name: `x${ending}`,
      options,
      scratch: join(workspace.folder, 'scratch'),
      onBytes: () => {},
    });

  it('gives back the rows in order, numbered from 1, and the file’s own hash', async () => {
    const { engine } = workspace.context;
    const path = join(workspace.folder, `rows${ending}`);
    await writeRows[id]?.(path);
    let told = 0;
    const inspection = await source.inspect({
      engine,
      path,
      name: `rows${ending}`,
      options,
      scratch: join(workspace.folder, 'scratch'),
      onBytes: (bytes) => {
        told = bytes;
      },
    });
    expect(told).toBe(inspection.bytes);
    expect(inspection.columns).toEqual(['account_id', 'balance', 'as_of', 'note']);
    expect(inspection.sha256).toMatch(/^[0-9a-f]{64}$/);
    const kept = JSON.parse(JSON.stringify(inspection)) as typeof inspection;
    await engine.run(sql`CREATE OR REPLACE TABLE broken (line BIGINT, value VARCHAR, reason VARCHAR)`);
    const opened = await engine.transaction((session) =>
      source.open({
        session,
        inspection: kept,
        options,
        stagingTable: `opened_${id}`,
        brokenTable: 'broken',
        scratch: workspace.folder,
      }),
    );
    expect([...opened.columns.keys()]).toEqual(inspection.columns);
    const read = await engine.rows(
      sql`SELECT account_id, CAST(balance AS DOUBLE) AS balance, note, source_row FROM ${opened.relation} ORDER BY source_row`,
    );
    expect(read).toEqual(
      Array.from({ length: 7 }, (_, i) => ({
        account_id: `A${i}`,
        balance: i * 1.5,
        note: 'say "hi", ñ',
        source_row: i + 1,
      })),
    );
  });

  it('refuses a file that is missing, or empty', async () => {
    await expect(inspect(join(workspace.folder, 'nowhere'))).rejects.toMatchObject({
      code: 'load_file_missing',
    });
    mkdirSync(join(workspace.folder, 'd'), { recursive: true });
    const path = join(workspace.folder, 'd', `x${ending}`);
    writeFileSync(path, '');
    await expect(inspect(path)).rejects.toMatchObject({ code: 'load_file_empty' });
  });
});
