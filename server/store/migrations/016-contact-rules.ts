import { raw, type Sql } from '#core/sql/sql.ts';

/** What people changed about the contact rules, in order: versions of the house's own, days of calendars, readings, acceptances. */
export const statements: readonly Sql[] = [
  raw(`CREATE TABLE rule_changes (seq BIGINT PRIMARY KEY, change_id VARCHAR NOT NULL, kind VARCHAR NOT NULL, body JSON NOT NULL,
    changed_at TIMESTAMP NOT NULL, by_principal VARCHAR NOT NULL, named VARCHAR NOT NULL, why VARCHAR NOT NULL)`),
];
