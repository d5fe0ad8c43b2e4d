import type { z } from 'zod';
import type { profileResult } from '#core/contract/portfolio.ts';
import { tableRows } from '#core/portfolio/kpis/summary.ts';
import type { QualityScope } from '#core/portfolio/quality/check.ts';
import { qualityChecks } from '#core/portfolio/quality/checks.ts';
import { columnProfile } from '#core/portfolio/quality/column-profile.ts';
import { type Figures, type Finding, judge, verdictOf } from '#core/portfolio/quality/judge.ts';
import { tableNamed } from '#core/portfolio/tables.ts';
import { showSql } from '#core/sql/show.ts';
import { sql } from '#core/sql/sql.ts';
import { dataVersion } from '../../store/data-version.ts';
import { type QualityReport, saveQuality } from '../../store/quality.ts';
import { instant, workspaceToday } from '../../store/workspace.ts';
import { jobKind, type StepRun } from '../job.ts';

type ProfileResult = z.output<typeof profileResult>;
type Columns = QualityReport['columns'];
interface ColumnsOutput {
  dataVersion: string;
  rows: Record<string, number>;
  columns: Columns;
}
interface ChecksOutput {
  report: QualityReport;
}

async function profileColumns(step: StepRun<unknown>): Promise<ColumnsOutput> {
  const { engine } = step.context;
  const version = await dataVersion(engine);
  const counted = await engine.rows<{ table_name: string; row_count: number }>(tableRows(engine.dialect));
  const held = counted.filter(({ row_count }) => row_count > 0);
  const columns: Columns = [];
  for (const [i, { table_name, row_count }] of held.entries()) {
    step.checkCancelled();
    step.progress(i / held.length, table_name);
    const table = tableNamed(table_name);
    if (!table) continue;
    const figures = await engine.first<Record<string, string | number | null>>(
      columnProfile(engine.dialect, table, row_count),
    );
    for (const [column, { type, tag }] of Object.entries(table.columns)) {
      const figure = (name: string) => figures?.[`${column}:${name}`] ?? null;
      columns.push({
        table: table_name,
        column,
        type,
        rows: row_count,
        nulls: row_count - Number(figure('filled')),
        distinct: Number(figure('distinct')),
        minimum: figure('minimum') as string | null,
        maximum: figure('maximum') as string | null,
        tag: tag ?? null,
      });
    }
  }
  const rows = Object.fromEntries(counted.map(({ table_name, row_count }) => [table_name, row_count]));
  return { dataVersion: version, rows, columns };
}

async function scopeOf(step: StepRun<unknown>, { rows, columns }: ColumnsOutput): Promise<QualityScope> {
  const filled = new Set(
    columns.filter((one) => one.nulls < one.rows).map((one) => `${one.table}.${one.column}`),
  );
  const live = await step.context.engine.rows<{ load_id: number; tables: string }>(
    sql`SELECT load_id, tables FROM loads WHERE state = 'live' ORDER BY load_id`,
  );
  const loads = live.map(({ load_id, tables: held }) => ({
    id: load_id,
    tables: new Set((JSON.parse(held) as { table: string }[]).map(({ table }) => table)),
  }));
  return {
    dialect: step.context.engine.dialect,
    today: await workspaceToday(step.context),
    rowsOf: (table) => rows[table] ?? 0,
    isFilled: (table, column) => filled.has(`${table}.${column}`),
    loadsOf: (table) => loads.filter((load) => load.tables.has(table)).map((load) => load.id),
  };
}

async function runChecks(step: StepRun<unknown>, profiled: ColumnsOutput): Promise<ChecksOutput> {
  const { engine } = step.context;
  const scope = await scopeOf(step, profiled);
  const probes = qualityChecks.flatMap((check) => check.probes(scope).map((probe) => ({ check, probe })));
  const findings: (Finding & { sql: string })[] = [];
  for (const [i, { check, probe }] of probes.entries()) {
    step.checkCancelled();
    step.progress(i / probes.length, `${i + 1}/${probes.length}`);
    const figures = await engine.first<Figures>(probe.statement);
    findings.push({
      ...judge(check, probe, figures ?? { affected: 0, looked_at: 0 }),
      sql: showSql(probe.statement),
    });
  }
  return {
    report: {
      verdict: verdictOf(findings),
      checks: findings.map(({ share: _, ...finding }) => finding),
      columns: profiled.columns,
    },
  };
}

/** Describes every column and looks for what can be wrong with the data. */
export default jobKind<unknown>({
  steps: [
    { name: 'columns', run: async (step) => ({ output: await profileColumns(step) }) },
    {
      name: 'checks',
      run: async (step) => ({ output: await runChecks(step, step.outputs.columns as ColumnsOutput) }),
    },
    {
      name: 'write',
      run: async (step) => {
        const { dataVersion: version } = step.outputs.columns as ColumnsOutput;
        const { report } = step.outputs.checks as ChecksOutput;
        return {
          output: {},
          publish: (session) =>
            saveQuality(session, {
              id: step.jobId,
              dataVersion: version,
              report,
              at: instant(step.context.now()),
              by: step.by,
            }),
        };
      },
    },
  ],
  result: (outputs): ProfileResult => {
    const { rows } = outputs.columns as ColumnsOutput;
    const { report } = outputs.checks as ChecksOutput;
    return {
      rows: Object.values(rows).reduce((sum, n) => sum + n, 0),
      verdict: report.verdict,
      remarks: report.checks.filter((check) => !check.passed).length,
    };
  },
  audit: (outputs) => ({ verdict: (outputs.checks as ChecksOutput).report.verdict }),
});
