import { raw, type Sql } from '#core/sql/sql.ts';

/** What became of each model version, by whose word and why; approvals of before are taken from the audit log. */
export const statements: readonly Sql[] = [
  raw(
    'CREATE TABLE model_states (version_id VARCHAR NOT NULL, state VARCHAR NOT NULL, changed_at TIMESTAMP NOT NULL, by_principal VARCHAR NOT NULL, name VARCHAR, note VARCHAR NOT NULL)',
  ),
  raw(`INSERT INTO model_states
    SELECT v.version_id, 'champion', a.happened_at, a.principal_id, v.approved_by, coalesce(v.approval_note, '')
    FROM model_versions v JOIN audit a ON a.subject = v.version_id AND a.action = 'model.approved'
    QUALIFY row_number() OVER (PARTITION BY v.version_id ORDER BY a.happened_at DESC) = 1`),
];
