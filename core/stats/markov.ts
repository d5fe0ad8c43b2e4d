import { chiSquareUpper } from './distributions/chi-square.ts';

/** A square matrix of chances, rows summing to 1. */
export type Chances = readonly (readonly number[])[];

const multiply = (a: Chances, b: Chances): number[][] =>
  a.map((row) => b.map((_, j) => row.reduce((sum, value, k) => sum + value * (b[k]?.[j] ?? 0), 0)));

/** The chances after so many steps of a chain. */
export function power(chances: Chances, steps: number): number[][] {
  let result: number[][] = chances.map((row, i) => row.map((_, j) => (i === j ? 1 : 0)));
  let base: number[][] = chances.map((row) => [...row]);
  for (let left = steps; left > 0; left = Math.floor(left / 2)) {
    if (left % 2 === 1) result = multiply(result, base);
    base = multiply(base, base);
  }
  return result;
}

const longRun = 2 ** 20;

/**
 * The chance, from each state, of being in an absorbing state after so many steps, or in the end when `steps` is left
 * out (2^20 steps: more would only add up rounding).
 */
export const absorbed = (chances: Chances, target: number, steps: number = longRun): number[] =>
  power(chances, steps).map((row) => Math.min(1, row[target] ?? 0));

/** Cases that went from one state through a second to a third in two steps. */
export interface TwoSteps {
  from: string;
  via: string;
  to: string;
  count: number;
}

export interface OrderTest {
  /** Likelihood ratio and Pearson's statistic; null where there is nothing to compare. */
  likelihoodRatio: number | null;
  pearson: number | null;
  degreesOfFreedom: number;
  /** Of the likelihood ratio. */
  pValue: number | null;
  /** Share of the expected counts that are under 5: with many of them the p-value is rough. */
  sparseShare: number | null;
}

/**
 * Whether where a case goes next depends on where it came from, given where it is: the test of a first-order chain
 * against a second-order one. For each middle state j, the table of from × to is tested for independence; statistics
 * and degrees of freedom ((rows − 1)(columns − 1) of the states that occur) are added over j.
 *
 * Anderson TW, Goodman LA (1957), Annals of Mathematical Statistics 28, 89–110, section 3. Assumes independent
 * cases and chances that do not change over the steps put together.
 */
export function secondOrderTest(cases: readonly TwoSteps[]): OrderTest {
  let [likelihoodRatio, pearson, degreesOfFreedom, cells, sparse] = [0, 0, 0, 0, 0];
  for (const table of byMiddle(cases).values()) {
    const [rows, columns] = [sums(table, 'from'), sums(table, 'to')];
    if (rows.size < 2 || columns.size < 2) continue;
    const all = [...rows.values()].reduce((sum, n) => sum + n, 0);
    degreesOfFreedom += (rows.size - 1) * (columns.size - 1);
    const counts = new Map(table.map(({ from, to, count }) => [`${from}\n${to}`, count]));
    for (const [from, row] of rows)
      for (const [to, column] of columns) {
        const expected = (row * column) / all;
        const count = counts.get(`${from}\n${to}`) ?? 0;
        cells++;
        if (expected < 5) sparse++;
        pearson += (count - expected) ** 2 / expected;
        if (count > 0) likelihoodRatio += 2 * count * Math.log(count / expected);
      }
  }
  if (degreesOfFreedom === 0)
    return { likelihoodRatio: null, pearson: null, degreesOfFreedom, pValue: null, sparseShare: null };
  const pValue = chiSquareUpper(Math.max(0, likelihoodRatio), degreesOfFreedom);
  return { likelihoodRatio, pearson, degreesOfFreedom, pValue, sparseShare: sparse / cells };
}

function byMiddle(cases: readonly TwoSteps[]): Map<string, TwoSteps[]> {
  const tables = new Map<string, TwoSteps[]>();
  for (const one of cases) {
    if (one.count <= 0) continue;
    const table = tables.get(one.via);
    if (table) table.push(one);
    else tables.set(one.via, [one]);
  }
  return tables;
}

function sums(table: readonly TwoSteps[], side: 'from' | 'to'): Map<string, number> {
  const found = new Map<string, number>();
  for (const one of table) found.set(one[side], (found.get(one[side]) ?? 0) + one.count);
  return found;
}
