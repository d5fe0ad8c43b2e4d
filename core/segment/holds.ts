import {
  armFact,
  channelFact,
  decileFact,
  factColumn,
  featureFact,
  flagColumn,
  percentileFact,
  scoreColumn,
  styleFact,
  sureFact,
} from './columns.ts';
import type { Condition, Nearest } from './condition.ts';
import { factOf } from './measure.ts';

/** One row of the account facts: money as decimal text, what is not known as null. */
export type Fact = Readonly<Record<string, string | number | boolean | null>>;

interface Bounds {
  from?: number | undefined;
  to?: number | undefined;
}

const cents = (amount: string | number): bigint | number => {
  const text = typeof amount === 'string' ? amount : amount.toFixed(2);
  const [whole = '0', fraction = ''] = text.replace('-', '').split('.');
  const value = BigInt(whole + fraction.padEnd(2, '0').slice(0, 2));
  return text.startsWith('-') ? -value : value;
};

function inside(
  value: unknown,
  { from, to }: Bounds,
  as: (value: string | number) => bigint | number,
): boolean {
  if (typeof value !== 'number' && typeof value !== 'string') return false;
  const own = as(value);
  return (from === undefined || own >= as(from)) && (to === undefined || own < as(to));
}

type Named = Extract<Condition, { is: 'between' | 'in' | 'not_in' | 'missing' | 'present' }>;

function namedHolds(name: string, condition: Named, fact: Fact): boolean {
  const value = fact[name] ?? null;
  switch (condition.is) {
    case 'missing':
      return value === null;
    case 'present':
      return value !== null;
    case 'in':
      return condition.values.includes(value as string);
    case 'not_in':
      return !condition.values.includes(value as string);
    case 'between': {
      if (condition.currency && fact.currency !== condition.currency) return false;
      return inside(value, condition, factColumn(name)?.type === 'money' ? cents : Number);
    }
  }
}

/** Squared distance to a centre, added up in the order of the measures, as the engine does. */
function distance({ measures }: Nearest, centre: readonly number[], fact: Fact): number {
  let sum = 0;
  for (const [i, { of, mean, deviation }] of measures.entries()) {
    const away = (Number(fact[factOf(of)] ?? mean) - mean) / deviation - (centre[i] ?? 0);
    sum += away * away;
  }
  return sum;
}

/** The centre an account lies closest to, from 1. */
export function nearestCentre(condition: Nearest, fact: Fact): number {
  const distances = condition.centres.map((centre) => distance(condition, centre, fact));
  return 1 + distances.indexOf(Math.min(...distances));
}

function styleHolds({ style, is, withinDays }: Extract<Condition, { style: string }>, fact: Fact): boolean {
  const days = fact[styleFact(style)] ?? null;
  const received = days !== null && (withinDays === undefined || Number(days) <= withinDays);
  return received === (is === 'received');
}

/** Whether a checked condition holds for one account: the same answer as `compileCondition` gives in the engine. */
export function holds(condition: Condition, fact: Fact): boolean {
  if ('all' in condition) return condition.all.every((part) => holds(part, fact));
  if ('any' in condition) return condition.any.some((part) => holds(part, fact));
  if ('not' in condition) return !holds(condition.not, fact);
  if ('column' in condition) return namedHolds(condition.column, condition, fact);
  if ('feature' in condition) return namedHolds(featureFact(condition.feature), condition, fact);
  if ('score' in condition) return inside(fact[scoreColumn(condition.score)], condition, Number);
  if ('decile' in condition) return condition.of.includes(Number(fact[decileFact(condition.decile)] ?? 0));
  if ('percentile' in condition)
    return inside(fact[percentileFact(condition.within, factOf(condition.percentile))], condition, Number);
  if ('flag' in condition) return fact[flagColumn(condition.flag)] === (condition.is === 'set');
  if ('experiment' in condition)
    return condition.arms.includes(String(fact[armFact(condition.experiment)] ?? ''));
  if ('style' in condition) return styleHolds(condition, fact);
  if ('bestChannel' in condition)
    return (
      condition.bestChannel.includes(String(fact[channelFact] ?? '')) &&
      (condition.sure !== true || fact[sureFact] === true)
    );
  return nearestCentre(condition, fact) === condition.nearest;
}
