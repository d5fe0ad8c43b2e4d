import type { AnalysisWarning } from '#core/contract/experiments/analyses.ts';
import { DomainError } from '#core/errors/domain-error.ts';
import { sampleRatio } from '#core/experiment/monitoring/sample-ratio.ts';
import { trustOf } from '#core/experiment/monitoring/trust.ts';
import { weightsIn } from '#core/experiment/outside/asked.ts';
import { armsSql, type OutsideTable } from '#core/experiment/outside/units.ts';
import { shownP, warning } from '#core/experiment/outside/warnings.ts';
import { type Sql, sql } from '#core/sql/sql.ts';
import type { Engine } from '../../engine/engine.ts';
import type { AnalysisInput } from './open.ts';

export interface ArmRows {
  arm: string;
  n: number;
  units: number;
  clusters: number;
  loose: number;
  nameless: number;
}

/** The arms of a table, control first. */
export interface Arms {
  rows: ArmRows[];
  names: string[];
  control: string;
  weights: Map<string, number>;
  /** Column by which rows belong together; the unit's own where it has several rows. */
  cluster: string | null;
  ratio: { pValue: number | null; ok: boolean; invalid: boolean };
}

const mostArms = 20;
/** Under these, intervals are rough. */
const fewPeople = 30;
const fewClusters = 10;

/**
 * Reads the arms, and holds how many they have against the weights.
 *
 * @throws analysis_one_arm, analysis_arms_many, unknown_control, analysis_no_rows, analysis_weights_*
 */
export async function readArms(
  engine: Engine,
  units: Sql,
  table: OutsideTable,
  input: AnalysisInput,
  tell: (found: AnalysisWarning) => void,
  language: 'es' | 'en',
): Promise<Arms> {
  const found = await engine.first<{ n: number }>(
    sql`SELECT CAST(count(DISTINCT arm) AS BIGINT) AS n FROM (${units}) u`,
  );
  if (found && found.n > mostArms)
    throw new DomainError('analysis_arms_many', { column: table.arm, n: found.n, most: mostArms });
  const rows = await engine.rows<ArmRows>(armsSql(engine.dialect, units));
  if (rows.length === 0) throw new DomainError('analysis_no_rows', { name: `"${table.arm}"` });
  if (rows.length === 1) throw new DomainError('analysis_one_arm', { column: table.arm, arm: rows[0]!.arm });
  const names = rows.map(({ arm }) => arm);
  const control = controlAmong(names, input.control);
  rows.sort((a, b) => Number(b.arm === control) - Number(a.arm === control));
  const ordered = rows.map(({ arm }) => arm);
  const weights = weightsIn(input.weights, ordered);
  const sum = (of: (row: ArmRows) => number) => rows.reduce((total, row) => total + of(row), 0);
  const several =
    table.unit !== null && sum(({ n }) => n) > sum(({ units: own, nameless }) => own + nameless);
  const cluster = table.cluster ?? (several ? table.unit : null);
  const warn = (code: Parameters<typeof warning>[0], values: Parameters<typeof warning>[1]) =>
    tell(warning(code, values, language));
  if (several && table.cluster === null)
    warn('missing_cluster', { rows: sum(({ n }) => n), units: sum((row) => row.units), unit: table.unit });
  const loose = table.cluster === null ? 0 : sum((row) => row.loose);
  if (loose > 0) warn('without_cluster', { n: loose, column: table.cluster });
  for (const { arm, n, clusters } of rows) {
    if (table.cluster !== null && clusters < fewClusters) warn('few_clusters', { arm, n: clusters });
    else if (n < fewPeople) warn('few_people', { arm, n });
  }
  const drawn = await drawnBy(engine, units, table, rows);
  const seen = rows.map(drawn);
  const { pValue } = sampleRatio(
    seen,
    ordered.map((arm) => weights.get(arm)!),
  );
  const trust = trustOf(pValue);
  if (trust !== 'good')
    warn('sample_ratio', {
      p: shownP(pValue!),
      seen: rows.map((row, i) => `${row.arm} ${seen[i]}`).join(', '),
      bad: trust === 'bad',
    });
  return {
    rows,
    names: ordered,
    control,
    weights,
    cluster,
    ratio: { pValue, ok: trust === 'good', invalid: trust === 'bad' },
  };
}

/** What was drawn: clusters where none is in two arms, else units, else rows. */
async function drawnBy(
  engine: Engine,
  units: Sql,
  table: OutsideTable,
  rows: readonly ArmRows[],
): Promise<(row: ArmRows) => number> {
  if (table.cluster !== null) {
    const all = await engine.first<{ n: number }>(
      sql`SELECT CAST(count(DISTINCT cluster) AS BIGINT) AS n FROM (${units}) u`,
    );
    if (all?.n === rows.reduce((sum, { clusters }) => sum + clusters, 0)) return ({ clusters }) => clusters;
  }
  return table.unit === null ? ({ n }) => n : ({ units: own, nameless }) => own + nameless;
}

/** @throws unknown_control */
function controlAmong(names: readonly string[], asked: string): string {
  if (names.includes(asked)) return asked;
  const alike = names.filter((name) => name.toLowerCase() === asked.trim().toLowerCase());
  if (alike.length === 1) return alike[0]!;
  throw new DomainError('unknown_control', { control: asked, known: names.join(', ') });
}
