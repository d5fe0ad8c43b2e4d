import { raw, type Sql } from '#core/sql/sql.ts';

const table = (name: string, columns: string): Sql => raw(`CREATE TABLE ${name} (${columns})`);
const added = (name: string, column: string): Sql => raw(`ALTER TABLE ${name} ADD COLUMN ${column}`);

/**
 * How an experiment goes on after its people were drawn: when each entered, what happened to it, what its plan was in each version,
 * who was drawn when, who left and which messages never went; and who is held out of discretionary contact.
 * Experiments of before entered when their first message was planned, else when they were assigned.
 */
export const statements: readonly Sql[] = [
  added('designs', 'status VARCHAR'),
  added('designs', 'plan_version INTEGER'),
  added('designs', 'starts_on DATE'),
  added('assignments', 'entered_on DATE'),
  added('assignments', 'wave INTEGER'),
  added('assignments', 'cohort DATE'),
  added('assignments', 'text_lot INTEGER'),
  raw(`UPDATE assignments SET cohort = CAST(assigned_at AS DATE), wave = 1, text_lot = 0,
    entered_on = coalesce((SELECT CAST(min(c.planned_local) AS DATE) FROM contact_checks c
      WHERE c.experiment_id = assignments.experiment_id AND c.touch = 1 AND c.state <> 'released'), CAST(assigned_at AS DATE))`),
  raw(`UPDATE designs SET plan_version = 1, status = CASE WHEN state = 'draft' THEN 'draft' ELSE 'running' END,
    starts_on = (SELECT min(a.entered_on) FROM assignments a WHERE a.experiment_id = designs.experiment_id)`),
  table(
    'experiment_events',
    'experiment_id VARCHAR NOT NULL, seq BIGINT NOT NULL, kind VARCHAR NOT NULL, arm VARCHAR, on_day DATE NOT NULL, happened_at TIMESTAMP NOT NULL, by_principal VARCHAR NOT NULL, reason VARCHAR NOT NULL, plan_version INTEGER NOT NULL',
  ),
  table(
    'experiment_plans',
    'experiment_id VARCHAR NOT NULL, version INTEGER NOT NULL, design JSON NOT NULL, plan_hash VARCHAR NOT NULL, made_at TIMESTAMP NOT NULL, by_principal VARCHAR NOT NULL, reason VARCHAR NOT NULL, changes JSON NOT NULL',
  ),
  table(
    'draws',
    'experiment_id VARCHAR NOT NULL, cohort DATE NOT NULL, salt VARCHAR NOT NULL, plan_version INTEGER NOT NULL, summary JSON NOT NULL, balance JSON NOT NULL, accepted_salts JSON NOT NULL, made_at TIMESTAMP NOT NULL',
  ),
  table(
    'exits',
    'experiment_id VARCHAR NOT NULL, assignment_id VARCHAR NOT NULL, customer_id VARCHAR NOT NULL, arm VARCHAR NOT NULL, reason VARCHAR NOT NULL, exited_on DATE NOT NULL',
  ),
  table(
    'skips',
    'experiment_id VARCHAR NOT NULL, assignment_id VARCHAR NOT NULL, customer_id VARCHAR NOT NULL, arm VARCHAR NOT NULL, touch INTEGER NOT NULL, due_on DATE NOT NULL, skipped_on DATE NOT NULL, reason VARCHAR NOT NULL',
  ),
  table(
    'contact_holdouts',
    'holdout_id VARCHAR PRIMARY KEY, state VARCHAR NOT NULL, plan JSON NOT NULL, salt VARCHAR NOT NULL, expected JSON NOT NULL, created_at TIMESTAMP NOT NULL, by_principal VARCHAR NOT NULL, approved_by VARCHAR, approval_note VARCHAR, approved_at TIMESTAMP, ended_at TIMESTAMP',
  ),
  table(
    'holdout_people',
    'holdout_id VARCHAR NOT NULL, customer_id VARCHAR NOT NULL, held BOOLEAN NOT NULL, bucket VARCHAR NOT NULL, stratum VARCHAR NOT NULL, hash VARCHAR NOT NULL, propensity DOUBLE NOT NULL, entered_on DATE NOT NULL, until_on DATE NOT NULL, released_on DATE, released_for VARCHAR',
  ),
];
