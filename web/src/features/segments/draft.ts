import type { z } from 'zod';
import type { segmentColumn } from '#core/contract/segments.ts';
import type { Condition } from '#core/segment/condition.ts';

export type SegmentColumn = z.output<typeof segmentColumn>;

export interface DraftRow {
  id: number;
  /** Of the column; null until one is chosen. */
  column: string | null;
  is: 'between' | 'in' | 'not_in' | 'missing' | 'present' | 'set' | 'clear';
  values: string[];
  from: number | null;
  to: number | null;
  currency: string;
}

export interface DraftGroup {
  id: number;
  join: 'all' | 'any';
  not: boolean;
  parts: Draft[];
}

/** Conditions as they are while somebody is still choosing: some may be unfinished. */
export type Draft = DraftRow | DraftGroup;

export const isGroup = (draft: Draft): draft is DraftGroup => 'parts' in draft;

let last = 0;
export const emptyRow = (column: SegmentColumn | null = null): DraftRow => ({
  id: ++last,
  column: column ? keyOf(column) : null,
  is: column ? (comparisons(column)[0] as DraftRow['is']) : 'between',
  values: [],
  from: null,
  to: null,
  currency: column?.type === 'money' && column.values?.length === 1 ? (column.values[0] as string) : '',
});
export const emptyGroup = (join: DraftGroup['join'] = 'all'): DraftGroup => ({
  id: ++last,
  join,
  not: false,
  parts: [],
});

/** A column, a score and a flag may share a name. */
export const keyOf = ({ type, name }: SegmentColumn): string =>
  type === 'score' || type === 'flag' ? `${type}:${name}` : name;

export const columnOf = (row: DraftRow, columns: readonly SegmentColumn[]): SegmentColumn | undefined =>
  columns.find((column) => keyOf(column) === row.column);

/** What may be asked of a column. */
export function comparisons({ type }: SegmentColumn): readonly DraftRow['is'][] {
  if (type === 'flag') return ['set', 'clear'];
  if (type === 'score') return ['between'];
  if (type === 'category') return ['in', 'not_in', 'missing', 'present'];
  return ['between', 'missing', 'present'];
}

/** A finished row as a condition, null while something is missing. */
export function rowCondition(row: DraftRow, columns: readonly SegmentColumn[]): Condition | null {
  const column = columnOf(row, columns);
  if (!column) return null;
  const { name, type } = column;
  if (row.is === 'set' || row.is === 'clear') return { flag: name, is: row.is };
  if (row.is === 'missing' || row.is === 'present') return { column: name, is: row.is };
  if (row.is === 'in' || row.is === 'not_in')
    return row.values.length ? { column: name, is: row.is, values: row.values } : null;
  if (row.from === null && row.to === null) return null;
  const bounds = {
    ...(row.from === null ? {} : { from: row.from }),
    ...(row.to === null ? {} : { to: row.to }),
  };
  if (type === 'score') return { score: name, ...bounds };
  if (type !== 'money') return { column: name, is: 'between', ...bounds };
  return row.currency ? { column: name, is: 'between', ...bounds, currency: row.currency } : null;
}

/** Everything finished, as the condition to be asked for; unfinished rows and empty groups do not count. */
export function toCondition(draft: Draft, columns: readonly SegmentColumn[]): Condition | null {
  if (!isGroup(draft)) return rowCondition(draft, columns);
  const parts = draft.parts.flatMap((part) => toCondition(part, columns) ?? []);
  if (!parts.length) return null;
  const joined: Condition = draft.join === 'all' ? { all: parts } : { any: parts };
  return draft.not ? { not: joined } : joined;
}

/** A saved condition, to go on from. */
export function fromCondition(condition: Condition): DraftGroup {
  const draft = read(condition);
  return isGroup(draft) ? draft : { ...emptyGroup(), parts: [draft] };
}

function read(condition: Condition): Draft {
  if ('all' in condition) return { ...emptyGroup('all'), parts: condition.all.map(read) };
  if ('any' in condition) return { ...emptyGroup('any'), parts: condition.any.map(read) };
  if ('not' in condition) {
    const inner = read(condition.not);
    const group: DraftGroup = isGroup(inner) ? inner : { ...emptyGroup(), parts: [inner] };
    return group.not ? { ...emptyGroup(), not: true, parts: [group] } : { ...group, not: true };
  }
  const row = emptyRow();
  if ('score' in condition)
    return {
      ...row,
      column: `score:${condition.score}`,
      from: condition.from ?? null,
      to: condition.to ?? null,
    };
  if ('flag' in condition) return { ...row, column: `flag:${condition.flag}`, is: condition.is };
  const same = { ...row, column: condition.column, is: condition.is };
  if (condition.is === 'between')
    return {
      ...same,
      from: condition.from ?? null,
      to: condition.to ?? null,
      currency: condition.currency ?? '',
    };
  return 'values' in condition ? { ...same, values: [...condition.values] } : same;
}
