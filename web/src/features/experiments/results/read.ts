import type {
  ExperimentResults,
  MetricResult,
  Reading,
  ResultEffect,
  VerdictKind,
} from '#core/contract/experiments/results.ts';
import type { Design } from '#core/experiment/define.ts';
import type { EffectRow } from '../../../charts/experiments/effects.ts';
import type { Figure } from './figure.ts';

/** Control first, the others as designed: an arm's place gives it its colour everywhere. */
export const armOrder = ({ arms, control }: Pick<Design, 'arms' | 'control'>): string[] => [
  control,
  ...arms.map(({ name }) => name).filter((name) => name !== control),
];

export const colourOf = (design: Pick<Design, 'arms' | 'control'>, arm: string): number =>
  Math.max(0, armOrder(design).indexOf(arm));

export const primaryOf = ({ metrics }: ExperimentResults): MetricResult | undefined =>
  metrics.find(({ role }) => role === 'primary');

/** A sentence as it begins. */
export const capital = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;

/** A metric of money stands once for each currency. */
export const metricKey = ({ id, currency }: Pick<MetricResult, 'id' | 'currency'>): string =>
  currency ? `${id}-${currency}` : id;

/** Stages at which nobody was lost unevenly are one check, with the least of their p-values. */
export function shortChecks(checks: ExperimentResults['checks']): {
  checks: ExperimentResults['checks'];
  /** Of the stages that are left out of the list because all is well with them. */
  stages: { count: number; pValue: number | null };
} {
  const isFine = ({ id, tone }: ExperimentResults['checks'][number]) =>
    id.startsWith('lost:') && tone === 'good';
  const fine = checks.filter(isFine);
  const values = fine.flatMap(({ pValue }) => (pValue === null ? [] : [pValue]));
  return {
    checks: checks.filter((check) => !isFine(check)),
    stages: { count: fine.length, pValue: values.length ? Math.min(...values) : null },
  };
}

/** Whether an interval leaves zero out. */
export const isClear = ({ lower, upper }: Pick<ResultEffect, 'lower' | 'upper'>): boolean =>
  lower !== null && upper !== null && (lower > 0 || upper < 0);

const unread: readonly Reading[] = ['not_yet', 'not_judged'];
/** Whether a comparison has been judged: until then nothing may be read from where its interval lies. */
export const isRead = (reading: Reading): boolean => !unread.includes(reading);

const open: readonly VerdictKind[] = ['not_started', 'running'];
export const isOpen = (kind: VerdictKind): boolean => open.includes(kind);

const decided: readonly VerdictKind[] = ['better', 'worse', 'equivalent', 'inconclusive'];
export const isDecided = (kind: VerdictKind): boolean => decided.includes(kind);

export const verdictTones = {
  not_started: 'accent',
  running: 'accent',
  better: 'good',
  worse: 'harm',
  equivalent: 'accent',
  inconclusive: 'accent',
  stopped_for_harm: 'harm',
  invalid: 'harm',
} as const satisfies Record<VerdictKind, 'accent' | 'good' | 'harm'>;

export const readingTones = {
  better: 'good',
  worse: 'harm',
  equivalent: 'accent',
  inconclusive: 'warn',
  within_margin: 'good',
  margin_crossed: 'harm',
  not_yet: 'plain',
  not_judged: 'plain',
} as const satisfies Record<Reading, 'accent' | 'good' | 'harm' | 'warn' | 'plain'>;

export const signs = { good: 'done', warn: 'warn', bad: 'harm' } as const;

/** Each arm against control as it is drawn: filled only where it was judged and leaves zero out. */
export const armRows = (
  metric: MetricResult,
  design: Pick<Design, 'arms' | 'control'>,
  figure: Figure,
  name: (arm: string) => string,
): EffectRow[] =>
  metric.comparisons
    .filter(({ judged }) => judged.estimate !== null)
    .map(({ arm, judged, reading }) => ({
      label: name(arm),
      estimate: (judged.estimate ?? 0) * figure.factor,
      lower: (judged.lower ?? 0) * figure.factor,
      upper: (judged.upper ?? 0) * figure.factor,
      text: figure.difference(judged.estimate),
      filled: isRead(reading) && isClear(judged),
      colour: colourOf(design, arm),
    }));

const watches = ['message-check', 'harm-watch'] as const;
/** What paused on its own, by its name; undefined: a person did. */
export const watchOf = (by: string): (typeof watches)[number] | undefined =>
  watches.find((watch) => watch === by);
