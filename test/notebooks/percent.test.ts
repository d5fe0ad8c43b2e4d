import { describe, expect, it } from 'vitest';
import { readCells, withMarks } from '../../notebooks/kit/percent.ts';

const file = `import { a } from './a.ts';

// %% [markdown] lang="es"
// # Título
//
// Un párrafo.

// %% First cell
const one = a(1);

// %% [markdown]
// For everybody
// %%
export const two = one + 1;
`;

describe('cells of a notebook', () => {
  it('are told apart by kind, title, language and line', () => {
    expect(
      readCells(file).map(({ kind, title, language, line, source }) => ({
        kind,
        title,
        language,
        line,
        source,
      })),
    ).toEqual([
      { kind: 'code', title: '', language: null, line: 1, source: "import { a } from './a.ts';" },
      { kind: 'prose', title: '', language: 'es', line: 3, source: '# Título\n\nUn párrafo.' },
      { kind: 'code', title: 'First cell', language: null, line: 8, source: 'const one = a(1);' },
      { kind: 'prose', title: '', language: null, line: 11, source: 'For everybody' },
      { kind: 'code', title: '', language: null, line: 13, source: 'export const two = one + 1;' },
    ]);
  });

  it('are numbered in their order, and an empty beginning is none', () => {
    expect(readCells(file).map(({ number }) => number)).toEqual([0, 1, 2, 3, 4]);
    expect(readCells('\n\n// %%\nlet a = 1;').map(({ kind }) => kind)).toEqual(['code']);
    expect(readCells('')).toEqual([]);
  });

  it('are marked without moving a line', () => {
    const marked = withMarks(file, '/kit.ts').split('\n');
    expect(marked.slice(0, 7)).toEqual(file.split('\n').slice(0, 7));
    expect(marked.at(-1)).toBe(`import { enterCell as __enterCell } from "/kit.ts";`);
    expect(marked[7]).toBe('__enterCell(2);');
    expect(marked[12]).toBe('__enterCell(4);');
  });
});
