import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { double } from '#core/sql/double.ts';
import { join, sql } from '#core/sql/sql.ts';
import { openTestWorkspace, type TestWorkspace } from '../../support/workspace.ts';

let workspace: TestWorkspace;
beforeAll(async () => {
  workspace = await openTestWorkspace();
});
afterAll(() => workspace.close());

describe('double', () => {
  it.each([
    [1, '1e0'],
    [-0.1, '-0.1e0'],
    [1e-7, '1e-7'],
    [1.5e300, '1.5e+300'],
  ])('writes %d as %s', (value, text) => {
    expect(double(value)).toEqual({ text, values: [] });
  });

  it('refuses what is not a finite number', () => {
    expect(() => double(Number.NaN)).toThrow(RangeError);
    expect(() => double(Number.POSITIVE_INFINITY)).toThrow(RangeError);
  });

  it('is read back by the engine as the same double', async () => {
    const numbers = fc.sample(fc.double({ noNaN: true, noDefaultInfinity: true }), 200);
    const given = [...numbers, 0.1, 1 / 3, 2 ** 53 + 2, 5e-324, Number.MAX_VALUE].map((x) =>
      x === 0 ? 0 : x,
    );
    const row = await workspace.context.engine.columns(sql`SELECT unnest([${join(given.map(double))}]) AS x`);
    const column = row.columns.get('x');
    expect(column?.kind === 'numeric' ? [...column.values] : []).toEqual(given);
  });
});
