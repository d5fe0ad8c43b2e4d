import type { AnalysedKind, AnalysisWarning } from '#core/contract/experiments/analyses.ts';
import { DomainError } from '#core/errors/domain-error.ts';
import { peopleLost } from '#core/experiment/monitoring/people-lost.ts';
import { trustOf } from '#core/experiment/monitoring/trust.ts';
import {
  type ArmFacts,
  capQuantile,
  factsSql,
  hasExtreme,
  kindOf,
  type MetricFacts,
  readFacts,
  together,
} from '#core/experiment/outside/facts.ts';
import type { OutsideTable } from '#core/experiment/outside/units.ts';
import { shownP, shownShare, type WarningCode, warning } from '#core/experiment/outside/warnings.ts';
import type { Sql } from '#core/sql/sql.ts';
import type { TextValues } from '#core/text/text.ts';
import type { StepRun } from '../job.ts';
import { pooledQuantile } from './evidence.ts';
import type { AnalysisInput } from './open.ts';

/** A metric as its values show it. */
export interface MeasuredMetric {
  id: string;
  kind: AnalysedKind;
  quantile?: number;
  /** Rows without it, by arm. */
  missing: ReadonlyMap<string, number>;
  /** Where its values are cut beside the raw ones; null: they are not. */
  cap: number | null;
}

/** A share of negative values under which they look like slips, not like a metric that goes both ways. */
const slips = 0.05;

/**
 * Finds the kind of every metric and what is odd about its values.
 *
 * @throws analysis_empty_arm, analysis_outcomes_missing, analysis_not_a_share, analysis_negative
 */
export async function measureMetrics(
  step: StepRun<AnalysisInput>,
  units: Sql,
  table: OutsideTable,
  tell: (found: AnalysisWarning) => void,
): Promise<MeasuredMetric[]> {
  const { engine, config } = step.context;
  const facts = readFacts(
    table.metrics,
    await engine.rows<Record<string, unknown>>(factsSql(engine.dialect, units, table.metrics)),
  );
  const warn = (code: WarningCode, values: TextValues) => tell(warning(code, values, config.language));
  const found: MeasuredMetric[] = [];
  for (const [i, metric] of table.metrics.entries()) {
    const { id } = metric;
    const all = together(facts, i);
    const empty = facts.find(({ metrics }) => metrics[i]!.n === 0);
    if (empty) throw new DomainError('analysis_empty_arm', { arm: empty.arm, metric: id });
    const kind = kindOf(metric, all);
    judgeMissing(step, id, facts, i, warn);
    if (all.least === all.most) warn('all_equal', { metric: id, value: String(all.least) });
    if (kind === 'mean' && all.negative > 0 && all.negative < slips * all.n)
      warn('negative_values', { metric: id, n: all.negative, value: String(all.least) });
    const capped = kind === 'mean' || kind === 'money' || kind === 'count';
    const cap =
      capped && hasExtreme(all) ? await pooledQuantile(engine, units, `v${i}`, capQuantile(all.n)) : null;
    if (cap !== null) warn('extreme_value', extremeValues(id, all, cap));
    found.push({
      id,
      kind,
      ...(metric.quantile !== undefined && { quantile: metric.quantile }),
      missing: new Map(facts.map(({ arm, metrics }) => [arm, metrics[i]!.missing])),
      cap,
    });
  }
  return found;
}

/** Leaves rows without the outcome out and says so, or refuses them as asked. */
function judgeMissing(
  { input }: StepRun<AnalysisInput>,
  metric: string,
  facts: readonly ArmFacts[],
  index: number,
  warn: (code: WarningCode, values: TextValues) => void,
): void {
  const { n, missing } = together(facts, index);
  if (missing === 0) return;
  const of = n + missing;
  if (input.missing === 'fail')
    throw new DomainError('analysis_outcomes_missing', { metric, n: missing, of });
  const { pValue } = peopleLost(
    facts.map(({ arm, metrics }) => ({
      arm,
      n: metrics[index]!.n,
      of: metrics[index]!.n + metrics[index]!.missing,
    })),
  );
  const uneven = trustOf(pValue) !== 'good';
  warn('outcomes_missing', { metric, n: missing, of, uneven, p: pValue === null ? '–' : shownP(pValue) });
}

function extremeValues(
  metric: string,
  { n, total, squares, least, most }: MetricFacts,
  cap: number,
): TextValues {
  const mean = total / n;
  const value = most! - mean >= mean - least! ? most! : least!;
  const share = (value - mean) ** 2 / (squares - n * mean * mean);
  return { metric, value: String(value), share: shownShare(share), cap: String(Number(cap.toPrecision(6))) };
}
