import { z } from 'zod';
import type { Dialect } from '#core/sql/dialects/dialect.ts';
import type { Sql } from '#core/sql/sql.ts';
import { applyIsotonic, isotonicExpression } from './calibration/isotonic.ts';
import { applyPlatt, plattExpression } from './calibration/platt.ts';

const platt = z.object({ kind: z.literal('platt'), intercept: z.number(), slope: z.number() });
const isotonic = z.object({
  kind: z.literal('isotonic'),
  x: z.array(z.number()).min(1),
  y: z.array(z.number()).min(1),
});

/** Versions saved before there was a choice hold the two figures of a Platt line alone. */
const named = (value: unknown): unknown =>
  typeof value === 'object' && value !== null && 'slope' in value && !('kind' in value)
    ? { kind: 'platt', ...value }
    : value;

/** A correction of probabilities, as it is saved. */
export const calibration = z.preprocess(named, z.discriminatedUnion('kind', [platt, isotonic]));
export type Calibration = z.output<typeof calibration>;

/** Probabilities as they are after the correction. */
export const applyCalibration = (by: Calibration, p: Float64Array): Float64Array =>
  by.kind === 'platt' ? applyPlatt(by, p) : applyIsotonic(by, p);

/** The same over an expression for a probability; equal to 1e-9. */
export const calibrationExpression = (dialect: Dialect, by: Calibration, probability: Sql): Sql =>
  by.kind === 'platt'
    ? plattExpression(dialect, by, probability)
    : isotonicExpression(dialect, by, probability);
