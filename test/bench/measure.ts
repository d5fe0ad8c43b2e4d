/** A table of what was measured. */
export interface Measured {
  head: readonly string[];
  rows: readonly (readonly (string | number | null)[])[];
}

export interface Bench {
  accounts: number;
  threads: number;
  memoryLimit: string;
  /** Private, removed at the end. */
  folder: string;
  tell(line: string): void;
}

/** One file of `measures/` is one measure; its name is the file's. */
export interface Measure {
  title: string;
  /** What is compared with what, and how; one paragraph of RESULTS.md. */
  about: string;
  /** Accounts when none are asked for. */
  accounts: number;
  /** Memory of the engine; 8 GB when nothing is said. */
  memoryLimit?: string;
  run(bench: Bench): Promise<Measured>;
}

export const defineMeasure = (measure: Measure): Measure => measure;

export async function seconds(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return (performance.now() - began) / 1000;
}

/** The middle one, or the mean of the middle two. */
export function middle(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length / 2;
  return ((sorted[Math.ceil(half) - 1] ?? Number.NaN) + (sorted[Math.floor(half)] ?? Number.NaN)) / 2;
}

/** Ours beside theirs, in seconds, with the ratio. */
export const beside = (what: string, rows: number, ours: number, theirs: number | null) =>
  [what, rows, ours, theirs, theirs === null ? null : ours / theirs] as const;
export const besideHead = ['what', 'rows', 'Ensayo, s', 'plain, s', 'ratio'] as const;

const number = (value: number): string =>
  Number.isInteger(value)
    ? value.toLocaleString('en')
    : value.toLocaleString('en', { maximumSignificantDigits: 3 });

export const markdown = ({ head, rows }: Measured): string =>
  [
    `| ${head.join(' | ')} |`,
    `| ${head.map((_, i) => (i ? '---:' : '---')).join(' | ')} |`,
    ...rows.map(
      (row) =>
        `| ${row.map((cell) => (typeof cell === 'number' ? number(cell) : (cell ?? '–'))).join(' | ')} |`,
    ),
  ].join('\n');
