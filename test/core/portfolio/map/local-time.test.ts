import { afterEach, beforeEach, expect, it } from 'vitest';
import { raw } from '#core/sql/sql.ts';
import { loadFile, writeInput } from '../../../support/files/load.ts';
import { addRecipe } from '../../../support/files/recipe.ts';
import { openTestWorkspace, type TestWorkspace } from '../../../support/workspace.ts';

let workspace: TestWorkspace;
beforeEach(async () => {
  workspace = await openTestWorkspace();
});
afterEach(() => workspace.close());

const rows = (text: string) => workspace.context.engine.rows(raw(text));

// Instants of each zone as its own clock-change rules give them: Bogota -5 all year; New York skips 02:00–03:00 on
// 2025-03-09 and shows 01:00–02:00 twice on 2025-11-02; Santiago went back on 2025-04-06 at 00:00.
it.each([
  ['America/Bogota', '2025-06-30 22:30', '2025-07-01T03:30:00Z'],
  ['America/Bogota', '2025-06-30T22:30:00-03:00', '2025-07-01T01:30:00Z'],
  ['America/Bogota', '2025-06-30T22:30:00Z', '2025-06-30T22:30:00Z'],
  ['America/Bogota', '2025-06-30', '2025-06-30T00:00:00Z'],
  ['America/New_York', '2025-03-09 01:59:59', '2025-03-09T06:59:59Z'],
  ['America/New_York', '2025-03-09 02:30', '2025-03-09T07:30:00Z'],
  ['America/New_York', '2025-03-09 03:00', '2025-03-09T07:00:00Z'],
  ['America/New_York', '2025-11-02 01:30', '2025-11-02T05:30:00Z'],
  ['America/New_York', '2025-11-02 02:00', '2025-11-02T07:00:00Z'],
  ['America/Santiago', '2025-04-05 23:30', '2025-04-06T02:30:00Z'],
  ['America/Santiago', '2025-04-06 00:30', '2025-04-06T04:30:00Z'],
])('%s %s is %s', async (timeZone, written, instant) => {
  addRecipe(workspace, 'local', {
    source: { timeZone },
    tables: [{ dataset: 'calls', columns: { seen: { from: 'seen', type: 'timestamp' } } }],
  });
  await loadFile(workspace, writeInput(workspace, 'calls.csv', `seen\n${written}\n`), 'local');
  expect(await rows('SELECT seen FROM current_calls')).toEqual([{ seen: instant }]);
});

it('typed columns without a zone are local too; what a column stands in for is the same instant', async () => {
  const path = `${workspace.folder}/p.parquet`;
  await rows(`COPY (SELECT 'P1' AS payment_id, 'A1' AS account_id, TIMESTAMP '2025-06-30 22:30' AS paid_at,
    5.5::DECIMAL(18,2) AS amount) TO '${path}'`);
  addRecipe(workspace, 'local', {
    source: { timeZone: 'America/Bogota' },
    tables: [
      {
        table: 'payments',
        columns: {
          payment_id: { from: 'payment_id' },
          account_id: { from: 'account_id' },
          paid_at: { from: 'paid_at' },
          amount: { from: 'amount' },
        },
      },
    ],
  });
  await loadFile(workspace, path, 'local');
  expect(await rows('SELECT paid_at, known_at FROM current_payments')).toEqual([
    { paid_at: '2025-07-01T03:30:00Z', known_at: '2025-07-01T03:30:00Z' },
  ]);
});
