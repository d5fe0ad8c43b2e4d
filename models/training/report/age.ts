import type { PartColumn } from '../parts.ts';

const from = [0, 25, 35, 45, 55, 65];
const label = (i: number): string => {
  const [first, next] = [from[i]!, from[i + 1]];
  if (i === 0) return `<${next}`;
  return next === undefined ? `${first}+` : `${first}–${next - 1}`;
};
const dayMs = 86_400_000;

/** Age in bands at each row's date, from years of birth (NaN: unknown). */
export function ageBands(id: string, born: Float64Array, day: Int32Array): PartColumn {
  const yearOf = new Map<number, number>();
  for (const value of day)
    if (!yearOf.has(value)) yearOf.set(value, new Date(value * dayMs).getUTCFullYear());
  const codes = Int32Array.from(born, (year, i) => {
    if (Number.isNaN(year)) return -1;
    const age = yearOf.get(day[i]!)! - year;
    return from.findLastIndex((least) => age >= least);
  });
  return { id, codes, labels: from.map((_, i) => label(i)) };
}
