import { columnProfile, rowCounts } from '#core/portfolio/quality/column-profile.ts';
import { type MonthRows, monthRows, timedTables } from '#core/portfolio/quality/months.ts';
import { tableNamed, tableNames } from '#core/portfolio/tables.ts';
import type { QualityReport } from '../../store/portfolio/quality.ts';
import { relationOf } from '../../store/portfolio/quality-scope.ts';
import type { StepRun } from '../job.ts';

export interface ColumnsOutput {
  rows: Record<string, number>;
  columns: QualityReport['columns'];
  months: QualityReport['months'];
}

/** Counts rows and describes every column, of everything or of one load; then rows by month where rows have a date. */
export async function profileColumns(
  step: StepRun<unknown>,
  load: number | null,
  progress: (done: number, note: string) => void,
): Promise<ColumnsOutput> {
  const { engine } = step.context;
  const relation = relationOf(load);
  const counted = await engine.rows<{ table_name: string; row_count: number }>(
    rowCounts(
      engine.dialect,
      tableNames.map((name) => [name, relation(name)]),
    ),
  );
  const held = counted.filter(({ row_count }) => row_count > 0);
  const output: ColumnsOutput = {
    rows: Object.fromEntries(counted.map(({ table_name, row_count }) => [table_name, row_count])),
    columns: [],
    months: [],
  };
  for (const [i, { table_name, row_count }] of held.entries()) {
    step.checkCancelled();
    progress(i / held.length, table_name);
    output.columns.push(...(await describe(step, table_name, load, row_count)));
    step.checkCancelled();
    if (timedTables.includes(table_name))
      output.months.push({ table: table_name, months: await readMonths(step, table_name, load) });
  }
  return output;
}

async function describe(step: StepRun<unknown>, name: string, load: number | null, rows: number) {
  const { engine } = step.context;
  const table = tableNamed(name);
  if (!table) return [];
  const figures = await engine.first<Record<string, string | number | null>>(
    columnProfile(engine.dialect, table, relationOf(load)(name), rows),
  );
  return Object.entries(table.columns).map(([column, { type, tag }]) => {
    const figure = (key: string) => figures?.[`${column}:${key}`] ?? null;
    return {
      table: name,
      column,
      type,
      rows,
      nulls: rows - Number(figure('filled')),
      distinct: Number(figure('distinct')),
      minimum: figure('minimum') as string | null,
      maximum: figure('maximum') as string | null,
      tag: tag ?? null,
    };
  });
}

async function readMonths(step: StepRun<unknown>, name: string, load: number | null): Promise<MonthRows[]> {
  const { engine } = step.context;
  const table = tableNamed(name);
  if (!table) return [];
  const rows = await engine.rows<Record<string, number> & { month: string; row_count: number }>(
    monthRows(engine.dialect, table, relationOf(load)(name)),
  );
  return rows.map((row) => ({
    month: String(row.month).slice(0, 10),
    rows: row.row_count,
    filled: Object.fromEntries(
      Object.keys(table.columns).map((column) => [column, row[`${column}:filled`] ?? 0]),
    ),
  }));
}
