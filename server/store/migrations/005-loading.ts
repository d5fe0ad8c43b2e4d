import { raw, type Sql } from '#core/sql/sql.ts';

/** The number a load will have, from when its first row is written until it is published or given up. */
export const statements: readonly Sql[] = [
  raw('CREATE TABLE reserved_loads (load_id INTEGER NOT NULL, job_id VARCHAR NOT NULL)'),
];
