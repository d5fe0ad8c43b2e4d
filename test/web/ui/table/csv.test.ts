import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toCsv } from '../../../../web/src/ui/table/csv.ts';

describe('CSV', () => {
  it.each([
    [[1234.5, 'a', null], '1234.5,a,'],
    [['a,b', 'c"d', 'e\nf'], '"a,b","c""d","e\nf"'],
    [['=1+1', '+1', '-1', '@x'], "'=1+1,'+1,'-1,'@x"],
    [[-1, Number.NaN, undefined], '-1,,'],
  ])('%j', (row, line) => {
    expect(toCsv(['h'], [row])).toBe(`\ufeffh\r\n${line}\r\n`);
  });

  it('is read back as it was', () => {
    const cell = fc.string().filter((text) => !/^[=+\-@\t\r]/.test(text));
    const rows = fc.array(fc.tuple(cell, cell), { minLength: 1 });
    fc.assert(
      fc.property(rows, (given) => {
        const back = parse(toCsv(['a', 'b'], given), { bom: true, relax_column_count: false, from_line: 1 });
        expect(back.slice(1)).toEqual(given);
      }),
    );
  });
});
