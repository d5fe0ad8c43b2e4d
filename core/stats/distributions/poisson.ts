import { chiSquareLimit } from './chi-square.ts';

/**
 * Exact interval of the mean of a Poisson count (Garwood 1936, Biometrika 28, 437–442), of at least the coverage said.
 *
 * @param events whole number, 0 or more
 */
export function poissonInterval(events: number, confidence = 0.95): { lower: number; upper: number } {
  const tail = (1 - confidence) / 2;
  return {
    lower: events === 0 ? 0 : chiSquareLimit(1 - tail, 2 * events) / 2,
    upper: chiSquareLimit(tail, 2 * events + 2) / 2,
  };
}
