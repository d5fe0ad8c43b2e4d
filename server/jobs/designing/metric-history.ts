import type { MetricHistory } from '#core/contract/experiments/sizing.ts';
import type { MetricChoice } from '#core/experiment/define.ts';
import type { Metric } from '#core/experiment/metric.ts';
import { currenciesOf, linearised, metricOutcomes, quantilesAround } from '#core/experiment/past/outcomes.ts';
import { type PastSums, pastSums, squaredCorrelation } from '#core/experiment/past/people.ts';
import { quantileVariance } from '#core/experiment/power/outcome.ts';
import { ident, type Sql, sql } from '#core/sql/sql.ts';
import { normalQuantile } from '#core/stats/distributions/normal.ts';
import { type Interval, wilson } from '#core/stats/wilson.ts';
import type { Context } from '../../context.ts';
import type { Session } from '../../engine/engine.ts';
import type { PastView } from './past-span.ts';

export interface AskedMetric extends MetricChoice {
  role: MetricHistory['role'];
  margin: number | null;
}

/** A metric's past, and what its sums say of the score (null: nothing). */
export interface ReadMetric {
  history: MetricHistory;
  explained: number | null;
}

const unknown = (reason: string): Interval => ({ estimate: null, lower: null, upper: null, reason });
const z95 = normalQuantile(0.975);
/** The quantile a metric of that kind is. */
const middle = 0.5;

export const metricOf = (context: Context, id: string): Metric | undefined =>
  context.registry.metrics.get(id) as unknown as Metric | undefined;

/** Level, spread and what the score explains of a metric, among people like those of the design. */
export async function readMetric(
  context: Context,
  session: Session,
  asked: AskedMetric,
  past: PastView | undefined,
): Promise<ReadMetric> {
  const metric = metricOf(context, asked.id);
  const none = { base: unknown('unknown_metric'), variance: null, n: 0, explained: null, currency: null };
  const read = !metric
    ? none
    : past
      ? await readPast(context, session, metric, past)
      : { ...none, base: unknown('too_little_history') };
  const { base, variance, n, explained, currency } = read;
  return {
    explained,
    history: {
      id: asked.id,
      title: metric?.text.title ?? { es: asked.id, en: asked.id },
      role: asked.role,
      kind: metric?.kind ?? 'proportion',
      unit: metric?.unit ?? 'share',
      currency,
      better: metric?.better ?? 'higher',
      horizonDays: asked.horizonDays,
      margin: asked.margin,
      base,
      variance,
      n,
      covariateR2: explained ?? 0,
    },
  };
}

interface Read {
  base: Interval;
  variance: number | null;
  n: number;
  explained: number | null;
  currency: string | null;
}

const table = ident('past_outcomes');

async function readPast(context: Context, session: Session, metric: Metric, past: PastView): Promise<Read> {
  const { dialect } = context.engine;
  if (!(await isRecorded(context, metric)))
    return { base: unknown('no_table'), variance: null, n: 0, explained: null, currency: null };
  await session.run(sql`DROP TABLE IF EXISTS ${table}`);
  await session.run(
    sql`CREATE TEMP TABLE ${table} AS ${metricOutcomes(dialect, metric, past.people, past.span)}`,
  );
  const all = sql`SELECT * FROM ${table}`;
  const held =
    metric.unit === 'money' ? await session.rows<{ currency: string }>(currenciesOf(dialect, all)) : [];
  const currency = held[0]?.currency ?? null;
  const rows = currency === null ? all : sql`SELECT * FROM (${all}) a WHERE a.currency = ${currency}`;
  const linear = metric.kind === 'ratio' ? linearised(dialect, rows) : rows;
  const sums = await session.first<PastSums>(pastSums(dialect, linear));
  if (!sums || sums.n < 2)
    return {
      base: unknown('too_little_history'),
      variance: null,
      n: sums?.n ?? 0,
      explained: null,
      currency,
    };
  if (metric.kind === 'quantile')
    return { ...(await quantilePast(context, session, rows, sums.n)), currency };
  const { n } = sums;
  const mean = sums.sum / n;
  const variance = Math.max(0, (sums.squares - n * mean * mean) / (n - 1));
  const half = z95 * Math.sqrt(variance / n);
  return {
    base:
      metric.kind === 'proportion'
        ? scaled(wilson(sums.sum, n), metric.better === 'higher' ? (past.ratio ?? 1) : 1)
        : { estimate: mean, lower: mean - half, upper: mean + half },
    variance,
    n,
    explained: squaredCorrelation(sums),
    currency,
  };
}

async function quantilePast(
  context: Context,
  session: Session,
  rows: Sql,
  n: number,
): Promise<Omit<Read, 'currency'>> {
  const around = await session.first<{ level: number; below: number; above: number }>(
    quantilesAround(context.engine.dialect, rows, middle),
  );
  const width = around ? around.above - around.below : 0;
  if (!around || !(width > 0)) return { base: unknown('no_variation'), variance: null, n, explained: null };
  const variance = quantileVariance(middle, 0.2 / width);
  const half = z95 * Math.sqrt(variance / n);
  return {
    base: { estimate: around.level, lower: around.level - half, upper: around.level + half },
    variance,
    n,
    explained: null,
  };
}

/** Whether any of the tables where a metric's events are kept holds anything: else nothing is not the same as none. */
async function isRecorded(context: Context, { needs }: Metric): Promise<boolean> {
  for (const table of needs.filter((name) => name !== 'accounts')) {
    const row = await context.engine.first(sql`SELECT 1 AS found FROM ${ident(`current_${table}`)} LIMIT 1`);
    if (row) return true;
  }
  return false;
}

function scaled(interval: Interval, ratio: number): Interval {
  const by = (value: number | null) => (value === null ? null : Math.min(1, value * ratio));
  return {
    ...interval,
    estimate: by(interval.estimate),
    lower: by(interval.lower),
    upper: by(interval.upper),
  };
}
