import type { Dialect } from '#core/sql/dialects/dialect.ts';
import { double } from '#core/sql/double.ts';
import { type Sql, sql } from '#core/sql/sql.ts';
import { fitLogistic } from '../../maths/logistic.ts';
import { logit, smallest } from '../../metrics/calibration.ts';

/** Platt's correction: log odds become intercept + slope × log odds. */
export interface Platt {
  kind: 'platt';
  intercept: number;
  slope: number;
}

export const applyPlatt = ({ intercept, slope }: Platt, p: Float64Array): Float64Array =>
  p.map((value) => 1 / (1 + Math.exp(-(intercept + slope * logit(value)))));

/** The same over an expression for a probability, which is kept off 0 and 1 as `logit` does. */
export function plattExpression(dialect: Dialect, line: Platt, probability: Sql): Sql {
  const p = sql`greatest(${double(smallest)}, least(${double(1 - smallest)}, ${probability}))`;
  const odds = dialect.ln(sql`${p} / (1e0 - ${p})`);
  return sql`(1e0 / (1e0 + ${dialect.exp(sql`-(${double(line.intercept)} + ${double(line.slope)} * ${odds})`)}))`;
}

/**
 * Maximum likelihood of the two figures, by weights. A trace of ridge keeps the slope finite; it is never below zero: a
 * correction does not turn the order round.
 */
export function fitPlatt(target: Float64Array, p: Float64Array, weights?: Float64Array): Platt {
  const { intercept, coefficients } = fitLogistic({
    columns: [p.map(logit)],
    target,
    weights,
    penalties: [1e-6],
    nonNegative: true,
  });
  return { kind: 'platt', intercept, slope: coefficients[0]! };
}
