import type { HandBins } from '#core/scorecard/bins.ts';
import type { Fine } from '#core/scorecard/edit.ts';
import type { Tally } from '#core/scorecard/evidence.ts';
import type { Dialect } from '#core/sql/dialects/dialect.ts';
import { double } from '#core/sql/double.ts';
import { ident, join, raw, type Sql, sql } from '#core/sql/sql.ts';
import { between } from './bin-numeric.ts';

/** Cells a numeric column is cut into at most, beside those its present cuts ask for. */
const fineCells = 200;
/** Categories told apart, the most frequent first. */
const maxCategories = 400;

export interface FineColumn {
  name: string;
  kind: 'numeric' | 'categorical';
  /** Cuts that must stay edges. */
  bins?: HandBins | undefined;
}

/** A cell as the engine counts it; `column_at` is the place in the list of columns. */
export interface CellRow {
  column_at: number;
  low: number | null;
  high: number | null;
  category: string | null;
  missing: boolean;
  n: number;
  events: number;
}

/**
 * Rows and events of every column in cells of about equal size: of numbers, neighbouring values (equal ones stay
 * together, and no cell crosses a present cut); of text, its values. One statement over `rows` (row_target,
 * row_weight and the columns), read once.
 */
export function selectFineTallies(dialect: Dialect, rows: Sql, columns: readonly FineColumn[]): Sql {
  const parts = columns.flatMap((column, at) =>
    column.kind === 'numeric' ? numericCells(dialect, column, at) : categoryCells(dialect, column, at),
  );
  return sql`WITH tallied AS (${rows})
${join(parts, '\nUNION ALL\n')}
ORDER BY column_at, missing, low, category`;
}

const sums = (dialect: Dialect): Sql =>
  sql`${dialect.float(sql`sum(row_weight)`)} AS n, ${dialect.float(sql`sum(row_weight * row_target)`)} AS events`;
const none = (type: 'DOUBLE' | 'VARCHAR'): Sql => raw(`CAST(NULL AS ${type})`);

function missingCell(dialect: Dialect, name: string, at: number): Sql {
  return sql`SELECT ${at} AS column_at, ${none('DOUBLE')} AS low, ${none('DOUBLE')} AS high, ${none('VARCHAR')} AS category,
  true AS missing, ${sums(dialect)} FROM tallied WHERE ${ident(name)} IS NULL HAVING count(*) > 0`;
}

function numericCells(dialect: Dialect, { name, bins }: FineColumn, at: number): Sql[] {
  const value = ident(name);
  const cuts = bins && 'cuts' in bins ? bins.cuts : [];
  const bin =
    cuts.length > 0
      ? sql`CASE ${join(
          cuts.map((cut, i) => sql`WHEN ${value} <= ${double(cut)} THEN ${i}`),
          ' ',
        )} ELSE ${cuts.length} END`
      : raw('0');
  return [
    sql`SELECT ${at} AS column_at, min(x) AS low, max(x) AS high, ${none('VARCHAR')} AS category, false AS missing, ${sums(dialect)}
FROM (SELECT x, bin, row_weight, row_target, min(tile) OVER (PARTITION BY x) AS cell
  FROM (SELECT ${value} AS x, ${bin} AS bin, row_weight, row_target, ntile(${raw(String(fineCells))}) OVER (ORDER BY ${value}) AS tile
    FROM tallied WHERE ${value} IS NOT NULL) t) c
GROUP BY bin, cell`,
    missingCell(dialect, name, at),
  ];
}

function categoryCells(dialect: Dialect, { name }: FineColumn, at: number): Sql[] {
  const value = ident(name);
  return [
    sql`SELECT column_at, low, high, category, missing, n, events FROM (
  SELECT ${at} AS column_at, ${none('DOUBLE')} AS low, ${none('DOUBLE')} AS high, ${value} AS category, false AS missing, ${sums(dialect)},
    row_number() OVER (ORDER BY sum(row_weight) DESC, ${value}) AS place
  FROM tallied WHERE ${value} IS NOT NULL GROUP BY ${value}) c WHERE place <= ${raw(String(maxCategories))}`,
    missingCell(dialect, name, at),
  ];
}

/** The cells of one column as the page edits them. Edges are short numbers between two cells, or the present cuts. */
export function fineOf(column: FineColumn, found: readonly CellRow[]): Fine {
  const absent = found.find(({ missing }) => missing);
  const missing: Tally = absent ? { n: absent.n, events: absent.events } : { n: 0, events: 0 };
  const cells = found.filter((cell) => !cell.missing);
  if (column.kind === 'categorical')
    return {
      kind: 'categorical',
      cells: cells.map(({ category, n, events }) => ({ name: category ?? '', n, events })),
      missing,
    };
  const cuts = column.bins && 'cuts' in column.bins ? column.bins.cuts : [];
  const edges = cells.slice(1).map((cell, i) => {
    const [high, low] = [cells[i]!.high!, cell.low!];
    return cuts.find((cut) => cut >= high && cut < low) ?? between(high, low);
  });
  return {
    kind: 'numeric',
    edges,
    cells: cells.length > 0 ? cells.map(({ n, events }) => ({ n, events })) : [{ n: 0, events: 0 }],
    missing,
  };
}
