import type { AnalysedKind } from '../../contract/experiments/analyses.ts';
import { DomainError } from '../../errors/domain-error.ts';
import type { Evidence, EvidenceKind, Moments, Statistic } from '../statistic.ts';

/** The statistics there are, by name. */
export type Statistics = ReadonlyMap<string, Statistic>;

export interface MetricShape {
  id: string;
  kind: AnalysedKind;
  quantile?: number;
  clustered: boolean;
  strata: boolean;
  covariates: boolean;
  /** Fewest people with, or without, the outcome that an arm would be expected to have; null: no proportion. */
  fewest: number | null;
}

/** One way an effect is estimated. */
export interface Method {
  statistic: string;
  options: Record<string, unknown>;
  adjusted: boolean;
  /** Whether its p-value and interval may speak for the metric. */
  judges: boolean;
}

/** Smallest expected count for which a proportion is judged without an exact test. */
const leastExpected = 5;

const plain: Record<Exclude<AnalysedKind, 'quantile'>, string> = {
  proportion: 'difference-in-proportions',
  mean: 'difference-in-means',
  money: 'difference-in-means',
  count: 'difference-in-means',
  ratio: 'difference-in-ratios',
};

const withNeed = (statistics: Statistics, need: EvidenceKind): string | undefined =>
  [...statistics].find(([, { needs }]) => needs === need)?.[0];

/** How a metric is compared when nothing is asked: plainly, adjusted by what is known before, and in relation to control. */
export function usualMethods(shape: MetricShape, statistics: Statistics, alpha: number): Method[] {
  const method = (statistic: string, adjusted: boolean, options = {}, judges = true): Method => ({
    statistic,
    options: { alpha, ...options },
    adjusted,
    judges,
  });
  const { kind, clustered, strata, covariates } = shape;
  if (kind === 'quantile') {
    const statistic = withNeed(statistics, 'histogram');
    return statistic ? [method(statistic, false, { quantile: shape.quantile ?? 0.5 })] : [];
  }
  const relative = { scale: 'relative' };
  if (clustered)
    return [
      method('clustered', false),
      ...(covariates ? [method('clustered', true)] : []),
      method('clustered', false, relative, false),
    ];
  const few = shape.fewest !== null && shape.fewest < leastExpected;
  const adjusted = strata
    ? [method('stratified', true, { covariates: covariates ? 'centred' : 'none' })]
    : covariates
      ? [method('cuped', true)]
      : [];
  return [
    method(plain[kind], false, {}, !few),
    ...(few ? [method('fisher-exact', false)] : []),
    ...adjusted.map((one) => ({ ...one, judges: !few })),
    kind === 'proportion'
      ? method('difference-in-means', false, { ...relative, variance: 'share' }, false)
      : method(plain[kind], false, relative, false),
  ].filter(({ statistic }) => statistics.has(statistic));
}

/** Methods asked for by name, which stand beside the usual ones. @throws analysis_method_unknown, analysis_method_unfit */
export function askedMethods(
  names: readonly string[],
  shape: MetricShape,
  statistics: Statistics,
  alpha: number,
): Method[] {
  return names.map((name) => {
    const statistic = statistics.get(name);
    if (!statistic)
      throw new DomainError('analysis_method_unknown', {
        method: name,
        known: [...statistics.keys()].join(', '),
      });
    if (!fits(name, statistic.needs, shape))
      throw new DomainError('analysis_method_unfit', {
        method: name,
        metric: shape.id,
        kind: shape.kind,
        needs: statistic.needs,
      });
    const adjusted = (name === 'cuped' && shape.covariates) || statistic.needs === 'strata';
    const options = { alpha, ...(shape.quantile !== undefined && { quantile: shape.quantile }) };
    return { statistic: name, options, adjusted, judges: false };
  });
}

function fits(name: string, needs: EvidenceKind, { kind, clustered, strata }: MetricShape): boolean {
  if (needs === 'counts') return kind === 'proportion';
  if (needs === 'clusters') return clustered;
  if (needs === 'strata') return strata;
  if (needs === 'histogram') return kind !== 'ratio';
  if (name === 'difference-in-ratios') return kind === 'ratio';
  return kind !== 'quantile' && (name !== 'difference-in-means' || kind !== 'ratio');
}

/** Moments without what was known before, for a method that must not adjust. */
export function withoutCovariates({ n, sums, products, ratio }: Moments): Moments {
  const [all, kept] = [sums.length, ratio ? 2 : 1];
  const at = (i: number, j: number) => (i * (2 * all - i + 1)) / 2 + (j - i);
  const upper = Array.from({ length: kept }, (_, i) =>
    Array.from({ length: kept - i }, (__, k) => products[at(i, i + k)]!),
  );
  return { n, sums: sums.slice(0, kept), products: upper.flat(), ratio };
}

/** Evidence as a method sees it. */
export const seenBy = <K extends EvidenceKind>(
  method: Method,
  needs: K,
  evidence: Evidence[K],
): Evidence[K] =>
  !method.adjusted && (needs === 'moments' || needs === 'clusters')
    ? (withoutCovariates(evidence as Moments) as Evidence[K])
    : evidence;
