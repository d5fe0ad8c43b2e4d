import type { Locale } from '#core/text/text.ts';

/** One part of a notebook: what stands between two lines that begin with `// %%`. */
export interface Cell {
  number: number;
  kind: 'prose' | 'code';
  /** Words after `// %%`. */
  title: string;
  /** Language of the prose; null: for every reader. */
  language: Locale | null;
  /** Markdown, or TypeScript as it stands in the file. */
  source: string;
  /** Line of the file at which the cell begins, from 1. */
  line: number;
}

const marker = /^\/\/ %%(?<title>[^[]*)(?<prose>\[markdown\])?(?:\s+lang="(?<language>es|en)")?\s*$/;

const asMarkdown = (lines: readonly string[]): string =>
  lines.map((line) => line.replace(/^\/\/ ?/, '')).join('\n');

/**
 * Reads a notebook in the percent format of Jupytext: a TypeScript module in which `// %% title` begins a cell of
 * code and `// %% [markdown] lang="es"` one of prose, written as comments. What stands before the first marker is
 * a cell of code too, unless it is empty.
 */
export function readCells(file: string): Cell[] {
  const cells: Cell[] = [];
  let current = { heading: undefined as RegExpMatchArray | undefined, lines: [] as string[], line: 1 };
  const close = () => {
    const { heading, lines, line } = current;
    const kind = heading?.groups?.prose ? 'prose' : 'code';
    const source = (kind === 'prose' ? asMarkdown(lines) : lines.join('\n')).trim();
    if (!heading && source === '') return;
    cells.push({
      number: cells.length,
      kind,
      title: heading?.groups?.title?.trim() ?? '',
      language: (heading?.groups?.language as Locale | undefined) ?? null,
      source,
      line,
    });
  };
  file.split('\n').forEach((text, i) => {
    const heading = text.match(marker) ?? undefined;
    if (!heading) {
      current.lines.push(text);
      return;
    }
    close();
    current = { heading, lines: [], line: i + 1 };
  });
  close();
  return cells;
}

/** The notebook as a module that says which cell of code it has come to; every line keeps its place. */
export function withMarks(file: string, kit: string): string {
  const lines = file.split('\n');
  for (const { kind, number, line } of readCells(file))
    if (kind === 'code' && marker.test(lines[line - 1]!)) lines[line - 1] = `__enterCell(${number});`;
  return [...lines, `import { enterCell as __enterCell } from ${JSON.stringify(kit)};`].join('\n');
}
