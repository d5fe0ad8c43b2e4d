/**
 * Sum that carries what rounding leaves behind (Neumaier 1974, ZAMM 54:39): error about 1e-16 of the result however
 * many terms, and nearly the same in every order.
 */
export function sumOf(values: Iterable<number>): number {
  let total = 0;
  let lost = 0;
  for (const value of values) {
    const next = total + value;
    lost += Math.abs(total) >= Math.abs(value) ? total - next + value : value - next + total;
    total = next;
  }
  return total + lost;
}
