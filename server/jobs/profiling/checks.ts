import { absences } from '#core/portfolio/quality/allows.ts';
import type { Probe, QualityCheck, QualityScope } from '#core/portfolio/quality/check.ts';
import { byImportance, type Figures, type Finding, judge, verdictOf } from '#core/portfolio/quality/judge.ts';
import { countOf, isRowsProbe, loadsOfOffenders } from '#core/portfolio/quality/rows-probe.ts';
import { showSql } from '#core/sql/show.ts';
import type { QualityReport } from '../../store/portfolio/quality.ts';
import { checksOf, scopeOf } from '../../store/portfolio/quality-scope.ts';
import type { StepRun } from '../job.ts';
import type { ColumnsOutput } from './columns.ts';
import type { DriftOutput } from './drift.ts';

type Check = QualityReport['checks'][number];

/** Asks every question of every check, and puts the report together. */
export async function runChecks(
  step: StepRun<unknown>,
  load: number | null,
  described: ColumnsOutput,
  drift: DriftOutput,
  progress: (done: number, note: string) => void,
): Promise<QualityReport> {
  const scope = await scopeOf(step.context, { load, ...described, ...drift });
  const probes = checksOf(step.context).flatMap(([id, check]) =>
    check.probes(scope).map((probe) => ({ id, check, probe })),
  );
  const found: { finding: Finding; check: Check }[] = [];
  for (const [i, { id, check, probe }] of probes.entries()) {
    step.checkCancelled();
    progress(i / probes.length, `${i + 1}/${probes.length}`);
    found.push(await ask(step, scope, id, check, probe));
  }
  found.sort((a, b) => byImportance(a.finding, b.finding));
  const failed = (severity: Finding['severity']) =>
    found.filter(({ finding }) => !finding.passed && finding.severity === severity).length;
  return {
    verdict: verdictOf(found.map(({ finding }) => finding)),
    load,
    rows: Object.values(described.rows).reduce((sum, n) => sum + n, 0),
    serious: failed('serious'),
    remarks: failed('remark'),
    checks: found.map(({ check }) => check),
    columns: described.columns,
    absent: absences(scope.rowsOf, scope.isFilled).filter(({ column }) => load === null || column !== null),
    shifts: drift.shifts,
    series: drift.series,
    months: described.months,
  };
}

async function ask(
  step: StepRun<unknown>,
  scope: QualityScope,
  id: string,
  check: QualityCheck,
  probe: Probe,
): Promise<{ finding: Finding; check: Check }> {
  const { engine } = step.context;
  const statement = isRowsProbe(probe) ? countOf(scope, probe) : probe.statement;
  const figures: Figures | undefined =
    'severity' in probe
      ? { affected: probe.affected, looked_at: probe.lookedAt }
      : await engine.first<Figures>(statement);
  const finding = judge(id, check, probe, figures ?? { affected: 0, looked_at: 0 });
  const broken = isRowsProbe(probe) && finding.rows > 0;
  const loads =
    broken && !finding.passed
      ? await engine.rows<{ load_id: number; affected: number }>(
          loadsOfOffenders(engine.dialect, scope, probe),
        )
      : [];
  const { order: _, ...shown } = finding;
  return {
    finding,
    check: {
      ...shown,
      loads: loads.map(({ load_id, affected }) => ({ load: load_id, rows: affected })),
      hasRows: broken,
      sql: showSql(statement),
    },
  };
}
