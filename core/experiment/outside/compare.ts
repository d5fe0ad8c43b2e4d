import type { AnalysedEffect } from '../../contract/experiments/analyses.ts';
import type { Effect, Evidence, EvidenceKind } from '../statistic.ts';
import { type Method, type Statistics, seenBy } from './methods.ts';

/** Evidence of one metric in one arm, as far as the methods need it. */
export type ArmEvidence = Partial<Evidence>;

/** The effect of an arm by one method. */
export function compareBy(
  method: Method,
  statistics: Statistics,
  named: { metric: string; arm: string; control: string },
  evidence: { arm: ArmEvidence; control: ArmEvidence },
): AnalysedEffect {
  const statistic = statistics.get(method.statistic)!;
  const side = (of: ArmEvidence) => seenBy(method, statistic.needs, of[statistic.needs as EvidenceKind]!);
  const options = statistic.options.parse(method.options);
  const effect = statistic.compute(side(evidence.control) as never, side(evidence.arm) as never, options);
  return asAnalysed(effect, method, named);
}

function asAnalysed(
  effect: Effect,
  { statistic, adjusted }: Method,
  named: { metric: string; arm: string; control: string },
): AnalysedEffect {
  const { conventions, reason, estimate, standardError, lower, upper, pValue } = effect;
  return {
    ...named,
    scale: conventions.scale,
    estimate,
    standardError,
    lower,
    upper,
    pValue,
    method: `${statistic} (${[conventions.interval, conventions.test].filter((one, i, all) => all.indexOf(one) === i).join(', ')})`,
    adjusted,
    ...(reason !== undefined && { reason }),
  };
}
