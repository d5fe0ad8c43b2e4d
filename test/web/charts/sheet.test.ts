import { compile, type TopLevelSpec } from 'vega-lite';
import { describe, expect, it } from 'vitest';
import type { Spec } from '../../../web/src/charts/chart.ts';
import { lines, sheet, titled } from '../../../web/src/charts/sheet.ts';

const drawing = (name: string): Spec =>
  ({
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    description: name,
    width: 'container',
    height: 90,
    autosize: { type: 'fit', contains: 'padding' },
    config: { font: 'Inter' },
    layer: [
      {
        data: { values: [{ v: 1 }] },
        mark: { type: 'point' },
        encoding: { x: { field: 'v', type: 'quantitative' } },
      },
    ],
  }) as unknown as Spec;
const frame = {
  title: 'Un hallazgo',
  subtitle: ['Qué', 'Al 31 oct'],
  background: 'white',
  ink: 'black',
  soft: 'gray',
};

describe('lines of words', () => {
  it.each([
    ['uno dos tres', 7, ['uno dos', 'tres']],
    ['  uno   dos ', 20, ['uno dos']],
    ['larguísimo no', 4, ['larguísimo', 'no']],
    ['', 4, []],
  ])('%j in %i', (text, width, expected) => {
    expect(lines(text, width)).toEqual(expected);
  });

  it('keep figures together that are held by a hard space', () => {
    expect(lines('hasta 20\u00a0000 cuentas', 9)).toEqual(['hasta', '20\u00a0000', 'cuentas']);
  });
});

describe('a sheet for a file', () => {
  it('of one drawing is that drawing, at its width', () => {
    const one = sheet([{ title: '', spec: drawing('a') }], 720);
    expect(one).toMatchObject({ width: 720, height: 90, description: 'a' });
  });

  it('of several has them two by two, each named, with title, note and date over all', () => {
    const all = sheet(
      ['a', 'b', 'c'].map((title) => ({ title, spec: drawing(`de ${title}`) })),
      720,
    );
    const whole = titled(all, frame) as unknown as {
      columns: number;
      concat: { title: { text: string }; width: number }[];
      title: { text: string[]; subtitle: string[] };
      description: string;
    };
    expect(whole.columns).toBe(2);
    expect(whole.concat.map(({ title }) => title.text)).toEqual(['a', 'b', 'c']);
    expect(whole.title).toMatchObject({ text: ['Un hallazgo'], subtitle: ['Qué', 'Al 31 oct'] });
    expect(whole.description).toBe('a: de a b: de b c: de c');
    expect(compile(whole as unknown as TopLevelSpec).spec.marks).toHaveLength(3);
  });

  it('of nothing is refused', () => {
    expect(() => sheet([], 720)).toThrow('a sheet needs a drawing');
  });
});
