import { type Centres, groupRows, type Values } from './k-means.ts';
import { type TreeGroups, treeGroups } from './tree.ts';

/** Rows to be put into groups, by the measures and, for a tree, by what it tells apart. */
export interface GroupingTask {
  method: 'k-means' | 'tree';
  measures: Values[];
  target: Values | null;
  groups: number;
  seed: number;
}
export type Grouping = ({ method: 'k-means' } & Centres) | ({ method: 'tree' } & TreeGroups);

export async function group({ method, measures, target, groups, seed }: GroupingTask): Promise<Grouping> {
  if (method === 'tree' && target) return { method, ...(await treeGroups(measures, target, groups)) };
  return { method: 'k-means', ...groupRows(measures, groups, seed) };
}
