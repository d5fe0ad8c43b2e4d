import { columnsOf } from '../estimating/columns.ts';
import type { Clusters, Moments } from '../statistic.ts';

export interface AssignedBy {
  /** Rows that are compared, and the units that were drawn (people, households) among them. */
  rows: number;
  units: number;
  /** Whether the analysis knows which rows belong together. */
  clustered: boolean;
}

/** Whether several rows were assigned together and are compared as if each had been alone: intervals are then too narrow. */
export const missingCluster = ({ rows, units, clustered }: AssignedBy): boolean => !clustered && rows > units;

/**
 * How many times the variance of a mean grows because units lie inside clusters: by clusters as they come over that of
 * as many independent units. null: too few to say.
 *
 * @param alone moments of the units
 * @param clusters cluster totals with, as column 1, how many units have the metric
 */
export function designEffect(alone: Moments, clusters: Clusters): number | null {
  const [units, totals] = [columnsOf(alone), columnsOf(clusters)];
  if (clusters.n < 2 || alone.n < 2 || alone.ratio) return null;
  const [y, size] = totals.means as [number, number];
  if (!(size > 0)) return null;
  const [[yy = 0, yd = 0] = [], [, dd = 0] = []] = totals.covariance;
  const mean = y / size;
  const clustered = (yy - 2 * mean * yd + mean * mean * dd) / (clusters.n * size * size);
  const independent = units.covariance[0]![0]! / units.n;
  return independent > 0 ? clustered / independent : null;
}
