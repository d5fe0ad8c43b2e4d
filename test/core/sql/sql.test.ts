import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { all, any, ident, join, list, literal, raw, sql } from '#core/sql/sql.ts';
import { openTestWorkspace, type TestWorkspace } from '../../support/workspace.ts';

let workspace: TestWorkspace;
beforeAll(async () => {
  workspace = await openTestWorkspace();
});
afterAll(() => workspace.close());

describe('the sql tag', () => {
  it('binds values and splices SQL, keeping their order', () => {
    const inner = sql`b = ${2}`;
    expect(sql`a = ${1} AND ${inner} AND c = ${'x'}`).toEqual({
      text: 'a = ? AND b = ? AND c = ?',
      values: [1, 2, 'x'],
    });
  });

  it('joins, and has an answer for nothing', () => {
    expect(join([sql`${1}`, sql`${2}`])).toEqual({ text: '?, ?', values: [1, 2] });
    expect(all([])).toEqual(raw('true'));
    expect(any([])).toEqual(raw('false'));
    expect(all([raw('a'), raw('b')]).text).toBe('(a) AND (b)');
    expect(list([])).toEqual(raw('(NULL)'));
  });

  it('quotes identifiers part by part', () => {
    expect(ident('a"b', 'c').text).toBe('"a""b"."c"');
  });

  it('takes any text as a value or a literal without changing it', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'grapheme' }), async (text) => {
        const clean = text.replaceAll('\0', '');
        const row = await workspace.context.engine.first<{ bound: string; written: string }>(
          sql`SELECT ${clean} AS bound, ${literal(clean)} AS written`,
        );
        expect(row).toEqual({ bound: clean, written: clean });
      }),
      { numRuns: 60 },
    );
  });

  it('keeps whole numbers exact up to 2^53', async () => {
    await fc.assert(
      fc.asyncProperty(fc.maxSafeInteger(), async (n) => {
        const row = await workspace.context.engine.first<{ n: string }>(
          sql`SELECT CAST(${n} AS VARCHAR) AS n`,
        );
        expect(row?.n).toBe(String(n));
      }),
      { numRuns: 40 },
    );
  });
});
