import { raw, type Sql } from '#core/sql/sql.ts';

const tables = `
CREATE TABLE lgd_assumptions (assumption_id VARCHAR PRIMARY KEY, product_type VARCHAR NOT NULL, lgd DOUBLE NOT NULL, lower DOUBLE, upper DOUBLE, source VARCHAR NOT NULL, source_date DATE NOT NULL, name VARCHAR NOT NULL, note VARCHAR NOT NULL, confirmed_at TIMESTAMP NOT NULL, by_principal VARCHAR NOT NULL);
CREATE TABLE risk_runs (run_id VARCHAR PRIMARY KEY, version_id VARCHAR NOT NULL, as_of DATE NOT NULL, parameters JSON NOT NULL, result JSON NOT NULL, data_version VARCHAR NOT NULL, made_at TIMESTAMP NOT NULL, by_principal VARCHAR NOT NULL);
CREATE TABLE risk_values (run_id VARCHAR NOT NULL, account_id VARCHAR NOT NULL, customer_id VARCHAR NOT NULL, currency VARCHAR NOT NULL, product_type VARCHAR NOT NULL, bucket VARCHAR, defaulted BOOLEAN NOT NULL, pd DOUBLE, rho DOUBLE, ead DECIMAL(18,2) NOT NULL, lgd DOUBLE, lgd_from VARCHAR, value DECIMAL(18,2));
`;

/**
 * Value at risk: loss given default by product as somebody confirmed it, each kept; runs with their figures; and what
 * each account is expected to lose in a run, with the pieces it is made of.
 */
export const statements: readonly Sql[] = tables
  .split('\n')
  .filter((line) => line !== '')
  .map(raw);
