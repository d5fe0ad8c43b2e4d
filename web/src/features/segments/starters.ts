import type { Condition } from '#core/segment/condition.ts';
import { type DraftRow, fromCondition, isGroup, type SegmentColumn } from './draft.ts';

/** Conditions most rounds begin with; only those this portfolio can answer are offered. */
export const starterIds = ['early', 'middle', 'unlikely', 'sensitive'] as const;
export type StarterId = (typeof starterIds)[number];

const sensitive = ['dispute', 'hardship', 'vulnerable', 'plan'];

export function starter(id: StarterId, columns: readonly SegmentColumn[]): DraftRow[] {
  const has = (name: string, type?: SegmentColumn['type']): boolean =>
    columns.some((column) => column.name === name && (!type || column.type === type));
  const late = (from: number, to: number): Condition[] =>
    has('days_past_due') ? [{ column: 'days_past_due', is: 'between', from, to }] : [];
  const conditions: Record<StarterId, Condition[]> = {
    early: late(1, 30),
    middle: late(30, 60),
    unlikely: has('self-cure', 'score') ? [{ score: 'self-cure', to: 0.5 }] : [],
    sensitive: sensitive.filter((flag) => has(flag, 'flag')).map((flag) => ({ flag, is: 'clear' })),
  };
  return fromCondition({ all: conditions[id] }).parts.filter((part): part is DraftRow => !isGroup(part));
}
