import { describe, expect, it } from 'vitest';
import { readHeader } from '#server/sources/csv/csv-header.ts';

describe('readHeader', () => {
  it.each([
    ['a,b,c\n1,2,3\n', ',', ['a', 'b', 'c'], 0],
    ['a;b\r\n1;2\r\n', ';', ['a', 'b'], 0],
    ['a\tb\n', '\t', ['a', 'b'], 0],
    ['a|b', '|', ['a', 'b'], 0],
    ['\uFEFFid;"last, first"\n', ';', ['id', 'last, first'], 0],
    ['"two\nlines",b\n', ',', ['two\nlines', 'b'], 0],
    ['\n\r\n a , b \n', ',', ['a', 'b'], 2],
    ['only\n1\n', ',', ['only'], 0],
    ['a,,c\n', ',', ['a', 'column_2', 'c'], 0],
  ])('of %j', (sample, delimiter, columns, skip) => {
    expect(readHeader(sample, 'x.csv')).toEqual({ delimiter, columns, skip });
  });

  it('takes the delimiter stated', () => {
    expect(readHeader('a,b;c\n', 'x.csv', ';').columns).toEqual(['a,b', 'c']);
  });

  it('says which delimiter it looks like when the one stated reads as one column', () => {
    expect(() => readHeader('a\tb\n', 'x.csv', ',')).toThrow(
      expect.objectContaining({
        code: 'load_wrong_delimiter',
        details: { file: 'x.csv', expected: ',', found: '\\t', header: 'a\tb' },
      }),
    );
  });
});
