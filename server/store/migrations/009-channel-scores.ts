import { raw, type Sql } from '#core/sql/sql.ts';

const tables = `
CREATE TABLE channel_runs (version_id VARCHAR NOT NULL, as_of DATE NOT NULL, decided_on DATE NOT NULL, people BIGINT NOT NULL, inputs JSON NOT NULL, not_judged JSON NOT NULL, data_version VARCHAR NOT NULL, scored_at TIMESTAMP NOT NULL, by_principal VARCHAR NOT NULL);
CREATE TABLE channel_scores (version_id VARCHAR NOT NULL, customer_id VARCHAR NOT NULL, account_id VARCHAR NOT NULL, as_of DATE NOT NULL, channel VARCHAR NOT NULL, identification VARCHAR NOT NULL, chance_none DOUBLE, effect DOUBLE, without_1 DOUBLE, without_2 DOUBLE, without_3 DOUBLE, without_4 DOUBLE, without_5 DOUBLE, currency VARCHAR NOT NULL, arrears DECIMAL(18,2), permitted BOOLEAN NOT NULL, allowed BOOLEAN NOT NULL, blocked_by VARCHAR, net_value DOUBLE, leads BOOLEAN NOT NULL, answer VARCHAR NOT NULL);
`;

/**
 * What each channel is expected to add for each person on a date, by version: the effect, the same from models that did
 * not see one fifth of the people (how sure it is), whether the channel may be used, and the choice under the inputs of
 * the run.
 */
export const statements: readonly Sql[] = tables
  .split('\n')
  .filter((line) => line !== '')
  .map(raw);
