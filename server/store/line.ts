import { type LineStep, lineSteps } from '#core/contract/system.ts';
import { raw } from '#core/sql/sql.ts';
import type { Session } from '../engine/engine.ts';

export interface StepRecord {
  record_id: string;
  done_at: string;
  /** Data the record was made from; null where the step does not depend on it. */
  data_version: string | null;
  facts: Record<string, number | string | null>;
}

/** The last record each step made, as one row of (record_id, done_at, data_version, facts as JSON). */
const statements: Record<LineStep, string> = {
  load: `SELECT CAST(load_id AS VARCHAR) AS record_id, loaded_at AS done_at, NULL AS data_version,
      json_object('accounts', (SELECT CAST(count(*) AS BIGINT) FROM current_accounts),
        'loads', (SELECT CAST(count(*) AS BIGINT) FROM loads WHERE state = 'live')) AS facts
    FROM loads WHERE state = 'live' ORDER BY load_id DESC LIMIT 1`,
  profile: `SELECT report_id AS record_id, made_at AS done_at, data_version,
      json_object('verdict', report ->> '$.verdict') AS facts
    FROM quality_reports WHERE report ->> '$.load' IS NULL ORDER BY made_at DESC, report_id DESC LIMIT 1`,
  train: `SELECT version_id AS record_id, created_at AS done_at, data_version,
      json_object('model', model, 'state', state, 'auc', CAST(card ->> '$.results[0].auc.estimate' AS DOUBLE)) AS facts
    FROM model_versions WHERE state <> 'retired' ORDER BY created_at DESC, version_id DESC LIMIT 1`,
  score: `SELECT version_id AS record_id, scored_at AS done_at, data_version,
      json_object('rows', rows_scored, 'asOf', CAST(as_of AS VARCHAR)) AS facts
    FROM score_runs ORDER BY scored_at DESC, version_id DESC LIMIT 1`,
  segment: `SELECT segment_id AS record_id, created_at AS done_at, data_version,
      json_object('name', name, 'customers', CAST(size ->> '$.customers' AS BIGINT)) AS facts
    FROM segments ORDER BY created_at DESC, segment_id DESC LIMIT 1`,
  design: `SELECT experiment_id AS record_id, created_at AS done_at, data_version,
      json_object('name', design ->> '$.name', 'eligible', CAST(sizing ->> '$.eligible' AS BIGINT),
        'smallestEffect', CAST(sizing ->> '$.smallestEffect' AS DOUBLE)) AS facts
    FROM designs ORDER BY created_at DESC, experiment_id DESC LIMIT 1`,
  assign: `SELECT d.experiment_id AS record_id, max(a.assigned_at) AS done_at, NULL AS data_version,
      json_object('people', CAST(count(*) AS BIGINT)) AS facts
    FROM designs d JOIN assignments a USING (experiment_id) GROUP BY 1 ORDER BY 2 DESC, 1 DESC LIMIT 1`,
  check: `SELECT batch_id AS record_id, checked_at AS done_at, NULL AS data_version,
      json_object('cleared', CAST(summary ->> '$.cleared' AS BIGINT),
        'excluded', CAST(summary ->> '$.assigned' AS BIGINT) - CAST(summary ->> '$.cleared' AS BIGINT)) AS facts
    FROM batches WHERE state <> 'released' ORDER BY checked_at DESC, batch_id DESC LIMIT 1`,
  export: `SELECT export_id AS record_id, finished_at AS done_at, NULL AS data_version,
      json_object('rows', rows_sent, 'excluded', rows_excluded, 'destination', destination) AS facts
    FROM export_runs WHERE state = 'done' AND carries = 'messages' ORDER BY finished_at DESC, export_id DESC LIMIT 1`,
};

/** What each step of the line last made; steps not yet done are missing. */
export async function readLine(session: Session): Promise<Map<LineStep, StepRecord>> {
  const found = new Map<LineStep, StepRecord>();
  for (const step of lineSteps) {
    const row = await session.first<Omit<StepRecord, 'facts'> & { facts: string }>(raw(statements[step]));
    if (row) found.set(step, { ...row, facts: JSON.parse(row.facts) as StepRecord['facts'] });
  }
  return found;
}
