/**
 * Holm's step-down adjustment of p-values, in the order given (equals R `p.adjust(method = "holm")`).
 *
 * Controls the family-wise error under any dependence. Holm S (1979), Scandinavian Journal of Statistics 6.
 */
export function holm(p: readonly number[]): number[] {
  const order = p.map((_, i) => i).sort((a, b) => (p[a] ?? 0) - (p[b] ?? 0) || a - b);
  const adjusted = new Array<number>(p.length).fill(0);
  let largest = 0;
  order.forEach((index, rank) => {
    largest = Math.max(largest, Math.min(1, (p.length - rank) * (p[index] ?? 1)));
    adjusted[index] = largest;
  });
  return adjusted;
}
