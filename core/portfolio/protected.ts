import type { ColumnType } from './column.ts';
import { tables } from './tables.ts';

export interface ProtectedAttribute {
  name: string;
  table: string;
  type: ColumnType;
}

/** Attributes of people that no model may use and that fairness is judged by, in the order of the tables. */
export const protectedAttributes: readonly ProtectedAttribute[] = tables.flatMap((table) =>
  Object.entries(table.columns).flatMap(([name, { tag, type }]) =>
    tag === 'protected' ? [{ name, table: table.name, type }] : [],
  ),
);

/** Those kept with the customer, who is known of every row. */
export const customerAttributes = protectedAttributes.filter(({ table }) => table === 'customers');
