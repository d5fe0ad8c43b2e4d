import { expect, it } from 'vitest';
import { compare } from '#core/portfolio/quality/drift.ts';
import { grouped, mergeRare, stability } from '#core/stats/psi.ts';
import { seededRandom } from '#models/maths/random.ts';

const rounds = 4000;

function draw(random: () => number, shares: readonly number[], n: number): number[] {
  const counts = new Array<number>(shares.length).fill(0);
  for (let i = 0; i < n; i++) {
    let left = random();
    let bin = 0;
    while (bin < shares.length - 1 && left >= shares[bin]!) left -= shares[bin++]!;
    counts[bin]! += 1;
  }
  return counts;
}

const even = (bins: number) => new Array<number>(bins).fill(1 / bins);
const skewed = [0.6, 0.2, 0.1, 0.05, 0.03, 0.015, 0.004, 0.001];

it.each([
  ['10 even bins, 200 and 200 rows', even(10), 200, 200],
  ['10 even bins, 5,000 and 300 rows', even(10), 5000, 300],
  ['4 even bins, 60 and 60 rows', even(4), 60, 60],
  ['rare bins, 1,000 and 400 rows', skewed, 1000, 400],
])('without a change, %s: one in 20 is beyond the limit of 5 in 100', (_, shares, n, m) => {
  const random = seededRandom(20260101);
  let beyond = 0;
  let sum = 0;
  let expected = 0;
  for (let round = 0; round < rounds; round++) {
    const [before, after] = [draw(random, shares, n), draw(random, shares, m)];
    const groups = mergeRare(before, after);
    const found = stability(grouped(before, groups), grouped(after, groups), 0.05);
    if ((found.psi ?? 0) > (found.limit ?? 0)) beyond++;
    sum += found.psi ?? 0;
    expected += found.expected ?? 0;
  }
  // Four standard errors of a share of 0.05, and the approximation's own error of about one point.
  expect(Math.abs(beyond / rounds - 0.05)).toBeLessThan(0.0138 + 0.01);
  expect(sum / expected).toBeGreaterThan(0.93);
  expect(sum / expected).toBeLessThan(1.07);
});

it('bins cut at the deciles of the earlier rows keep the limit', () => {
  const random = seededRandom(7);
  let beyond = 0;
  for (let round = 0; round < rounds; round++) {
    const earlier = Array.from({ length: 500 }, () => random()).sort((a, b) => a - b);
    const edges = Array.from({ length: 9 }, (_, i) => earlier[50 * (i + 1) - 1]!);
    const later = new Array<number>(10).fill(0);
    for (let i = 0; i < 500; i++) {
      const value = random();
      const bin = edges.findIndex((edge) => value <= edge);
      later[bin === -1 ? 9 : bin]! += 1;
    }
    const found = stability(new Array<number>(10).fill(50), later, 0.05);
    if (found.psi! > found.limit!) beyond++;
  }
  expect(Math.abs(beyond / rounds - 0.05)).toBeLessThan(0.0138 + 0.01);
});

it('a report of 60 comparisons without a change names one in fewer than 2 of 100 times, however few rows', () => {
  const random = seededRandom(11);
  const sides = { table: 't', column: 'c', between: 'loads' as const, before: '1', after: '2', sql: '' };
  const heads = even(10).map((_, i) => ({ kind: 'code' as const, label: String(i), from: null, to: null }));
  let reports = 0;
  for (let report = 0; report < 300; report++) {
    const named = Array.from({ length: 60 }, () =>
      compare(sides, heads, draw(random, even(10), 80), draw(random, even(10), 80), 60),
    ).some(({ level }) => level !== 'stable');
    if (named) reports++;
  }
  expect(reports / 300).toBeLessThan(0.02 + 0.015);
});
