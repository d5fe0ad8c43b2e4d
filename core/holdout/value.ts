import type { ContactEffect } from '../contract/experiments/holdouts.ts';
import { tQuantile } from '../stats/distributions/student.ts';

/** Sums of an outcome over the people of one cohort, held or contacted. */
export interface CohortSums {
  cohort: string;
  held: boolean;
  n: number;
  total: number;
  squares: number;
}

interface Group {
  n: number;
  total: number;
  /** Sum of squares about the cohort's own mean, with its degrees of freedom. */
  within: number;
  freedom: number;
}

const none: Group = { n: 0, total: 0, within: 0, freedom: 0 };

const add = (group: Group, { n, total, squares }: CohortSums): Group => ({
  n: group.n + n,
  total: group.total + total,
  within: group.within + Math.max(0, squares - (total * total) / n),
  freedom: group.freedom + n - 1,
});

/**
 * Contacted less held, by cohort of entry: Σ w (mean contacted − mean held) with w the cohort's share of people, so that a month in
 * which many entered counts for many and no cohort is compared with another. The variance within cohorts is pooled over them for each
 * side, since a cohort may hold one person; the interval is Student's with the held side's degrees of freedom. Cohorts without
 * anybody on one side are left out and counted.
 */
export function effectByCohort(sums: readonly CohortSums[], confidence = 0.95): ContactEffect {
  const cohorts = new Map<string, { held?: CohortSums; treated?: CohortSums }>();
  for (const row of sums.filter(({ n }) => n > 0)) {
    const cohort = cohorts.get(row.cohort) ?? {};
    cohorts.set(row.cohort, { ...cohort, [row.held ? 'held' : 'treated']: row });
  }
  const pairs = [...cohorts.values()];
  const whole = pairs.flatMap(({ held, treated }) => (held && treated ? [{ held, treated }] : []));
  const leftOut = pairs.reduce(
    (sum, { held, treated }) => sum + (held && treated ? 0 : (held?.n ?? 0) + (treated?.n ?? 0)),
    0,
  );
  const held = whole.reduce((group, one) => add(group, one.held), none);
  const treated = whole.reduce((group, one) => add(group, one.treated), none);
  const meanOf = ({ n, total }: Group) => (n > 0 ? total / n : null);
  const described = {
    held: { n: held.n, mean: meanOf(held) },
    treated: { n: treated.n, mean: meanOf(treated) },
    leftOut,
  };
  const unknown = (reason: string) => ({
    ...described,
    effect: { estimate: null, lower: null, upper: null, reason },
  });
  if (whole.length === 0) return unknown('nobody_held');
  if (held.freedom < 1 || treated.freedom < 1) return unknown('too_few_held');
  const people = held.n + treated.n;
  let [estimate, variance] = [0, 0];
  for (const pair of whole) {
    const weight = (pair.held.n + pair.treated.n) / people;
    estimate += weight * (pair.treated.total / pair.treated.n - pair.held.total / pair.held.n);
    variance +=
      weight ** 2 *
      (treated.within / treated.freedom / pair.treated.n + held.within / held.freedom / pair.held.n);
  }
  const half = tQuantile(1 - (1 - confidence) / 2, held.freedom) * Math.sqrt(variance);
  return { ...described, effect: { estimate, lower: estimate - half, upper: estimate + half } };
}
