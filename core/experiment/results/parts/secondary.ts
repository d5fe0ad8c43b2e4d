import { gateKept } from '../../many/gate-keeping.ts';
import type { Gathered } from '../gathered.ts';
import type { JudgedPlan, Judgement } from '../judgement.ts';
import { pairKey } from './metric-result.ts';
import { frozen, questionAt } from './seen.ts';

/**
 * Corrected p-values of secondary metrics: only once no look is left and every arm's primary comparison was told apart,
 * then Holm over secondary metrics and arms, none under the largest of the primary ones (serial gate-keeping). Empty: the
 * gate is shut.
 */
export function secondaryPs(gathered: Gathered, plan: JudgedPlan, judgement: Judgement): Map<string, number> {
  const open = judgement.arms.every(({ kind }) => kind === 'better' || kind === 'worse');
  if (!judgement.ended || !open) return new Map();
  const pairs = gathered.columns
    .filter(({ role, metric }) => role === 'secondary' && metric.kind !== 'quantile')
    .flatMap((column) => plan.arms.map((arm) => ({ column, arm })))
    .flatMap(({ column, arm }) => {
      const { pValue } = frozen(gathered, questionAt(gathered, column, arm, gathered.asOf));
      return pValue === null ? [] : [{ key: pairKey(column.id, arm), pValue }];
    });
  const [corrected = []] = gateKept([pairs.map(({ pValue }) => pValue)]);
  const gate = Math.max(0, ...judgement.arms.map(({ correctedP }) => correctedP ?? 0));
  return new Map(pairs.map(({ key }, i) => [key, Math.max(gate, corrected[i]!)]));
}
