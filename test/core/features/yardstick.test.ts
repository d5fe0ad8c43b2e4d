import { afterAll, beforeAll, expect, it } from 'vitest';
import payments from '#core/features/payments.ts';
import { duckdb } from '#core/sql/dialects/duckdb.ts';
import { buildFeatures } from '#core/sql/features.ts';
import { raw, sql } from '#core/sql/sql.ts';
import { openTestWorkspace, type TestWorkspace } from '../../support/workspace.ts';

let workspace: TestWorkspace;
beforeAll(async () => {
  workspace = await openTestWorkspace();
  await workspace.context.engine.transaction(async (session) => {
    const run = (text: string) => session.run(raw(text));
    await run(`INSERT INTO loads (load_id, state, recipe, recipe_hash, files, tables, rejected, simulated, loaded_at, by_principal)
      VALUES (1, 'live', 'test', 'r', '[]', '[]', 0, true, TIMESTAMP '2026-11-01', 'owner')`);
    await run(`INSERT INTO accounts (account_id, customer_id, currency, load_id, source_row)
      VALUES ('a1', 'c1', 'COP', 1, 1), ('a2', 'c2', 'COP', 1, 2), ('a3', 'c3', 'MXN', 1, 3)`);
    await run(`INSERT INTO snapshots (account_id, as_of, days_past_due, balance, load_id, source_row) VALUES
      ('a1', DATE '2026-06-30', 5, 100, 1, 1), ('a2', DATE '2026-06-30', 5, 300, 1, 2), ('a3', DATE '2026-06-30', 5, 7, 1, 3),
      ('a1', DATE '2026-07-31', 5, 1000, 1, 4), ('a2', DATE '2026-07-31', 5, 3000, 1, 5)`);
    await run(`INSERT INTO payments (payment_id, account_id, paid_at, amount, load_id, source_row)
      VALUES ('p1', 'a1', TIMESTAMP '2026-07-05 08:00', 50, 1, 1)`);
  });
});
afterAll(() => workspace.close());

it.each([
  ['2026-06-29', null],
  ['2026-06-30', 0],
  ['2026-07-10', 0.25],
  ['2026-07-31', 0.025],
])('what was paid by %s is measured by the balances known by then, of its currency', async (asOf, share) => {
  const population = sql`(SELECT 'a1' AS account_id, 'c1' AS customer_id, CAST(${asOf} AS DATE) AS as_of)`;
  const [row] = await workspace.context.engine.rows(
    buildFeatures(duckdb, population, [{ id: 'one', family: payments }]),
  );
  expect(row).toMatchObject({ paid_relative: share });
});
