import { expect, it } from 'vitest';
import { columnProfile } from '#core/portfolio/quality/column-profile.ts';
import { tables } from '#core/portfolio/tables.ts';
import { current, duckdb } from '#core/sql/dialects/duckdb.ts';
import { showSql } from '#core/sql/show.ts';

it.each(tables.slice(0, 3).map((table) => [table.name, table] as const))(
  'the profile of %s has the text kept',
  async (name, table) => {
    await expect(`${showSql(columnProfile(duckdb, table, current(name), 10))};\n`).toMatchFileSnapshot(
      `../../../golden/portfolio/quality/columns-${name}.sql`,
    );
  },
);

it('columns of relations over 200,000 rows are estimated', () => {
  const [customers] = tables;
  if (!customers) throw new Error('no tables');
  expect(columnProfile(duckdb, customers, current('customers'), 200_001).text).toContain(
    'approx_count_distinct',
  );
});
