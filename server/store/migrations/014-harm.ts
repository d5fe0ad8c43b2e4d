import { raw, type Sql } from '#core/sql/sql.ts';

/**
 * What the daily watch for harm had counted at the end of each day, as it was known then, so that a look stays what it
 * was; and the days on which a boundary was crossed.
 */
export const statements: readonly Sql[] = [
  raw(`CREATE TABLE harm_counts (experiment_id VARCHAR NOT NULL, metric VARCHAR NOT NULL, horizon_days INTEGER NOT NULL, day DATE NOT NULL,
    cohort DATE NOT NULL, arm VARCHAR NOT NULL, people BIGINT NOT NULL, events BIGINT NOT NULL)`),
  raw(`CREATE TABLE harm_stops (experiment_id VARCHAR NOT NULL, metric VARCHAR NOT NULL, arm VARCHAR NOT NULL, crossed_on DATE NOT NULL,
    paused BOOLEAN NOT NULL, line JSON NOT NULL, noticed_at TIMESTAMP NOT NULL, PRIMARY KEY (experiment_id, metric, arm))`),
];
