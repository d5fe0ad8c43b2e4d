import type { Sql } from '../../sql/sql.ts';

/** One outcome column of a table of units. */
export interface UnitMetric {
  id: string;
  /** Column with the outcome, NULL where it is not known (such units are left out of this metric). */
  y: string;
  /** Column with the denominator, of a ratio. */
  d?: string;
  /** Values above are taken as this. */
  cap?: number;
}

/** One row a unit (a person; where the arm was drawn by household or another cluster, that), as a relation. */
export interface UnitTable {
  relation: Sql;
  arm: string;
  metrics: readonly UnitMetric[];
  /** Numeric columns known before assignment. */
  covariates: readonly string[];
  /**
   * What is taken from each covariate before it is squared, from `covariateCentres`; a unit without a value counts as
   * this. Evidence merges only where it was the same. Left out: 0.
   */
  centres?: readonly number[];
  /** Column with the stratum, and with the day of entry; null: one stratum, one cohort. */
  stratum: string | null;
  cohort: string | null;
  /** Column that names the cluster, where units lie inside clusters; null: units are independent. */
  cluster: string | null;
}
