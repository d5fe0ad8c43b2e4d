import type { Moments } from '#core/experiment/statistic.ts';

/** One arm as GrowthBook's and Confidence's tests give it. */
export interface ArmSums {
  kind?: string;
  n: number;
  sum: number;
  sum_squares?: number;
  xsum?: number;
  xss?: number;
  xy?: number;
}

/** Sums of one arm; of a share, squares are the sum itself. */
export function momentsOfSums(arm: ArmSums): Moments {
  const squares = arm.sum_squares ?? arm.sum;
  if (arm.xsum === undefined) return { n: arm.n, sums: [arm.sum], products: [squares], ratio: false };
  return {
    n: arm.n,
    sums: [arm.sum, arm.xsum],
    products: [squares, arm.xy ?? Number.NaN, arm.xss ?? Number.NaN],
    ratio: false,
  };
}

/** Sums over rows of columns given one by one. */
export function momentsOfRows(columns: readonly (readonly number[])[], ratio: boolean): Moments {
  const of = (a: readonly number[], b: readonly number[]) =>
    a.reduce((sum, value, i) => sum + value * b[i]!, 0);
  return {
    n: columns[0]!.length,
    sums: columns.map((column) => column.reduce((sum, value) => sum + value, 0)),
    products: columns.flatMap((a, i) => columns.slice(i).map((b) => of(a, b))),
    ratio,
  };
}
