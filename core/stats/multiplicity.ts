type Values = readonly number[];

const ascending = (p: Values): number[] =>
  p.map((_, i) => i).sort((a, b) => (p[a] ?? 0) - (p[b] ?? 0) || a - b);

/** From the smallest p-value up, each no smaller than those before it. */
function stepDown(p: Values, adjusted: (value: number, left: number) => number): number[] {
  const result = new Array<number>(p.length).fill(0);
  let largest = 0;
  ascending(p).forEach((index, rank) => {
    largest = Math.max(largest, Math.min(1, adjusted(p[index] ?? 1, p.length - rank)));
    result[index] = largest;
  });
  return result;
}

/** From the largest p-value down, each no larger than those before it. */
function stepUp(p: Values, adjusted: (value: number, rank: number) => number): number[] {
  const result = new Array<number>(p.length).fill(0);
  let smallest = 1;
  ascending(p)
    .map((index, place) => ({ index, rank: place + 1 }))
    .reverse()
    .forEach(({ index, rank }) => {
      smallest = Math.min(smallest, adjusted(p[index] ?? 1, rank));
      result[index] = smallest;
    });
  return result;
}

/** Each p-value times their number. Controls the family-wise error under any dependence. */
export const bonferroni = (p: Values): number[] => p.map((value) => Math.min(1, value * p.length));

const independent = (value: number, of: number): number => -Math.expm1(of * Math.log1p(-value));

/** 1 − (1 − p)^m: exact where the p-values are independent. Šidák (1967), JASA 62:626. */
export const sidak = (p: Values): number[] => p.map((value) => independent(value, p.length));

/** Holm's steps with Šidák's levels. */
export const holmSidak = (p: Values): number[] => stepDown(p, independent);

/**
 * Holm's step-down adjustment of p-values, in the order given (equals R `p.adjust(method = "holm")`).
 *
 * Controls the family-wise error under any dependence. Holm S (1979), Scandinavian Journal of Statistics 6.
 */
export const holm = (p: Values): number[] => stepDown(p, (value, left) => left * value);

/**
 * Hochberg's step-up adjustment: never above Holm's. Controls the family-wise error where the p-values are independent
 * or positively dependent, as those of arms against one control are. Hochberg (1988), Biometrika 75:800.
 */
export const hochberg = (p: Values): number[] => stepUp(p, (value, rank) => (p.length - rank + 1) * value);

/**
 * Adjustment by Benjamini and Hochberg (1995), JRSS B 57:289: rejecting those at or under q keeps the expected share
 * of false ones at q, where the p-values are independent or positively dependent.
 */
export const benjaminiHochberg = (p: Values): number[] =>
  stepUp(p, (value, rank) => (p.length / rank) * value);

/** As Benjamini–Hochberg under any dependence. Benjamini and Yekutieli (2001), Annals of Statistics 29:1165. */
export function benjaminiYekutieli(p: Values): number[] {
  const harmonic = p.reduce((sum, _, i) => sum + 1 / (i + 1), 0);
  return stepUp(p, (value, rank) => ((harmonic * p.length) / rank) * value);
}

/**
 * Two-stage adjustment that first estimates how many have no effect, from a Benjamini–Hochberg round at α/(1 + α);
 * compare with `alpha`, the only level it is for. Benjamini, Krieger and Yekutieli (2006), Biometrika 93:491;
 * equals statsmodels `fdrcorrection_twostage(method = "bky")`.
 */
export function twoStage(p: Values, alpha: number): number[] {
  const first = benjaminiHochberg(p);
  const level = alpha / (1 + alpha);
  const without = p.length - first.filter((value) => value <= level).length;
  const share = without === 0 ? 1 : without / p.length;
  return first.map((value) => Math.min(1, value * share * (1 + alpha)));
}
