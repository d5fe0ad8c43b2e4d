import { afterAll, beforeAll, expect, it } from 'vitest';
import { raw } from '#core/sql/sql.ts';
import { openTestWorkspace, type TestWorkspace } from '../../support/workspace.ts';

let workspace: TestWorkspace;
beforeAll(async () => {
  workspace = await openTestWorkspace();
});
afterAll(() => workspace.close());

it.each([
  [
    'every third missing',
    'CASE WHEN i % 3 > 0 THEN i + 0.25 END',
    (i: number) => (i % 3 ? i + 0.25 : Number.NaN),
  ],
  ['none missing', 'i / 8', (i: number) => i / 8],
  [
    'a stretch missing',
    'CASE WHEN i < 4000 OR i > 6200 THEN -1 - i END',
    (i: number) => (i < 4000 || i > 6200 ? -1 - i : Number.NaN),
  ],
])('doubles over many chunks, %s', async (_, expression, wanted) => {
  const { rows, columns } = await workspace.context.engine.columns(
    raw(`SELECT CAST(${expression} AS DOUBLE) AS x FROM range(10007) t(i) ORDER BY i`),
  );
  const column = columns.get('x');
  expect(rows).toBe(10_007);
  expect(column?.kind === 'numeric' && column.values.buffer).toBeInstanceOf(SharedArrayBuffer);
  expect(column?.kind === 'numeric' ? [...column.values] : []).toEqual(
    Array.from({ length: 10_007 }, (_, i) => wanted(i)),
  );
});
