import { crossed } from './boundaries.ts';

/**
 * Chance, without an effect, that |z| ever passes one limit in so many looks at equal steps: what looking without a
 * plan does to a test of one look.
 */
export const peekingError = (looks: number, z: number): number =>
  2 *
  (crossed(
    Array.from({ length: looks }, (_, i) => (i + 1) / looks),
    () => z,
    true,
  ).at(-1) ?? 0);
