import type { AnalysisWarning } from '#core/contract/experiments/analyses.ts';
import { DomainError } from '#core/errors/domain-error.ts';
import {
  type Contamination,
  contaminationSql,
  withoutContaminated,
} from '#core/experiment/monitoring/contamination.ts';
import { columnNamed, metricIn, namesIn } from '#core/experiment/outside/asked.ts';
import { type Covariate, levelsSql, type OutsideTable } from '#core/experiment/outside/units.ts';
import { shownShare, warning } from '#core/experiment/outside/warnings.ts';
import { ident, type Sql, sql } from '#core/sql/sql.ts';
import type { StepRun } from '../job.ts';
import { type AnalysisInput, type OpenedTable, relationOf } from './open.ts';

/** A table whose rows can be compared, with what was found on the way. */
export interface Prepared {
  table: OutsideTable;
  warnings: AnalysisWarning[];
  /** Share of units that were in two arms. */
  contaminated: number;
}

const mostLevels = 12;

/** Finds every column asked for, and takes out rows that cannot be compared, or refuses them as asked. */
export async function prepare(step: StepRun<AnalysisInput>, opened: OpenedTable): Promise<Prepared> {
  const { input, context } = step;
  const columns = new Map(opened.columns);
  const names = [...columns.keys()];
  const column = (name: string | undefined) => (name === undefined ? null : columnNamed(name, names));
  const relation = await relationOf(step, opened);
  const metrics = namesIn(input.metric).map((text) => metricIn(text, names));
  const table: OutsideTable = {
    relation,
    columns,
    arm: columnNamed(input.arm, names),
    unit: column(input.unit),
    cluster: column(input.cluster),
    strata: namesIn(input.strata).map((name) => columnNamed(name, names)),
    metrics: metrics.filter(({ id }, i) => metrics.findIndex((one) => one.id === id) === i),
    covariates: [],
    dates: null,
  };
  for (const name of table.metrics.flatMap(({ y, d }) => [y, d ?? []].flat()))
    await refuseText(step, table, name);
  const prepared: Prepared = { table, warnings: [], contaminated: 0 };
  const { language } = context.config;
  if (opened.broken > 0) prepared.warnings.push(warning('broken_rows', { n: opened.broken }, language));
  await withoutArm(step, prepared);
  await takeOutContaminated(step, prepared);
  await takeOutEarly(step, prepared, column(input.assigned), column(input.outcomeDate));
  for (const name of namesIn(input.covariate)) {
    const found = await covariatesOf(step, table, columnNamed(name, names));
    prepared.table = { ...prepared.table, covariates: [...prepared.table.covariates, ...found] };
    await warnMissing(step, prepared, columnNamed(name, names));
  }
  return prepared;
}

const countOf = async ({ context }: StepRun<AnalysisInput>, rows: Sql, condition: Sql): Promise<number> => {
  const { engine } = context;
  const found = await engine.first<{ n: number }>(
    sql`SELECT ${engine.dialect.countIf(condition)} AS n FROM (${rows}) s`,
  );
  return found?.n ?? 0;
};

/** @throws analysis_not_numeric */
async function refuseText(step: StepRun<AnalysisInput>, table: OutsideTable, column: string): Promise<void> {
  const kind = table.columns.get(column);
  if (kind === 'number' || kind === 'boolean') return;
  const { engine } = step.context;
  const values = await engine.rows<{ value: string }>(levelsSql(engine.dialect, table.relation, column, 50));
  if (values.length === 0) return;
  const value = values.find((one) => Number.isNaN(Number(one.value)))?.value ?? values[0]!.value;
  throw new DomainError('analysis_not_numeric', { column, value: value.slice(0, 80) });
}

async function withoutArm(step: StepRun<AnalysisInput>, prepared: Prepared): Promise<void> {
  const n = await countOf(step, prepared.table.relation, sql`${ident(prepared.table.arm)} IS NULL`);
  if (n > 0) prepared.warnings.push(warning('without_arm', { n }, step.context.config.language));
}

/** @throws analysis_contaminated */
async function takeOutContaminated(step: StepRun<AnalysisInput>, prepared: Prepared): Promise<void> {
  const { relation, unit, arm } = prepared.table;
  if (unit === null) return;
  const { engine, config } = step.context;
  const found = await engine.rows<Contamination>(contaminationSql(engine.dialect, { relation, unit, arm }));
  if (found.length === 0) return;
  const units = found.reduce((sum, one) => sum + one.units, 0);
  const arms = found[0]!.arms.join(' + ');
  if (step.input.contaminated === 'fail')
    throw new DomainError('analysis_contaminated', { units, unit, arms });
  const all = await engine.first<{ n: number }>(
    sql`SELECT CAST(count(DISTINCT ${ident(unit)}) AS BIGINT) AS n FROM (${relation}) s`,
  );
  prepared.contaminated = units / (all?.n ?? units);
  const share = shownShare(prepared.contaminated);
  prepared.warnings.push(warning('contaminated', { units, arms, share }, config.language));
  prepared.table = { ...prepared.table, relation: withoutContaminated({ relation, unit, arm }) };
}

/** @throws analysis_early, analysis_not_a_date */
async function takeOutEarly(
  step: StepRun<AnalysisInput>,
  prepared: Prepared,
  assigned: string | null,
  outcome: string | null,
): Promise<void> {
  if (assigned === null || outcome === null) return;
  const { table } = prepared;
  const { engine, config } = step.context;
  for (const column of [assigned, outcome]) {
    if (table.columns.get(column) === 'date') continue;
    const [first] = await engine.rows<{ value: string }>(
      levelsSql(engine.dialect, table.relation, column, 1),
    );
    throw new DomainError('analysis_not_a_date', { column, value: first?.value.slice(0, 80) ?? '' });
  }
  const n = await countOf(step, table.relation, sql`${ident(outcome)} < ${ident(assigned)}`);
  if (n === 0) return;
  if (step.input.early === 'fail') throw new DomainError('analysis_early', { n, outcome, assigned });
  prepared.warnings.push(warning('outcomes_before_assignment', { n }, config.language));
  prepared.table = { ...table, dates: { assigned, outcome } };
}

/** A number as it is; a text by its most frequent levels, but for one that the others are held against. */
async function covariatesOf(
  step: StepRun<AnalysisInput>,
  table: OutsideTable,
  column: string,
): Promise<Covariate[]> {
  const kind = table.columns.get(column);
  if (kind === 'number' || kind === 'boolean') return [{ column, level: null }];
  const { engine } = step.context;
  const levels = await engine.rows<{ value: string }>(
    levelsSql(engine.dialect, table.relation, column, mostLevels + 1),
  );
  return levels.slice(1).map(({ value }) => ({ column, level: value }));
}

async function warnMissing(step: StepRun<AnalysisInput>, prepared: Prepared, column: string): Promise<void> {
  const n = await countOf(step, prepared.table.relation, sql`${ident(column)} IS NULL`);
  if (n > 0)
    prepared.warnings.push(warning('covariate_missing', { n, column }, step.context.config.language));
}
