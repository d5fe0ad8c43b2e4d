import type { EffectScale, EvidenceKind } from '#core/experiment/statistic.ts';
import { asShareOfDue, draw, type Population, population, type Truth, truthOf } from './population.ts';
import type { Shape, Unit } from './units.ts';

/** What statistics of a kind of evidence are asked about: as means, and where there are denominators, as ratios. */
export const shapesOf = (kind: EvidenceKind): Shape[] => {
  const shape = { ratio: false, covariates: 1, strata: 3, draws: 199 };
  return kind === 'moments' || kind === 'strata'
    ? [shape, { ...shape, ratio: true, covariates: 2 }, { ...shape, covariates: 0 }]
    : [shape];
};

/** Half of the people pay nothing, but where a quantile is asked for; units come in clusters where these are. */
export const populationFor = (kind: EvidenceKind): Population => ({
  ...population,
  ...(kind === 'histogram' && { payers: 1 }),
  ...(kind === 'clusters' && { clusterSize: 3, clusterSpread: 0.5 }),
});

/** People of one arm as evidence of a shape wants them. */
export const peopleFor = (
  of: Population,
  shape: Shape,
  n: number,
  inArm: boolean,
  random: () => number,
): Unit[] => {
  const units = draw(of, n, inArm, random);
  return shape.ratio ? asShareOfDue(units) : units;
};

function pairOf(truth: Truth, kind: EvidenceKind, shape: Shape, options: unknown): [number, number] {
  if (kind === 'counts') return truth.share;
  if (kind === 'histogram') return truth.quantile((options as { quantile?: number }).quantile ?? 0.5);
  return shape.ratio ? truth.ratio : truth.mean;
}

/** The true effect of the arm on a scale. */
export function trueEffect(
  of: Population,
  { kind, shape, options }: { kind: EvidenceKind; shape: Shape; options: unknown },
  scale: EffectScale,
): number {
  const [control, arm] = pairOf(truthOf(of), kind, shape, options);
  if (scale === 'difference') return arm - control;
  if (scale === 'relative') return (arm - control) / Math.abs(control);
  if (scale === 'risk_ratio') return arm / control;
  return (arm * (1 - control)) / (control * (1 - arm));
}
