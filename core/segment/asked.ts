import {
  armFact,
  channelFact,
  decileFact,
  featureFact,
  flagColumn,
  percentileFact,
  scoreColumn,
  styleFact,
  sureFact,
} from './columns.ts';
import { type Condition, leavesOf, partsOf } from './condition.ts';
import { factOf, type Measure } from './measure.ts';

/** The columns of the facts that one condition reads. */
function factsOfLeaf(leaf: Condition): string[] {
  if ('column' in leaf)
    return 'currency' in leaf && leaf.currency ? [leaf.column, 'currency'] : [leaf.column];
  if ('feature' in leaf) return [featureFact(leaf.feature)];
  if ('score' in leaf) return [scoreColumn(leaf.score)];
  if ('decile' in leaf) return [decileFact(leaf.decile)];
  if ('percentile' in leaf) return [percentileFact(leaf.within, factOf(leaf.percentile))];
  if ('flag' in leaf) return [flagColumn(leaf.flag)];
  if ('experiment' in leaf) return [armFact(leaf.experiment)];
  if ('style' in leaf) return [styleFact(leaf.style)];
  if ('bestChannel' in leaf) return [channelFact, sureFact];
  return 'nearest' in leaf ? leaf.measures.map(({ of }) => factOf(of)) : [];
}

/** The columns of the facts that a condition reads, each once. */
export const factsAsked = (...conditions: readonly Condition[]): string[] => [
  ...new Set(conditions.flatMap((condition) => [...leavesOf(condition)].flatMap(factsOfLeaf))),
];

const scoreOf = (of: Measure): string[] => ('score' in of ? [of.score] : []);

function modelsOf(leaf: Condition): string[] {
  if ('score' in leaf) return [leaf.score];
  if ('decile' in leaf) return [leaf.decile];
  if ('percentile' in leaf) return scoreOf(leaf.percentile);
  return 'nearest' in leaf ? leaf.measures.flatMap(({ of }) => scoreOf(of)) : [];
}

/** Models whose scores a condition asks for, each once. */
export const scoresIn = (condition: Condition): string[] => [
  ...new Set([...leavesOf(condition)].flatMap(modelsOf)),
];

/** What a model said or an experiment drew: not there for an earlier date. */
const isLater = (leaf: Condition): boolean =>
  modelsOf(leaf).length > 0 || 'bestChannel' in leaf || 'experiment' in leaf;

/**
 * The condition with everything it asks of scores, chosen channels and arms taken as met, in whichever direction widens
 * it.
 */
export function withoutScores(condition: Condition): Condition {
  const widen = (part: Condition, met: boolean): Condition => {
    if ('all' in part) return { all: part.all.map((inner) => widen(inner, met)) };
    if ('any' in part) return { any: part.any.map((inner) => widen(inner, met)) };
    if ('not' in part) return { not: widen(part.not, !met) };
    if (isLater(part)) return met ? { all: [] } : { not: { all: [] } };
    return part;
  };
  return widen(condition, true);
}

/** Whether a condition is a group. */
export const isGroup = (condition: Condition): boolean => partsOf(condition) !== null;
