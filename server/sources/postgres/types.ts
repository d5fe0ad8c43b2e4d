/** Types of PostgreSQL (pg_type.oid) whose text is exactly a value of the engine's type. */
const exact = new Map([
  [16, 'BOOLEAN'],
  [20, 'BIGINT'],
  [21, 'INTEGER'],
  [23, 'INTEGER'],
  [25, 'VARCHAR'],
  [700, 'FLOAT'],
  [701, 'DOUBLE'],
  [1042, 'VARCHAR'],
  [1043, 'VARCHAR'],
  [19, 'VARCHAR'],
  [2950, 'VARCHAR'],
]);

/**
 * The engine's type of a column. Numbers with a point, dates and instants come as text, which is then read value by
 * value: PostgreSQL has `NaN`, `infinity` and years before Christ among them, and those are rejected in words.
 */
export const engineType = (typeId: number): string => exact.get(typeId) ?? 'TEXT';
