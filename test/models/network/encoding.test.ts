import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Matrix, MatrixColumn } from '#models/matrix.ts';
import { fromBase64, toBase64 } from '#models/network/bytes.ts';
import { encode, learnEncoding, widthOf } from '#models/network/encoding.ts';

const numeric = (...values: number[]): MatrixColumn => ({
  name: 'x',
  kind: 'numeric',
  values: Float64Array.from(values),
});
const matrixOf = (column: MatrixColumn): Matrix => {
  const rows = column.kind === 'numeric' ? column.values.length : column.codes.length;
  return { rows, columns: [column], groups: new Int32Array(rows), day: new Int32Array(rows) };
};
const all = (column: MatrixColumn) => Int32Array.from({ length: matrixOf(column).rows }, (_, i) => i);
const { NaN: missing, POSITIVE_INFINITY: infinite } = Number;

describe('numbers of a network as text', () => {
  it('come back bit for bit', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ noNaN: true, noDefaultInfinity: true })), (values) => {
        expect(fromBase64(toBase64(Float64Array.from(values)))).toEqual(Float64Array.from(values));
      }),
    );
    const one = Float64Array.of(1 / 3, -0, 5e-324);
    expect(toBase64(one)).toBe(Buffer.from(one.buffer).toString('base64'));
  });

  it('cut short, altered or not finite are none', () => {
    const text = toBase64(Float64Array.of(1, 2, 3));
    expect(fromBase64(text.slice(0, -8))).toBeNull();
    expect(fromBase64(text.replace('A', '?'))).toBeNull();
    expect(fromBase64(Buffer.from(Float64Array.of(Number.NaN).buffer).toString('base64'))).toBeNull();
  });
});

describe('columns as inputs', () => {
  it('learn from the rows given alone', () => {
    const column = numeric(1, 2, 3, 4, 5, 1e9, -1e9);
    const few = learnEncoding([column], Int32Array.of(0, 1, 2, 3, 4), 'rank');
    expect(few).toEqual(learnEncoding([numeric(1, 2, 3, 4, 5)], all(numeric(1, 2, 3, 4, 5)), 'rank'));
  });

  it.each(['rank', 'robust'] as const)(
    'by %s keep order, bound outliers and take the infinite',
    (scaling) => {
      const column = numeric(...Array.from({ length: 500 }, (_, i) => i), 1e12, infinite, -infinite, missing);
      const encodings = learnEncoding([column], all(column), scaling);
      const inputs = encode(encodings, matrixOf(column));
      const values = Array.from({ length: 504 }, (_, i) => inputs[2 * i]!);
      expect(values.slice(0, 500)).toEqual(values.slice(0, 500).toSorted((a, b) => a - b));
      expect(values.every((value) => Math.abs(value) <= 5)).toBe(true);
      expect(values[501]).toBeGreaterThanOrEqual(values[500]!);
      expect(values[502]).toBeLessThanOrEqual(values[0]!);
      expect([...inputs.subarray(2 * 503)]).toEqual([0, 1]);
    },
  );

  it('by rank give ties their mean place', () => {
    const column = numeric(0, 0, 0, 0, 7);
    const [encoding] = learnEncoding([column], all(column), 'rank');
    expect(encoding).toMatchObject({ from: [0, 7], missing: false });
    const [low, high] = encode([encoding!], matrixOf(numeric(0, 7)));
    expect(low).toBeCloseTo(-0.253347, 5);
    expect(high).toBeCloseTo(1.281552, 5);
    expect(encode([encoding!], matrixOf(numeric(missing)))).toEqual(Float64Array.of(0));
  });

  it('leave out what does not vary and keep what is there or not', () => {
    for (const column of [numeric(3, 3, 3), numeric(missing, missing)])
      expect(learnEncoding([column], all(column), 'rank')).toEqual([]);
    const sometimes = numeric(3, missing, 3);
    const encodings = learnEncoding([sometimes], all(sometimes), 'robust');
    expect([...encode(encodings, matrixOf(sometimes))]).toEqual([0, 0, 0, 1, 0, 0]);
  });

  it('give a category its input, the rare and the unknown one together, the missing its own', () => {
    const codes = Int32Array.from([...Array<number>(20).fill(0), ...Array<number>(12).fill(1), 2, -1]);
    const column: MatrixColumn = { name: 'c', kind: 'categorical', codes, categories: ['a', 'b', 'rare'] };
    const encodings = learnEncoding([column], all(column), 'rank');
    expect(encodings).toEqual([{ kind: 'categorical', name: 'c', categories: ['a', 'b'] }]);
    expect(widthOf(encodings[0]!)).toBe(4);
    const later: MatrixColumn = {
      name: 'c',
      kind: 'categorical',
      codes: Int32Array.of(0, 1, 2, -1),
      categories: ['never seen', 'b', 'a'],
    };
    expect([...encode(encodings, matrixOf(later))]).toEqual([0, 0, 1, 0, 0, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 1]);
  });
});
