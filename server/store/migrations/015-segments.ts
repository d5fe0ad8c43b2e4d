import { raw, type Sql } from '#core/sql/sql.ts';

/**
 * Each time a segment was frozen. The accounts of the current freeze stand in segment_members under the segment's id,
 * those of the others under the freeze's own. Segments saved before have the one they were saved with.
 */
export const statements: readonly Sql[] = [
  raw(`CREATE TABLE segment_freezes (freeze_id VARCHAR PRIMARY KEY, segment_id VARCHAR NOT NULL, current BOOLEAN NOT NULL, as_of DATE NOT NULL,
    customers BIGINT NOT NULL, accounts BIGINT NOT NULL, arrears JSON NOT NULL, fingerprint VARCHAR, data_version VARCHAR NOT NULL,
    reason VARCHAR NOT NULL, used_by VARCHAR, frozen_at TIMESTAMP NOT NULL, by_principal VARCHAR NOT NULL)`),
  raw(`INSERT INTO segment_freezes SELECT 'saved-' || segment_id, segment_id, true, CAST(size ->> '$.asOf' AS DATE),
    CAST(size ->> '$.customers' AS BIGINT), CAST(size ->> '$.accounts' AS BIGINT), CAST(size -> '$.arrears' AS JSON), NULL, data_version,
    'saved', NULL, coalesce(frozen_at, created_at), by_principal FROM segments`),
];
