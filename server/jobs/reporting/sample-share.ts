import { countKnown } from '#models/feature-report/count.ts';
import type { DecisionDate, Question } from '#models/question.ts';
import type { Engine } from '../../engine/engine.ts';

/** Accounts at risk on the dates with a known outcome, and the share of customers that keeps about `limit` of them. */
export async function sampleShare(
  engine: Engine,
  scope: { question: Question; parameters: unknown; dates: readonly DecisionDate[] },
  limit: number,
): Promise<{ known: number; share: number }> {
  const known = (await engine.first<{ n: number }>(countKnown(engine.dialect, scope)))?.n ?? 0;
  return { known, share: Math.min(1, limit / Math.max(1, known)) };
}
