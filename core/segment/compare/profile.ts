import type { ProfileRow } from '../../contract/segments/views.ts';
import type { Dialect } from '../../sql/dialects/dialect.ts';
import { ident, join, type Sql, sql } from '../../sql/sql.ts';
import { normalQuantile } from '../../stats/distributions/normal.ts';
import { tQuantile } from '../../stats/distributions/student.ts';
import type { ProfileMetric } from './metrics.ts';

/** One side of a comparison: people, and for metric i their count, mean and variance as `n<i>`, `m<i>`, `v<i>`. */
export type SideRow = { side: 'segment' | 'other' | 'both'; people: number } & Record<
  string,
  number | string | null
>;

/**
 * The moments of each metric on each side, over people: a person's value is the mean of their accounts'. Who is on no
 * side is left out. One row a side, at most three.
 */
export function profileMoments(
  dialect: Dialect,
  facts: Sql,
  own: Sql,
  other: Sql | null,
  metrics: readonly ProfileMetric[],
): Sql {
  const value = (i: number) => ident(`x${i}`);
  const personal = metrics.map(({ value: each }, i) => sql`avg(${each}) AS ${value(i)}`);
  const moments = metrics.flatMap((_, i) => {
    const x = sql`s.${value(i)}`;
    return [
      sql`${dialect.cast(sql`count(${x})`, 'bigint')} AS ${ident(`n${i}`)}`,
      sql`avg(${x}) AS ${ident(`m${i}`)}`,
      sql`var_samp(${x}) AS ${ident(`v${i}`)}`,
    ];
  });
  const side = other
    ? sql`CASE WHEN p.own AND p.other THEN 'both' WHEN p.own THEN 'segment' WHEN p.other THEN 'other' END`
    : sql`CASE WHEN p.own THEN 'segment' ELSE 'other' END`;
  return sql`SELECT s.side, ${dialect.cast(sql`count(*)`, 'bigint')} AS people, ${join(moments)}
    FROM (SELECT ${side} AS side, p.* FROM (
      SELECT f.customer_id, bool_or(${own}) AS own, ${other ? sql`bool_or(${other}) AS other, ` : sql``}${join(personal)}
      FROM (${facts}) f GROUP BY f.customer_id) p) s
    WHERE s.side IS NOT NULL GROUP BY s.side ORDER BY s.side`;
}

interface Moments {
  n: number;
  mean: number;
  variance: number;
}

const none = (reason: string) => ({ estimate: null, lower: null, upper: null, reason });
const least = 30;

/**
 * Difference of two means with Welch's 95 % interval (Welch 1947, Satterthwaite's degrees of freedom); null under 30
 * people on a side, where means of skewed amounts are not near normal.
 */
export function welch(one: Moments | null, other: Moments | null): ProfileRow['difference'] {
  if (!one || !other || one.n < least || other.n < least) return none('fewer_than_30');
  const a = one.variance / one.n;
  const b = other.variance / other.n;
  const difference = one.mean - other.mean;
  if (a + b === 0) return { estimate: difference, lower: difference, upper: difference };
  const degrees = (a + b) ** 2 / (a ** 2 / (one.n - 1) + b ** 2 / (other.n - 1));
  const half = tQuantile(0.975, degrees) * Math.sqrt(a + b);
  return { estimate: difference, lower: difference - half, upper: difference + half };
}

/**
 * Hedges' g: the difference over the pooled standard deviation, corrected for small samples, with the large-sample 95 %
 * interval of Hedges and Olkin (1985). null where nothing varies or a side has fewer than 30 people.
 */
export function hedges(one: Moments | null, other: Moments | null): ProfileRow['standardised'] {
  if (!one || !other || one.n < least || other.n < least) return none('fewer_than_30');
  const degrees = one.n + other.n - 2;
  const pooled = Math.sqrt(((one.n - 1) * one.variance + (other.n - 1) * other.variance) / degrees);
  if (!(pooled > 0)) return none('no_variation');
  const g = (1 - 3 / (4 * degrees - 1)) * ((one.mean - other.mean) / pooled);
  const half =
    normalQuantile(0.975) *
    Math.sqrt((one.n + other.n) / (one.n * other.n) + g ** 2 / (2 * (one.n + other.n)));
  return { estimate: g, lower: g - half, upper: g + half };
}

function momentsOf(row: SideRow | undefined, i: number): Moments | null {
  const [n, mean, variance] = [row?.[`n${i}`], row?.[`m${i}`], row?.[`v${i}`]];
  if (typeof n !== 'number' || typeof mean !== 'number' || n === 0) return null;
  return { n, mean, variance: typeof variance === 'number' ? variance : 0 };
}

/** The rows of a profile, largest standardised difference first; metrics nobody has a value of are left out. */
export function profileRows(metrics: readonly ProfileMetric[], sides: readonly SideRow[]): ProfileRow[] {
  const own = sides.find(({ side }) => side === 'segment');
  const other = sides.find(({ side }) => side === 'other');
  const size = (row: ProfileRow) => Math.abs(row.standardised.estimate ?? -1);
  return metrics
    .flatMap(({ id, title, unit, currency }, i): ProfileRow[] => {
      const [a, b] = [momentsOf(own, i), momentsOf(other, i)];
      if (!a && !b) return [];
      if (unit === 'share' && !a?.mean && !b?.mean) return [];
      return [
        {
          id,
          title,
          unit,
          currency,
          segment: { mean: a?.mean ?? null, n: a?.n ?? 0 },
          other: { mean: b?.mean ?? null, n: b?.n ?? 0 },
          difference: welch(a, b),
          standardised: hedges(a, b),
        },
      ];
    })
    .sort((x, y) => size(y) - size(x) || (x.id < y.id ? -1 : 1));
}
