import type { ColumnType } from '#core/portfolio/column.ts';

/** The canonical type that an engine's type is, exactly. */
export const canonicalTypes: Readonly<Record<string, ColumnType>> = {
  VARCHAR: 'text',
  INTEGER: 'integer',
  BIGINT: 'bigint',
  DOUBLE: 'double',
  'DECIMAL(18,2)': 'money',
  DATE: 'date',
  TIMESTAMP: 'timestamp',
  BOOLEAN: 'boolean',
};
