import type { Segment } from '#core/contract/segments/segments.ts';
import type { Overlap } from '#core/contract/segments/views.ts';
import { DomainError, messageOf } from '#core/errors/domain-error.ts';
import { factsAsked } from '#core/segment/asked.ts';
import { checkCondition } from '#core/segment/check.ts';
import { bothCount, overlapCounts, ownCount, pairsOf } from '#core/segment/compare/overlap.ts';
import { compileCondition } from '#core/segment/compile.ts';
import type { Condition } from '#core/segment/condition.ts';
import type { Text } from '#core/text/text.ts';
import type { Context } from '../../context.ts';
import { preparedFacts } from '../../store/segments/prepared.ts';
import { readSegment, readSegments } from '../../store/segments/segments.ts';
import { currentFacts, type Facts } from '../segmenting.ts';

const newest = 10;

/** Why a condition cannot be asked of these facts; null: it can. */
export function refusalOf(condition: Condition, { vocabulary }: Facts): Text | null {
  try {
    checkCondition(condition, vocabulary);
    return null;
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    const { code, details } = error;
    return { es: messageOf(code, 'es', details), en: messageOf(code, 'en', details) };
  }
}

/**
 * How many people segments share, by their conditions and the newest balances.
 *
 * @throws not_found, no_snapshots, and as `checkCondition` for the condition given
 */
export async function overlapOf(
  context: Context,
  { condition, segmentIds }: { condition?: Condition | undefined; segmentIds?: string[] | undefined },
): Promise<Overlap> {
  const { engine } = context;
  const facts = await currentFacts(context);
  if (condition) checkCondition(condition, facts.vocabulary);
  const chosen: Segment[] = [];
  if (segmentIds) for (const id of new Set(segmentIds)) chosen.push(await readSegment(engine, id));
  else chosen.push(...(await readSegments(engine)).slice(0, newest));
  const leftOut: Overlap['leftOut'] = [];
  const compared: { id: string | null; name: string; condition: Condition }[] = condition
    ? [{ id: null, name: '', condition }]
    : [];
  for (const { id, name, condition: own } of chosen) {
    const reason = refusalOf(own, facts);
    if (reason) leftOut.push({ id, name, reason });
    else compared.push({ id, name, condition: own });
  }
  if (compared.length === 0) return { asOf: facts.asOf, segments: [], pairs: [], leftOut };
  const conditions = compared.map((one) => one.condition);
  const relation = await preparedFacts(context, facts, factsAsked(...conditions));
  const predicates = conditions.map((one) => compileCondition(one, engine.dialect));
  const row =
    (await engine.first<Record<string, number>>(overlapCounts(engine.dialect, relation, predicates))) ?? {};
  const own = compared.map((_, i) => row[ownCount(i)] ?? 0);
  return {
    asOf: facts.asOf,
    segments: compared.map(({ id, name }, i) => ({ id, name, customers: own[i] ?? 0 })),
    pairs: pairsOf(compared.length).map(([first, second]) => {
      const both = row[bothCount(first, second)] ?? 0;
      const either = (own[first] ?? 0) + (own[second] ?? 0) - both;
      return { first, second, both, jaccard: either > 0 ? both / either : null };
    }),
    leftOut,
  };
}
