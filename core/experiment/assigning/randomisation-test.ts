import type { Dialect } from '../../sql/dialects/dialect.ts';
import { type Sql, sql } from '../../sql/sql.ts';
import { type AssignmentPlan, assignInSql, assignPeople, type Unit } from './assign.ts';

/** Fewest draws from which a p-value is told. */
export const fewestDraws = 19;

export interface RandomisationResult {
  /** Arm less control under the draw that stands. */
  observed: number | null;
  pValue: number | null;
  /** Accepted draws the observed one is held against, itself among them. */
  draws: number;
  reason?: 'too_few_draws' | 'empty_arm';
}

/**
 * Two-sided p-value of the sharp null that nobody's outcome depends on the arm: the share of draws that could have stood, the one that
 * did among them, whose difference is as far from 0 (Fisher's randomisation test over accepted re-randomisations; Morgan & Rubin 2012,
 * Annals of Statistics 40:1263). The first difference is that of the draw that stands.
 *
 * @param differences arm less control under each accepted draw; null where an arm is empty
 */
export function randomisationTest(differences: readonly (number | null)[]): RandomisationResult {
  const [observed = null] = differences;
  const draws = differences.length;
  if (observed === null) return { observed, pValue: null, draws, reason: 'empty_arm' };
  if (draws < fewestDraws) return { observed, pValue: null, draws, reason: 'too_few_draws' };
  const far = differences.filter(
    (difference) => difference !== null && Math.abs(difference) >= Math.abs(observed) * (1 - 1e-12),
  );
  return { observed, pValue: far.length / draws, draws };
}

export interface OutcomeUnit extends Unit {
  y: number;
}

/** Mean of an arm less that of control, had the draw been made with the plan's salt. */
export function differenceUnder(
  units: readonly OutcomeUnit[],
  plan: AssignmentPlan,
  { arm, control }: { arm: string; control: string },
): number | null {
  const outcome = new Map(units.map(({ id, y }) => [id, y]));
  const sums = new Map<string, { n: number; total: number }>();
  for (const drawn of assignPeople(units, plan)) {
    const sum = sums.get(drawn.arm) ?? { n: 0, total: 0 };
    sums.set(drawn.arm, { n: sum.n + 1, total: sum.total + (outcome.get(drawn.id) ?? 0) });
  }
  const [here, there] = [sums.get(arm), sums.get(control)];
  return here && there ? here.total / here.n - there.total / there.n : null;
}

/** `differenceUnder` where the rows are, over units(customer_id, stratum, y): one row with `difference`. */
export const differenceInSql = (
  dialect: Dialect,
  units: Sql,
  plan: AssignmentPlan,
  { arm, control }: { arm: string; control: string },
): Sql => sql`SELECT avg(CASE WHEN d.arm = ${arm} THEN u.y END) - avg(CASE WHEN d.arm = ${control} THEN u.y END) AS difference
  FROM (${assignInSql(dialect, sql`SELECT customer_id, stratum FROM (${units}) s`, plan)}) d JOIN (${units}) u ON u.customer_id = d.customer_id`;
