import { raw, type Sql } from '#core/sql/sql.ts';

/**
 * What each planned look found when its day had come, as it was known then, so that data corrected later show as such; and results of
 * experiments run elsewhere, for the library of what was learnt.
 */
export const statements: readonly Sql[] = [
  raw(`CREATE TABLE experiment_looks (experiment_id VARCHAR NOT NULL, number INTEGER NOT NULL, on_day DATE NOT NULL,
    information DOUBLE NOT NULL, verdict VARCHAR NOT NULL, arms JSON NOT NULL, data_version VARCHAR NOT NULL, recorded_at TIMESTAMP NOT NULL,
    PRIMARY KEY (experiment_id, number))`),
  raw(`CREATE TABLE outside_results (result_id VARCHAR PRIMARY KEY, name VARCHAR NOT NULL, result JSON NOT NULL,
    recorded_at TIMESTAMP NOT NULL, by_principal VARCHAR NOT NULL)`),
];
