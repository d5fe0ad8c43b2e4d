import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FeatureFamily } from '#core/features/feature.ts';
import { tableNames, tables } from '#core/portfolio/tables.ts';
import { duckdb } from '#core/sql/dialects/duckdb.ts';
import { buildFeatures } from '#core/sql/features.ts';
import { ident, join, raw, sql } from '#core/sql/sql.ts';
import { format, locales } from '#core/text/text.ts';
import { discover } from '#server/registry.ts';
import {
  insertFuture,
  insertLivelyBook,
  insertLivelyReach,
  livelyDate,
} from '../support/books/lively-book.ts';
import { expectGolden } from '../support/golden.ts';
import { openTestWorkspace, type TestWorkspace } from '../support/workspace.ts';

const found = [...(await discover<FeatureFamily>('core/features'))];
const protectedColumns = tables.flatMap((table) =>
  Object.entries(table.columns).flatMap(([name, { tag }]) => (tag === 'protected' ? [name] : [])),
);

let workspace: TestWorkspace;
beforeAll(async () => {
  workspace = await openTestWorkspace();
  const { engine } = workspace.context;
  await engine.transaction(async (session) => {
    await insertLivelyBook(session, 80);
    await insertLivelyReach(session);
  });
  await engine.run(
    raw(`CREATE TABLE people_asked AS
    SELECT s.account_id, a.customer_id, s.as_of FROM current_snapshots s JOIN current_accounts a USING (account_id)
    WHERE s.as_of IN (DATE '2026-08-31', DATE '${livelyDate}')
    UNION ALL SELECT 'unheard-of', 'nobody', DATE '${livelyDate}'`),
  );
});
afterAll(() => workspace.close());

const population = raw('people_asked');
const read = (family: FeatureFamily) =>
  workspace.context.engine.rows(
    sql`SELECT * FROM (${buildFeatures(duckdb, population, [{ id: 'one', family }])}) f ORDER BY account_id, as_of`,
  );

it('finds families', () => expect(found.length).toBeGreaterThan(0));

it('names every column once over all families', () => {
  const names = found.flatMap(([, { columns }]) => columns.map(({ name }) => name));
  expect(names).toEqual([...new Set(names)]);
  for (const name of names) expect(name).toMatch(/^[a-z][a-z0-9_]*$/);
});

describe.each(found)('%s', (id, family) => {
  it('is named in both languages, its columns too, and reads canonical tables', () => {
    for (const locale of locales)
      for (const text of [
        family.text.title,
        family.text.summary,
        family.known,
        ...family.columns.flatMap(({ known }) => (known ? [known] : [])),
        ...family.columns.map(({ title }) => title),
      ])
        expect(format(text, locale)).not.toBe('');
    expect(family.needs.length).toBeGreaterThan(0);
    for (const table of family.needs) expect(tableNames).toContain(table);
  });

  it('reads no protected attribute', () => {
    const { text } = family.build(duckdb, population);
    for (const column of protectedColumns) expect(text).not.toMatch(new RegExp(`\\b${column}\\b`));
  });

  it('gives one row for each row asked for, an unknown account included', async () => {
    const keys = await workspace.context.engine.rows(
      sql`SELECT account_id, as_of FROM ${population} ORDER BY account_id, as_of`,
    );
    const rows = (await read(family)) as { account_id: string; as_of: string }[];
    expect(rows.map(({ account_id, as_of }) => ({ account_id, as_of }))).toEqual(keys);
    expect(Object.keys(rows[0]!)).toEqual(['account_id', 'as_of', ...family.columns.map(({ name }) => name)]);
  });

  it('holds doubles and texts, no NaN and nothing infinite', async () => {
    const { engine } = workspace.context;
    const features = buildFeatures(duckdb, population, [{ id, family }]);
    const types = await engine.rows<{ column_name: string; column_type: string }>(
      sql`DESCRIBE (${features})`,
    );
    for (const { name, kind } of family.columns)
      expect(types.find(({ column_name }) => column_name === name)?.column_type).toBe(
        kind === 'numeric' ? 'DOUBLE' : 'VARCHAR',
      );
    const numeric = family.columns.filter(({ kind }) => kind === 'numeric').map(({ name }) => ident(name));
    const odd = await engine.first<{
      n: number;
    }>(sql`SELECT CAST(count(*) AS BIGINT) AS n FROM (${features}) f
      WHERE ${join(
        numeric.map((name) => sql`isnan(${name}) OR isinf(${name})`),
        ' OR ',
      )}`);
    expect(odd?.n).toBe(0);
  });

  it('is the SQL kept as golden', () => expectGolden(family.build(duckdb, population), `features/${id}`));
});

it('does not change with anything known after its date', async () => {
  const before = new Map<string, unknown>();
  for (const [id, family] of found) before.set(id, await read(family));
  await workspace.context.engine.transaction(insertFuture);
  for (const [id, family] of found) expect(await read(family), id).toEqual(before.get(id));
});
