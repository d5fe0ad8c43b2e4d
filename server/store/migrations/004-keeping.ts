import { raw, type Sql } from '#core/sql/sql.ts';

const tables = `
CREATE TABLE holds (hold_id VARCHAR PRIMARY KEY, customer_id VARCHAR NOT NULL, reason VARCHAR NOT NULL, placed_at TIMESTAMP NOT NULL, by_principal VARCHAR NOT NULL, released_at TIMESTAMP, released_by VARCHAR);
CREATE TABLE forgettings (forgetting_id VARCHAR PRIMARY KEY, customer_id VARCHAR, token VARCHAR NOT NULL, note VARCHAR NOT NULL, requested_at TIMESTAMP NOT NULL, by_principal VARCHAR NOT NULL, erased_at TIMESTAMP, report JSON);
CREATE TABLE forget_marks (forgetting_id VARCHAR NOT NULL, kind VARCHAR NOT NULL, value VARCHAR NOT NULL, replacement VARCHAR NOT NULL);
CREATE TABLE suppressed (id_hash VARCHAR NOT NULL, kind VARCHAR NOT NULL, token VARCHAR NOT NULL, since TIMESTAMP NOT NULL);
CREATE TABLE kept_outcomes (experiment_id VARCHAR NOT NULL, customer_id VARCHAR NOT NULL, assigned_on DATE NOT NULL, horizon_ends DATE NOT NULL, observed_until DATE, cleared BOOLEAN, cleared_on DATE, paid JSON NOT NULL, contacts BIGINT NOT NULL, delivered BIGINT NOT NULL, complaints BIGINT NOT NULL, opted_out BOOLEAN NOT NULL);
CREATE TABLE retention (table_name VARCHAR PRIMARY KEY, days INTEGER NOT NULL, column_name VARCHAR NOT NULL, set_at TIMESTAMP NOT NULL, by_principal VARCHAR NOT NULL);
`;

/**
 * Keeping and forgetting: legal holds; who was forgotten, under a random name; the strings to be erased while that
 * is under way; keyed hashes by which a forgotten person is known again; what became of forgotten people in their
 * experiments; how long each table is kept.
 */
export const statements: readonly Sql[] = tables
  .split('\n')
  .filter((line) => line !== '')
  .map(raw);
