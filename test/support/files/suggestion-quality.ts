import { parse } from 'csv-parse/sync';
import type { Suggestion } from '#core/portfolio/suggest/suggestion.ts';
import type { SourceColumn } from '#core/portfolio/suggest/values/column-profile.ts';

/** The columns of a text as the engine would describe them. */
export function profileText(text: string, delimiter: string): SourceColumn[] {
  const options = {
    delimiter,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    bom: true,
  };
  const [header = [], ...rows] = parse(text, options) as string[][];
  return header.map((name, i) => {
    const counts = new Map<string, number>();
    for (const row of rows) {
      const value = (row[i] ?? '').trim();
      if (value) counts.set(value, (counts.get(value) ?? 0) + 1);
    }
    const values = [...counts].map(([value, count]) => ({ value, count })).sort((a, b) => b.count - a.count);
    const filled = values.reduce((sum, { count }) => sum + count, 0);
    return {
      name,
      type: null,
      rows: rows.length,
      filled,
      distinct: counts.size,
      values: values.slice(0, 250),
    };
  });
}

/** `table.column` and what feeds it; those a person is only asked about are left out. */
export const fedBy = ({ tables }: Suggestion): Map<string, string> =>
  new Map(
    tables.flatMap(({ table, columns }) =>
      columns.flatMap(({ column, from }): [string, string][] => (from ? [[`${table}.${column}`, from]] : [])),
    ),
  );

export interface Quality {
  proposed: number;
  right: number;
  wanted: number;
  wrong: string[];
  missed: string[];
}

/** Holds what was proposed against the truth. */
export function measure(
  name: string,
  suggestion: Suggestion,
  truth: Readonly<Record<string, string>>,
): Quality {
  const fed = fedBy(suggestion);
  const wanted = Object.entries(truth);
  const wrong = [...fed].filter(([column, from]) => truth[column] !== from);
  const missed = wanted.filter(([column, from]) => fed.get(column) !== from);
  return {
    proposed: fed.size,
    right: fed.size - wrong.length,
    wanted: wanted.length,
    wrong: wrong.map(([column, from]) => `${name}: ${column} <- ${from}`),
    missed: missed.map(([column, from]) => `${name}: ${column} <- ${from}`),
  };
}

/** Precision and recall over all files, with what was wrong and what was missed. */
export function summarise(measured: readonly Quality[]) {
  const sum = (of: (one: Quality) => number) => measured.reduce((total, one) => total + of(one), 0);
  return {
    precision: sum(({ right }) => right) / sum(({ proposed }) => proposed),
    recall: sum(({ right }) => right) / sum(({ wanted }) => wanted),
    wrong: measured.flatMap(({ wrong }) => wrong),
    missed: measured.flatMap(({ missed }) => missed),
  };
}
