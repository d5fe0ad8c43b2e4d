import type { Dialect } from '#core/sql/dialects/dialect.ts';
import { double } from '#core/sql/double.ts';
import { join, type Sql, sql } from '#core/sql/sql.ts';
import { sampleOrder } from '../../metrics/order.ts';
import { totalWeight, weightOf } from '../../metrics/sample.ts';

/** A line through knots, flat before the first and after the last. Both lists rise strictly. */
export interface Isotonic {
  kind: 'isotonic';
  x: number[];
  y: number[];
}

interface Block {
  weight: number;
  /** Sums of weight × probability and of weight × outcome. */
  p: number;
  y: number;
}

/** Equal-sized groups the rows are put into before pooling: the knots stay few, and so does their SQL. */
const groups = 256;
/** Knots nearer than this are one: no slope is so steep that a rounding of the probability shows. */
const nearest = 1e-4;

const rateOf = ({ y, weight }: Block): number => y / weight;
const merge = (a: Block, b: Block): Block => ({ weight: a.weight + b.weight, p: a.p + b.p, y: a.y + b.y });

/** Rows by probability in groups of about equal weight; equal probabilities are never apart. */
function groupRows(target: Float64Array, p: Float64Array, weights?: Float64Array): Block[] {
  const order = sampleOrder(p);
  const full = totalWeight(p.length, weights) / groups;
  const blocks: Block[] = [];
  let open: Block = { weight: 0, p: 0, y: 0 };
  for (let i = 0; i < order.length; i++) {
    const row = order[i]!;
    const weight = weightOf(weights, row);
    open = merge(open, { weight, p: weight * p[row]!, y: weight * target[row]! });
    const tied = i + 1 < order.length && p[order[i + 1]!] === p[row];
    if (!tied && open.weight >= full) {
      blocks.push(open);
      open = { weight: 0, p: 0, y: 0 };
    }
  }
  return open.weight > 0 ? [...blocks, open] : blocks;
}

/** Neighbours pooled until the rate rises from each to the next (pool adjacent violators; Ayer et al. 1955). */
function poolViolators(blocks: readonly Block[]): Block[] {
  const pooled: Block[] = [];
  for (const block of blocks) {
    let last = block;
    while (pooled.length > 0) {
      const before = pooled[pooled.length - 1]!;
      const near = last.p / last.weight - before.p / before.weight < nearest;
      if (rateOf(before) < rateOf(last) && !near) break;
      last = merge(pooled.pop()!, last);
    }
    pooled.push(last);
  }
  return pooled;
}

/**
 * Centred isotonic regression (Oron and Flournoy 2017): pooled rates stand at the mean probability of their rows and
 * are joined by straight lines, so that two different scores stay different within the range seen. Rates are kept half
 * a row off 0 and 1.
 */
export function fitIsotonic(target: Float64Array, p: Float64Array, weights?: Float64Array): Isotonic {
  const pooled = poolViolators(groupRows(target, p, weights));
  const x: number[] = [];
  const y: number[] = [];
  for (const block of pooled) {
    const off = 0.5 / (block.weight + 1);
    const rate = Math.min(1 - off, Math.max(off, rateOf(block)));
    if (y.length > 0 && rate <= y[y.length - 1]!) continue;
    x.push(block.p / block.weight);
    y.push(rate);
  }
  return { kind: 'isotonic', x, y };
}

const slopeAt = ({ x, y }: Isotonic, i: number): number => (y[i + 1]! - y[i]!) / (x[i + 1]! - x[i]!);

export function applyIsotonic(curve: Isotonic, p: Float64Array): Float64Array {
  const { x, y } = curve;
  const slopes = x.slice(1).map((_, i) => slopeAt(curve, i));
  return p.map((value) => {
    let low = 0;
    let high = x.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (x[middle]! < value) low = middle + 1;
      else high = middle;
    }
    if (low === 0) return y[0]!;
    if (low === x.length) return y[low - 1]!;
    return y[low - 1]! + (value - x[low - 1]!) * slopes[low - 1]!;
  });
}

/** The same over an expression for a probability, which is computed once. */
export function isotonicExpression(dialect: Dialect, curve: Isotonic, probability: Sql): Sql {
  const { x, y } = curve;
  return dialect.bind('p', probability, (p) => {
    const cases = x
      .slice(1)
      .map(
        (end, i) =>
          sql`WHEN ${p} <= ${double(end)} THEN ${double(y[i]!)} + (${p} - ${double(x[i]!)}) * ${double(slopeAt(curve, i))}`,
      );
    return sql`CASE WHEN ${p} <= ${double(x[0]!)} THEN ${double(y[0]!)} ${join(cases, ' ')} WHEN ${p} IS NOT NULL THEN ${double(y.at(-1)!)} END`;
  });
}
