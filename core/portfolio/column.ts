import type { Text } from '../text/text.ts';

export type ColumnType =
  | 'text'
  | 'integer'
  | 'bigint'
  | 'double'
  | 'money'
  | 'date'
  | 'timestamp'
  | 'boolean'
  | 'texts';

/** What a column holds, for the dictionary, the mapping page, DDL and fixtures alike. */
export interface Column {
  type: ColumnType;
  /** A row without it is rejected. */
  required: boolean;
  about: Text;
  /** Closed list of values, where there is one. */
  values?: readonly string[];
  /** A code that means the same in small letters, and is kept in capitals. */
  capitals?: boolean;
  /** Smallest value a row may hold. */
  minimum?: number;
  /** personal: masked without permission; protected: kept out of models; secret: stored encrypted. */
  tag?: 'personal' | 'protected' | 'secret';
  /** When a row leaves it out, another column of the same row stands in. */
  defaultTo?: string;
}

export interface Table {
  name: string;
  key: readonly string[];
  about: Text;
  columns: Record<string, Column>;
}

type Extra = Partial<Omit<Column, 'type' | 'about'>>;
const make =
  (type: ColumnType) =>
  (es: string, en: string, extra: Extra = {}): Column => ({
    type,
    required: false,
    about: { es, en },
    ...extra,
  });

export const text = make('text');
export const integer = make('integer');
export const double = make('double');
export const money = make('money');
export const date = make('date');
export const timestamp = make('timestamp');
export const boolean = make('boolean');
export const required: Extra = { required: true };
export const code: Extra = { capitals: true };
