import { raw, type Sql } from '#core/sql/sql.ts';

/** Reports on questions and versions that take a while to make: the newest of each kind and subject. */
export const statements: readonly Sql[] = [
  raw(`CREATE TABLE model_reports (
  kind VARCHAR NOT NULL, subject VARCHAR NOT NULL, data_version VARCHAR NOT NULL, report VARCHAR NOT NULL,
  made_at TIMESTAMP NOT NULL, by_principal VARCHAR NOT NULL,
  PRIMARY KEY (kind, subject)
)`),
];
