import {
  BIGINT,
  DuckDBDateValue,
  DuckDBDecimalValue,
  DuckDBListValue,
  DuckDBTimestampValue,
  type DuckDBType,
  type DuckDBValue,
  INTEGER,
} from '@duckdb/node-api';
import type { SqlValue } from '#core/sql/sql.ts';
import type { Cell } from './engine.ts';

/** How a bound value goes in: whole numbers as whole numbers, so that LIMIT and integer division take them. */
export function bindings(values: readonly SqlValue[]): {
  values: DuckDBValue[];
  types: (DuckDBType | undefined)[];
} {
  const types: (DuckDBType | undefined)[] = [];
  const bound = values.map((value) => {
    if (typeof value === 'number' && Number.isInteger(value)) {
      if (Math.abs(value) < 2 ** 31) {
        types.push(INTEGER);
        return value;
      }
      types.push(BIGINT);
      return BigInt(value);
    }
    types.push(undefined);
    return value;
  });
  return { values: bound, types };
}

/** How a value comes out of a small result: exact decimals and dates as text, whole numbers as numbers. */
export function cell(value: DuckDBValue): Cell {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (typeof value === 'bigint') return Number(value);
  if (value instanceof DuckDBDecimalValue || value instanceof DuckDBDateValue) return value.toString();
  if (value instanceof DuckDBTimestampValue) return isoInstant(value);
  if (value instanceof DuckDBListValue) return value.items.map(cell);
  return String(value);
}

/** ISO text in UTC; a part of a second has three digits or more, as everywhere else. */
function isoInstant(value: DuckDBTimestampValue): string {
  const [whole = '', part] = value.toString().replace(' ', 'T').split('.');
  return part === undefined ? `${whole}Z` : `${whole}.${part.padEnd(3, '0')}Z`;
}
