import type { QueryChart, QueryPage } from '#core/contract/query.ts';

export type ResultColumn = QueryPage['columns'][number];
export type ResultRow = QueryPage['rows'][number];
export type ColumnKind = 'quantity' | 'time' | 'category';

const quantity = /^(U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?|DECIMAL|DOUBLE|FLOAT)(\(|$)/;
const time = /^(DATE|TIMESTAMP)/;

/** What a column can be in a chart, by the engine's name of its type. */
export function kindOf({ type }: ResultColumn): ColumnKind {
  if (quantity.test(type)) return 'quantity';
  return time.test(type) ? 'time' : 'category';
}

const mostColours = 5;
const mostCells = 400;

const distinct = (rows: readonly ResultRow[], at: number, most: number): number => {
  const seen = new Set<unknown>();
  for (const row of rows) {
    seen.add(row[at]);
    if (seen.size > most) break;
  }
  return seen.size;
};

/**
 * A chart that fits the columns of a result: a line over time, bars by category, a map of two categories, points of
 * two quantities. Null where there is nothing to draw.
 */
export function defaultChart(
  columns: readonly ResultColumn[],
  rows: readonly ResultRow[],
): QueryChart | null {
  const of = (kind: ColumnKind) =>
    columns.flatMap((column, at) => (kindOf(column) === kind ? [{ name: column.name, at }] : []));
  const [times, quantities, categories] = [of('time'), of('quantity'), of('category')];
  const few = categories.find(({ at }) => distinct(rows, at, mostColours) <= mostColours);
  const chart = (kind: QueryChart['kind'], x: string, y: string | null, more: Partial<QueryChart> = {}) => ({
    kind,
    x,
    y,
    colour: null,
    aggregate: 'none' as const,
    spec: null,
    ...more,
  });
  const [first, second] = quantities;
  const [time] = times;
  if (!rows.length) return null;
  if (time && first) return chart('line', time.name, first.name, { colour: few?.name ?? null });
  const [one, other] = categories;
  if (one && other && first) {
    if (distinct(rows, other.at, mostColours) <= mostColours)
      return chart('bar', one.name, first.name, { colour: other.name });
    if (rows.length <= mostCells) return chart('heat', one.name, other.name, { colour: first.name });
  }
  if (one && first) return chart('bar', one.name, first.name);
  if (first && second) return chart('point', first.name, second.name);
  if (one) return chart('bar', one.name, null, { aggregate: 'count' });
  if (time) return chart('line', time.name, null, { aggregate: 'count' });
  return null;
}

/** Whether every column a chart names is in the result. */
export const fits = (chart: QueryChart, columns: readonly ResultColumn[]): boolean => {
  const names = new Set(columns.map(({ name }) => name));
  return [chart.x, chart.y, chart.colour].every((name) => name === null || names.has(name));
};

/** Rows as a chart takes them: exact numbers as numbers, the rest as it is. */
export function chartRows(
  columns: readonly ResultColumn[],
  rows: readonly ResultRow[],
): Record<string, ResultRow[number]>[] {
  const isQuantity = columns.map((column) => kindOf(column) === 'quantity');
  return rows.map((row) =>
    Object.fromEntries(
      columns.map(({ name }, i) => {
        const value = row[i] ?? null;
        return [name, isQuantity[i] && typeof value === 'string' ? Number(value) : value];
      }),
    ),
  );
}
