import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { sql } from '#core/sql/sql.ts';
import { openTestWorkspace, type TestWorkspace } from '../../support/workspace.ts';

let workspace: TestWorkspace;
beforeAll(async () => {
  workspace = await openTestWorkspace();
});
afterAll(() => workspace.close());

it('reads long texts and numbers as they are while memory is collected', async () => {
  setFlagsFromString('--expose_gc');
  const collect = runInNewContext('gc') as () => void;
  const collecting = setInterval(collect, 1);
  const rows = 60_000;
  const { columns } = await workspace.context.engine.columns(sql`SELECT CAST(i AS DOUBLE) AS number,
    'a product of kind ' || CAST(i % 3 AS VARCHAR) AS product, 'a style of message ' || CAST(i % 5 AS VARCHAR) AS style
    FROM range(${rows}) r(i) ORDER BY i`);
  clearInterval(collecting);
  for (const [name, kinds, text] of [
    ['product', 3, 'a product of kind '],
    ['style', 5, 'a style of message '],
  ] as const) {
    const column = columns.get(name)!;
    if (column.kind !== 'categorical') throw new TypeError('a text was expected');
    expect(column.categories).toEqual(Array.from({ length: kinds }, (_, k) => `${text}${k}`));
    expect(column.codes.every((code, i) => code === i % kinds)).toBe(true);
  }
  const numbers = columns.get('number')!;
  expect(numbers.kind === 'numeric' && numbers.values.every((value, i) => value === i)).toBe(true);
});
