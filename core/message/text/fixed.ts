import type { Condition } from '../../segment/condition.ts';
import type { GroupColumn } from '../claim.ts';

/** Groups that a segment holds to one of: its accounts are all of that product. */
export function fixedBy(condition: Condition): Partial<Record<GroupColumn, string>> {
  if ('all' in condition) return Object.assign({}, ...condition.all.map(fixedBy));
  if (!('column' in condition) || condition.column !== 'product_type' || condition.is !== 'in') return {};
  const [product, ...others] = condition.values;
  return product !== undefined && others.length === 0 ? { product } : {};
}
