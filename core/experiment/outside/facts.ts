import type { AnalysedKind } from '../../contract/experiments/analyses.ts';
import { DomainError } from '../../errors/domain-error.ts';
import type { Dialect } from '../../sql/dialects/dialect.ts';
import { join, raw, type Sql, sql } from '../../sql/sql.ts';
import { sumOf } from '../../stats/careful-sum.ts';
import type { MetricAsked } from './asked.ts';

/** What the values of one metric in one arm are like. */
export interface MetricFacts {
  n: number;
  missing: number;
  least: number | null;
  most: number | null;
  total: number;
  squares: number;
  /** Values other than 0 and 1, below 0, and with decimals. */
  other: number;
  negative: number;
  broken: number;
}

export interface ArmFacts {
  arm: string;
  metrics: MetricFacts[];
}

/** What the values of every metric are like in each arm, in one pass over rows of `unitsSql`. */
export function factsSql(dialect: Dialect, units: Sql, metrics: readonly MetricAsked[]): Sql {
  const facts = metrics.flatMap(({ d }, i) => {
    const y = raw(`v${i}`);
    const known = d === undefined ? y : sql`CASE WHEN w${raw(String(i))} IS NOT NULL THEN ${y} END`;
    const as = (name: string) => raw(`f${i}_${name}`);
    const count = (condition: Sql) => dialect.countIf(sql`${known} IS NOT NULL AND ${condition}`);
    return [
      sql`${dialect.cast(sql`count(${known})`, 'bigint')} AS ${as('n')}`,
      sql`${dialect.countIf(sql`${known} IS NULL`)} AS ${as('missing')}`,
      sql`min(${known}) AS ${as('least')}`,
      sql`max(${known}) AS ${as('most')}`,
      sql`${dialect.carefulSum(known)} AS ${as('total')}`,
      sql`${dialect.carefulSum(sql`${known} * ${known}`)} AS ${as('squares')}`,
      sql`${count(sql`${y} <> 0 AND ${y} <> 1`)} AS ${as('other')}`,
      sql`${count(sql`${y} < 0`)} AS ${as('negative')}`,
      sql`${count(sql`${y} <> floor(${y})`)} AS ${as('broken')}`,
    ];
  });
  return sql`SELECT arm, ${join(facts)} FROM (${units}) u GROUP BY arm ORDER BY arm`;
}

export const readFacts = (
  metrics: readonly MetricAsked[],
  rows: readonly Record<string, unknown>[],
): ArmFacts[] =>
  rows.map((row) => ({
    arm: String(row.arm),
    metrics: metrics.map((_, i) => {
      const number = (name: string) => Number(row[`f${i}_${name}`] ?? 0);
      const end = (name: string) => (number('n') > 0 ? number(name) : null);
      return {
        n: number('n'),
        missing: number('missing'),
        least: end('least'),
        most: end('most'),
        total: number('total'),
        squares: number('squares'),
        other: number('other'),
        negative: number('negative'),
        broken: number('broken'),
      };
    }),
  }));

/** The facts of one metric over all arms. */
export function together(facts: readonly ArmFacts[], metric: number): MetricFacts {
  const parts = facts.map(({ metrics }) => metrics[metric]!);
  const sum = (of: (part: MetricFacts) => number) => sumOf(parts.map(of));
  const ends = (of: (part: MetricFacts) => number | null) => parts.map(of).filter((end) => end !== null);
  const [least, most] = [ends((part) => part.least), ends((part) => part.most)];
  return {
    n: sum(({ n }) => n),
    missing: sum(({ missing }) => missing),
    least: least.length ? Math.min(...least) : null,
    most: most.length ? Math.max(...most) : null,
    total: sum(({ total }) => total),
    squares: sum(({ squares }) => squares),
    other: sum(({ other }) => other),
    negative: sum(({ negative }) => negative),
    broken: sum(({ broken }) => broken),
  };
}

/**
 * The kind of a metric: as stated, where its values allow it; otherwise a proportion where they are 0 and 1, a count
 * where they are whole and not negative, a mean of anything else.
 *
 * @throws analysis_not_a_share, analysis_negative
 */
export function kindOf({ id, kind }: MetricAsked, facts: MetricFacts): AnalysedKind {
  if (kind === 'proportion' && facts.other > 0)
    throw new DomainError('analysis_not_a_share', {
      metric: id,
      value: facts.least! < 0 ? facts.least : facts.most! > 1 ? facts.most : `${facts.least}–${facts.most}`,
    });
  if ((kind === 'money' || kind === 'count') && facts.negative > 0)
    throw new DomainError('analysis_negative', { metric: id, n: facts.negative, value: facts.least, kind });
  if (kind !== null) return kind;
  if (facts.other === 0) return 'proportion';
  return facts.broken === 0 && facts.negative === 0 ? 'count' : 'mean';
}

/** Share of a metric's whole spread from which one value alone is called extreme. */
const leastShare = 0.05;

/** Whether one value makes up much of the variance of all of them: over 5 %, and over 20 / n where there are few. */
export function hasExtreme({ n, most, least, total, squares }: MetricFacts): boolean {
  if (n < 3 || most === null || least === null) return false;
  const mean = total / n;
  const spread = squares - n * mean * mean;
  const far = Math.max(most - mean, mean - least) ** 2;
  return spread > 0 && far / spread > Math.max(leastShare, 20 / n);
}

/** The quantile at which a metric with an extreme value is capped: all but one in a thousand, or five people. */
export const capQuantile = (n: number): number => 1 - Math.max(0.001, Math.min(0.05, 5 / n));
