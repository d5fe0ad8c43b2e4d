import type { AnalysedKind } from '../../contract/experiments/analyses.ts';
import { DomainError } from '../../errors/domain-error.ts';

/** Names given one by one or with commas between them, each once. */
export const namesIn = (given: string | readonly string[] | undefined): string[] => [
  ...new Set(
    [given ?? []]
      .flat()
      .flatMap((text) => text.split(','))
      .map((name) => name.trim())
      .filter(Boolean),
  ),
];

/** The column that is meant: its exact name, or the only one that is equal but for capitals. @throws analysis_column_unknown */
export function columnNamed(name: string, columns: readonly string[]): string {
  if (columns.includes(name)) return name;
  const alike = columns.filter((column) => column.toLowerCase() === name.toLowerCase());
  if (alike.length === 1) return alike[0]!;
  throw new DomainError('analysis_column_unknown', { column: name, known: columns.join(', ') });
}

export interface MetricAsked {
  id: string;
  y: string;
  d?: string;
  /** null: to be found from the values. */
  kind: AnalysedKind | null;
  /** Of a quantile, in (0, 1). */
  quantile?: number;
}

const kindNames = 'proportion, mean, money, count, ratio, quantile, median, p90';

function kindOf(word: string): Pick<MetricAsked, 'kind' | 'quantile'> | null {
  if (['proportion', 'mean', 'money', 'count', 'ratio'].includes(word)) return { kind: word as AnalysedKind };
  if (word === 'quantile' || word === 'median') return { kind: 'quantile', quantile: 0.5 };
  const percent = Number(/^p(\d{1,2}(?:\.\d+)?)$/.exec(word)?.[1]);
  return percent > 0 && percent < 100 ? { kind: 'quantile', quantile: percent / 100 } : null;
}

/**
 * Reads `column`, `column:kind` or `numerator/denominator:ratio`; a column whose own name holds these signs is meant
 * first.
 *
 * @throws analysis_column_unknown, analysis_metric_kind
 */
export function metricIn(text: string, columns: readonly string[]): MetricAsked {
  if (columns.includes(text)) return { id: text, y: text, kind: null };
  const split = /^(.*):([^:]*)$/s.exec(text);
  const stated = split ? kindOf(split[2]!.trim().toLowerCase()) : null;
  if (split && !stated) throw new DomainError('analysis_metric_kind', { metric: text, known: kindNames });
  const name = (stated ? split![1]! : text).trim();
  const parts = columns.includes(name) ? [name] : name.split('/').map((part) => part.trim());
  const ratio = parts.length === 2;
  if (ratio ? stated !== null && stated.kind !== 'ratio' : stated?.kind === 'ratio')
    throw new DomainError('analysis_metric_kind', { metric: text, known: kindNames });
  const [y, d] = (ratio ? parts : [name]).map((part) => columnNamed(part, columns)) as [string, string?];
  const id =
    stated?.kind === 'quantile'
      ? `${y}:${split![2]!.trim().toLowerCase()}`
      : d === undefined
        ? y
        : `${y}/${d}`;
  if (d !== undefined) return { id, y, d, kind: 'ratio' };
  return {
    id,
    y,
    kind: stated?.kind ?? null,
    ...(stated?.quantile !== undefined && { quantile: stated.quantile }),
  };
}

/** The planned share of each arm, equal where nothing is said; in the order of the arms. @throws analysis_weights_* */
export function weightsIn(text: string | undefined, arms: readonly string[]): Map<string, number> {
  if (text === undefined || text.trim() === '') return new Map(arms.map((arm) => [arm, 1 / arms.length]));
  const given = new Map<string, number>();
  for (const part of text.split(',')) {
    const [, name, number] = /^\s*(.*?)\s*=\s*([^=]*?)\s*$/s.exec(part) ?? [];
    const weight = number === '' || number === undefined ? Number.NaN : Number(number.replace(/%$/, ''));
    if (name === undefined || !(weight > 0) || !Number.isFinite(weight) || given.has(name))
      throw new DomainError('analysis_weights_form', { part: part.trim() });
    if (!arms.includes(name))
      throw new DomainError('analysis_weights_unknown', { arm: name, known: arms.join(', ') });
    given.set(name, weight);
  }
  const missing = arms.find((arm) => !given.has(arm));
  if (missing !== undefined)
    throw new DomainError('analysis_weights_missing', { arm: missing, known: arms.join(', ') });
  refuseSum(text, [...given.values()]);
  const sum = [...given.values()].reduce((a, b) => a + b, 0);
  return new Map(arms.map((arm) => [arm, given.get(arm)! / sum]));
}

/** Parts in whole numbers may add up to anything; shares to 1 and percentages to 100. */
function refuseSum(weights: string, values: readonly number[]): void {
  const sum = values.reduce((a, b) => a + b, 0);
  const shares = values.every((value) => value < 1);
  const percentages = !shares && sum > 80 && sum < 120;
  const wanted = shares ? 1 : percentages ? 100 : null;
  const parts = values.every(Number.isInteger);
  if (wanted === null ? !parts : Math.abs(sum / wanted - 1) > 0.002)
    throw new DomainError('analysis_weights_sum', {
      weights,
      sum: Math.round(sum * 1e6) / 1e6,
      wanted: wanted ?? 1,
    });
}

/** The margin of each metric that has one. @throws analysis_margin_form */
export function marginsIn(text: string | undefined, metrics: readonly string[]): Map<string, number> {
  const given = new Map<string, number>();
  for (const part of (text ?? '').split(',').filter((one) => one.trim() !== '')) {
    const [, name = '', number = ''] = /^\s*(.*?)\s*=\s*([^=]*?)\s*$/s.exec(part) ?? [];
    const margin = number === '' ? Number.NaN : Number(number);
    if (!metrics.includes(name) || !(margin > 0) || !Number.isFinite(margin))
      throw new DomainError('analysis_margin_form', { part: part.trim() });
    given.set(name, margin);
  }
  return given;
}
