import type { EvidenceCell } from '../evidence/moments.ts';
import type { Drawn, PastStrata } from './draw.ts';

/** What became of people, a place of each array a person. */
export interface PastOutcomes {
  /** NaN: not known, left out of the metric. */
  y: Float64Array;
  /** Denominator of a ratio; null: the metric is none. */
  d: Float64Array | null;
  /** Known before entering, less their means; 0 where not known. */
  covariates: readonly Float64Array[];
}

interface Asked extends PastStrata {
  id: string;
  arms: readonly string[];
  /** The cohort that each day of entering is counted in. */
  cohorts: readonly string[];
}

interface Sums {
  units: number;
  n: number;
  sums: number[];
  products: number[];
}

/** Sums over people by arm, stratum and cohort, as the product reads them of an experiment's people. */
export function cellsOf(asked: Asked, drawn: Drawn, { y, d, covariates }: PastOutcomes): EvidenceCell[] {
  const { strata, strataCount, arms, cohorts, id } = asked;
  const names = [...new Set(cohorts)];
  const cohortOf = Uint8Array.from(cohorts, (name) => names.indexOf(name));
  const width = (d ? 2 : 1) + covariates.length;
  const value = new Float64Array(width);
  const found: (Sums | undefined)[] = new Array(arms.length * strataCount * names.length);
  for (let i = 0; i < strata.length; i++) {
    const at = (drawn.arms[i]! * strataCount + strata[i]!) * names.length + cohortOf[drawn.waves[i]!]!;
    found[at] ??= {
      units: 0,
      n: 0,
      sums: new Array<number>(width).fill(0),
      products: new Array<number>((width * (width + 1)) / 2).fill(0),
    };
    const cell = found[at];
    cell.units++;
    if (Number.isNaN(y[i]!)) continue;
    cell.n++;
    let column = 0;
    value[column++] = y[i]!;
    if (d) value[column++] = d[i]!;
    for (const covariate of covariates) value[column++] = covariate[i]!;
    let product = 0;
    for (let a = 0; a < width; a++) {
      cell.sums[a]! += value[a]!;
      for (let b = a; b < width; b++) cell.products[product++]! += value[a]! * value[b]!;
    }
  }
  return found.flatMap((cell, at): EvidenceCell[] => {
    if (!cell) return [];
    const { units, ...moments } = cell;
    const stratum = Math.floor(at / names.length);
    return [
      {
        arm: arms[Math.floor(stratum / strataCount)]!,
        stratum: String(stratum % strataCount),
        cohort: names[at % names.length]!,
        units,
        metrics: { [id]: { ...moments, ratio: d !== null } },
      },
    ];
  });
}
