import { raw, type Sql } from '#core/sql/sql.ts';

/** Queries that people saved. */
export const statements: readonly Sql[] = [
  raw(`CREATE TABLE saved_queries (query_id VARCHAR PRIMARY KEY, name VARCHAR NOT NULL, description VARCHAR NOT NULL,
    statement VARCHAR NOT NULL, chart JSON, created_at TIMESTAMP NOT NULL, changed_at TIMESTAMP NOT NULL,
    by_principal VARCHAR NOT NULL)`),
];
