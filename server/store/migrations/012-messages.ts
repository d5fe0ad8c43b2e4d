import { raw, type Sql } from '#core/sql/sql.ts';

const tables = `
CREATE TABLE message_templates (template_id VARCHAR PRIMARY KEY, style VARCHAR NOT NULL, channel VARCHAR NOT NULL, created_at TIMESTAMP NOT NULL, by_principal VARCHAR NOT NULL);
CREATE TABLE message_versions (template_id VARCHAR NOT NULL, version INTEGER NOT NULL, state VARCHAR NOT NULL, content JSON NOT NULL, hash VARCHAR NOT NULL, degree INTEGER NOT NULL, author VARCHAR NOT NULL, created_at TIMESTAMP NOT NULL, by_principal VARCHAR NOT NULL);
CREATE TABLE message_states (template_id VARCHAR NOT NULL, version INTEGER NOT NULL, state VARCHAR NOT NULL, changed_at TIMESTAMP NOT NULL, by_principal VARCHAR NOT NULL, name VARCHAR NOT NULL, note VARCHAR NOT NULL);
CREATE TABLE message_checks (checked_at TIMESTAMP NOT NULL, experiment_id VARCHAR, arm VARCHAR, style VARCHAR NOT NULL, template_id VARCHAR NOT NULL, version INTEGER, as_of DATE, holds BOOLEAN NOT NULL, result JSON NOT NULL, data_version VARCHAR NOT NULL);
CREATE TABLE message_statements (consequence VARCHAR NOT NULL, country VARCHAR NOT NULL, share DOUBLE NOT NULL, evidence VARCHAR NOT NULL, name VARCHAR NOT NULL, stated_on DATE NOT NULL, valid_until DATE NOT NULL, stated_at TIMESTAMP NOT NULL, by_principal VARCHAR NOT NULL);
`;

/**
 * Templates of the workspace by version, with what became of each and by whose word; what figures and consequences
 * came to each time they were looked at; what people stated of consequences that no table shows.
 */
export const statements: readonly Sql[] = tables
  .split('\n')
  .filter((line) => line !== '')
  .map(raw);
