import { afterAll, beforeAll, expect, it } from 'vitest';
import { duckdb } from '#core/sql/dialects/duckdb.ts';
import { sql } from '#core/sql/sql.ts';
import { type Heard, readHeard, toAskAgain } from '#server/store/contact/heard.ts';
import { type Asked, withheldNow } from '#server/store/contact/still-allowed.ts';
import { put, putLoad } from '../../../support/contact/contact-fixture.ts';
import { openTestWorkspace, type TestWorkspace } from '../../../support/workspace.ts';

let workspace: TestWorkspace;
const day = '2026-03-03';
const since = `${day}T15:00:00.000Z`;
const later = `${day}T15:01:00`;
const names = ['quiet', 'opts-out', 'ceases'];

beforeAll(async () => {
  workspace = await openTestWorkspace();
  const { context } = workspace;
  await putLoad(context, `${day}T00:00:00`);
  const row = { export_id: 'run', assignment_id: '', arm: 'a', touch: 1, channel: 'sms', state: 'pending' };
  await put(
    context,
    'export_rows',
    names.map((customer_id, seq) => ({ ...row, customer_id, message_key: customer_id, seq })),
    false,
  );
}, 60_000);
afterAll(() => workspace.close());

const hear = () => readHeard(workspace.context.engine, 'run');
const withheld = async (of: Asked | null) =>
  of === null
    ? null
    : (await withheldNow(workspace.context.engine, duckdb, 'run', of, { at: since, checkedAt: since })).map(
        ({ seq }) => seq,
      );

it('everybody is asked about at first, nobody while nothing is heard, then those events told of, and everybody after a load', async () => {
  const { engine } = workspace.context;
  const first = await hear();
  expect(toAskAgain(null, first)).toBe('waiting');
  expect(toAskAgain(first, await hear())).toBeNull();

  await engine.run(sql`INSERT INTO loads (load_id, state, recipe, recipe_hash, files, tables, rejected, simulated, loaded_at, by_principal)
    VALUES (900, 'live', 'events', '', '[]', '[]', 0, false, ${later}, 'events')`);
  await engine.run(
    sql`INSERT INTO event_days (day, load_id, next_row) VALUES (CAST(${day} AS DATE), 900, 1)`,
  );
  const opened = await hear();
  expect(toAskAgain(first, opened)).toBe('waiting');

  await engine.run(sql`INSERT INTO contact_permissions (customer_id, channel, basis, granted_at, revoked_at, load_id, source_row)
    VALUES ('opts-out', 'sms', 'consent', TIMESTAMP '2025-01-01', ${later}, 900, 1)`);
  await engine.run(sql`UPDATE event_days SET next_row = 2`);
  const told: Heard = await hear();
  const some = toAskAgain(opened, told);
  expect(some).toHaveProperty('waiting');
  expect(await withheld(some)).toEqual([1]);

  await put(workspace.context, 'flags', [
    { customer_id: 'ceases', kind: 'cease_contact', started_on: day, ended_on: null },
  ]);
  const loaded = toAskAgain(told, await hear());
  expect(loaded).toBe('waiting');
  expect(await withheld(loaded)).toEqual([1, 2]);
});
