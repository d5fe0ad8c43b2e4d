import type { z } from 'zod';
import type { segmentColumn } from '#core/contract/segments/segments.ts';
import type { Condition } from '#core/segment/condition.ts';
import type { Ranked } from '#core/segment/measure.ts';

export type SegmentColumn = z.output<typeof segmentColumn>;

const asks = [
  'between',
  'in',
  'not_in',
  'missing',
  'present',
  'set',
  'clear',
  'decile',
  'percentile_currency',
  'percentile_book',
  'received',
  'not_received',
  'best',
  'best_sure',
] as const;
export type Ask = (typeof asks)[number];

export interface DraftRow {
  id: number;
  /** Of the column; null until one is chosen. */
  column: string | null;
  is: Ask;
  values: string[];
  from: number | null;
  /** For a style, the days it was received within. */
  to: number | null;
  currency: string;
  /** A condition that is kept as it is, such as the nearest of several centres. */
  fixed: Condition | null;
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
  is: column ? (comparisons(column)[0] as Ask) : 'between',
  values: [],
  from: null,
  to: null,
  currency: column?.type === 'money' && column.values?.length === 1 ? (column.values[0] as string) : '',
  fixed: null,
});
export const emptyGroup = (join: DraftGroup['join'] = 'all'): DraftGroup => ({
  id: ++last,
  join,
  not: false,
  parts: [],
});

const prefixed: Partial<Record<SegmentColumn['type'], string>> = {
  score: 'score',
  flag: 'flag',
  feature: 'feature',
  feature_category: 'feature',
  experiment: 'arm',
  style: 'style',
  channel: 'channel',
};

/** Things of different kinds may share a name. */
export const keyOf = ({ type, name }: SegmentColumn): string =>
  prefixed[type] ? `${prefixed[type]}:${name}` : name;

export const columnOf = (row: DraftRow, columns: readonly SegmentColumn[]): SegmentColumn | undefined =>
  columns.find((column) => keyOf(column) === row.column);

const allowed: Record<SegmentColumn['type'], readonly Ask[]> = {
  flag: ['set', 'clear'],
  score: ['between', 'decile'],
  category: ['in', 'not_in', 'missing', 'present'],
  feature_category: ['in', 'not_in', 'missing', 'present'],
  number: ['between', 'percentile_book', 'percentile_currency', 'missing', 'present'],
  feature: ['between', 'percentile_book', 'percentile_currency', 'missing', 'present'],
  money: ['between', 'percentile_currency', 'missing', 'present'],
  experiment: ['in'],
  style: ['received', 'not_received'],
  channel: ['best', 'best_sure'],
};

/** What may be asked of a column. */
export const comparisons = ({ type }: SegmentColumn): readonly Ask[] => allowed[type];

/** Whether what is asked is chosen from a list, and whether it is a range. */
export const takesValues = (is: Ask): boolean => ['in', 'not_in', 'decile', 'best', 'best_sure'].includes(is);
export const takesRange = (is: Ask): boolean =>
  is === 'between' || is === 'percentile_currency' || is === 'percentile_book';

/** A finished row as a condition, null while something is missing. */
export function rowCondition(row: DraftRow, columns: readonly SegmentColumn[]): Condition | null {
  if (row.fixed) return row.fixed;
  const column = columnOf(row, columns);
  if (!column) return null;
  const { name, type } = column;
  const { is, values, from, to } = row;
  if (takesValues(is) && values.length === 0) return null;
  if (takesRange(is) && from === null && to === null) return null;
  const bounds = { ...(from === null ? {} : { from }), ...(to === null ? {} : { to }) };
  const named = type === 'feature' || type === 'feature_category' ? { feature: name } : { column: name };
  switch (is) {
    case 'set':
    case 'clear':
      return { flag: name, is };
    case 'missing':
    case 'present':
      return { ...named, is };
    case 'in':
      return type === 'experiment' ? { experiment: name, arms: values } : { ...named, is, values };
    case 'not_in':
      return { ...named, is, values };
    case 'decile':
      return { decile: name, of: values.map(Number).sort((a, b) => a - b) };
    case 'percentile_book':
    case 'percentile_currency':
      return { percentile: named, within: is === 'percentile_book' ? 'book' : 'currency', ...bounds };
    case 'received':
    case 'not_received':
      return { style: name, is, ...(to === null ? {} : { withinDays: to }) };
    case 'best':
    case 'best_sure':
      return { bestChannel: values, ...(is === 'best_sure' ? { sure: true } : {}) };
    default:
      if (type === 'score') return { score: name, ...bounds };
      if (type !== 'money') return { ...named, is, ...bounds };
      return row.currency ? { ...named, is, ...bounds, currency: row.currency } : null;
  }
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
  if (!('not' in condition)) return { ...emptyRow(), ...readLeaf(condition) };
  const inner = read(condition.not);
  const group: DraftGroup = isGroup(inner) ? inner : { ...emptyGroup(), parts: [inner] };
  return group.not ? { ...emptyGroup(), not: true, parts: [group] } : { ...group, not: true };
}

const boundsOf = ({ from, to }: { from?: number | undefined; to?: number | undefined }) => ({
  from: from ?? null,
  to: to ?? null,
});

const rankedKey = (of: Ranked): string =>
  'column' in of ? of.column : 'feature' in of ? `feature:${of.feature}` : `score:${of.score}`;

function readLeaf(leaf: Condition): Partial<DraftRow> {
  if ('score' in leaf) return { column: `score:${leaf.score}`, ...boundsOf(leaf) };
  if ('flag' in leaf) return { column: `flag:${leaf.flag}`, is: leaf.is };
  if ('decile' in leaf) return { column: `score:${leaf.decile}`, is: 'decile', values: leaf.of.map(String) };
  if ('percentile' in leaf && !('score' in leaf.percentile))
    return {
      column: rankedKey(leaf.percentile),
      is: leaf.within === 'book' ? 'percentile_book' : 'percentile_currency',
      ...boundsOf(leaf),
    };
  if ('experiment' in leaf) return { column: `arm:${leaf.experiment}`, is: 'in', values: [...leaf.arms] };
  if ('style' in leaf) return { column: `style:${leaf.style}`, is: leaf.is, to: leaf.withinDays ?? null };
  if ('bestChannel' in leaf)
    return {
      column: 'channel:best_channel',
      is: leaf.sure ? 'best_sure' : 'best',
      values: [...leaf.bestChannel],
    };
  if (!('column' in leaf || 'feature' in leaf)) return { fixed: leaf };
  const same = { column: 'column' in leaf ? leaf.column : `feature:${leaf.feature}`, is: leaf.is };
  if (leaf.is === 'between') return { ...same, ...boundsOf(leaf), currency: leaf.currency ?? '' };
  return 'values' in leaf ? { ...same, values: [...leaf.values] } : same;
}
