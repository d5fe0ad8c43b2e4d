import type { Laws } from '../statistic.ts';
import type { Question } from './question.ts';

/**
 * Laws of what `answer` gives: a difference is turned by swapping the arms unless a side or a margin is named; interval
 * and p-value come from one distance from what is supposed.
 */
export const answerLaws = (
  { scale, sided, margin }: Pick<Question, 'scale' | 'sided' | 'margin'>,
  coverage: number | null,
): Laws => ({
  merge: 'exact',
  swap: scale === 'difference' && sided === 'two' && !margin ? 'negates' : 'none',
  dual: true,
  scaling: scale === 'relative' ? 'invariant' : margin?.of === 'unit' ? 'none' : 'multiplies',
  coverage,
});
