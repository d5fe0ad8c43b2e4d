import { raw, type Sql } from '#core/sql/sql.ts';

/**
 * What a run keeps of the moment it was frozen: the approved names of its texts at the receiver. And which row of which run tells a
 * receiver of a recall, so that the recall stands as that row does. Runs and recalls of before get what can be found of theirs.
 */
export const statements: readonly Sql[] = [
  raw(`CREATE TABLE export_mappings (export_id VARCHAR NOT NULL, template VARCHAR NOT NULL, language VARCHAR NOT NULL, mapping JSON NOT NULL,
    PRIMARY KEY (export_id, template, language))`),
  raw(`INSERT INTO export_mappings SELECT r.export_id, m.template, m.language, m.mapping FROM export_runs r
    JOIN template_mappings m ON m.destination_id = r.destination AND m.state = 'approved'
    WHERE coalesce(r.carries, 'messages') = 'messages' AND EXISTS (SELECT 1 FROM export_payloads p WHERE p.export_id = r.export_id)`),
  raw('ALTER TABLE recalls ADD COLUMN run_id VARCHAR'),
  raw('ALTER TABLE recalls ADD COLUMN run_seq INTEGER'),
  raw(`UPDATE recalls SET run_id = x.export_id, run_seq = x.seq FROM export_rows x
    JOIN export_runs r ON r.export_id = x.export_id AND r.carries = 'recalls', export_rows o
    WHERE x.message_key = md5('recall:' || o.message_key) AND o.export_id = recalls.export_id AND o.customer_id = recalls.customer_id`),
  raw(`UPDATE recalls SET state = 'sent', outcome = x.state, sent_at = coalesce(x.changed_at, recalls.sent_at), detail = NULL FROM export_rows x
    WHERE recalls.state = 'failed' AND x.export_id = recalls.run_id AND x.seq = recalls.run_seq AND x.state IN ('acknowledged', 'written')`),
];
