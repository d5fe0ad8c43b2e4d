import { tables } from '#core/portfolio/tables.ts';
import { createCurrentView, createTable } from '#core/sql/ddl.ts';
import { duckdb } from '#core/sql/dialects/duckdb.ts';
import { raw, type Sql } from '#core/sql/sql.ts';

const application = `
CREATE TABLE loads (load_id INTEGER PRIMARY KEY, state VARCHAR NOT NULL, recipe VARCHAR NOT NULL, recipe_hash VARCHAR NOT NULL, files JSON NOT NULL, tables JSON NOT NULL, rejected BIGINT NOT NULL, simulated BOOLEAN NOT NULL, loaded_at TIMESTAMP NOT NULL, by_principal VARCHAR NOT NULL, withdrawn_at TIMESTAMP);
CREATE TABLE superseded (table_name VARCHAR NOT NULL, load_id INTEGER NOT NULL, source_row BIGINT NOT NULL, by_load_id INTEGER NOT NULL);
CREATE TABLE rejects (load_id INTEGER NOT NULL, file VARCHAR NOT NULL, row_number BIGINT NOT NULL, line BIGINT, table_name VARCHAR NOT NULL, column_name VARCHAR, value VARCHAR, reason VARCHAR NOT NULL);
CREATE TABLE datasets (dataset_id VARCHAR PRIMARY KEY, name VARCHAR NOT NULL, table_name VARCHAR NOT NULL, unit_column VARCHAR, load_id INTEGER NOT NULL);
CREATE TABLE quality_reports (report_id VARCHAR PRIMARY KEY, data_version VARCHAR NOT NULL, report JSON NOT NULL, made_at TIMESTAMP NOT NULL, by_principal VARCHAR NOT NULL);
CREATE TABLE feature_sets (feature_set_id VARCHAR PRIMARY KEY, families JSON NOT NULL, columns JSON NOT NULL);
CREATE TABLE models (model VARCHAR PRIMARY KEY, champion VARCHAR);
CREATE TABLE model_versions (version_id VARCHAR PRIMARY KEY, model VARCHAR NOT NULL, learner VARCHAR NOT NULL, state VARCHAR NOT NULL, card JSON NOT NULL, fitted JSON NOT NULL, feature_set_id VARCHAR NOT NULL, data_version VARCHAR NOT NULL, approved_by VARCHAR, approval_note VARCHAR, created_at TIMESTAMP NOT NULL, by_principal VARCHAR NOT NULL);
CREATE TABLE scores (version_id VARCHAR NOT NULL, account_id VARCHAR NOT NULL, as_of DATE NOT NULL, score DOUBLE NOT NULL);
CREATE TABLE score_runs (version_id VARCHAR NOT NULL, as_of DATE NOT NULL, rows_scored BIGINT NOT NULL, data_version VARCHAR NOT NULL, scored_at TIMESTAMP NOT NULL, by_principal VARCHAR NOT NULL);
CREATE TABLE segments (segment_id VARCHAR PRIMARY KEY, name VARCHAR NOT NULL, condition JSON NOT NULL, size JSON NOT NULL, data_version VARCHAR NOT NULL, frozen_at TIMESTAMP, created_at TIMESTAMP NOT NULL, by_principal VARCHAR NOT NULL);
CREATE TABLE segment_members (segment_id VARCHAR NOT NULL, account_id VARCHAR NOT NULL, customer_id VARCHAR NOT NULL, as_of DATE NOT NULL);
CREATE TABLE designs (experiment_id VARCHAR PRIMARY KEY, state VARCHAR NOT NULL, design JSON NOT NULL, sizing JSON NOT NULL, texts JSON NOT NULL, plan_hash VARCHAR, as_of DATE NOT NULL, data_version VARCHAR NOT NULL, balance JSON, created_at TIMESTAMP NOT NULL, by_principal VARCHAR NOT NULL);
CREATE TABLE assignments (assignment_id VARCHAR NOT NULL, experiment_id VARCHAR NOT NULL, customer_id VARCHAR NOT NULL, arm VARCHAR NOT NULL, stratum VARCHAR NOT NULL, block BIGINT NOT NULL, propensity DOUBLE NOT NULL, salt VARCHAR NOT NULL, plan_hash VARCHAR NOT NULL, assigned_at TIMESTAMP NOT NULL);
CREATE TABLE batches (batch_id VARCHAR PRIMARY KEY, experiment_id VARCHAR NOT NULL, touch INTEGER NOT NULL, state VARCHAR NOT NULL, summary JSON NOT NULL, checked_at TIMESTAMP NOT NULL, by_principal VARCHAR NOT NULL);
CREATE TABLE contact_checks (batch_id VARCHAR NOT NULL, assignment_id VARCHAR NOT NULL, experiment_id VARCHAR NOT NULL, customer_id VARCHAR NOT NULL, arm VARCHAR NOT NULL, touch INTEGER NOT NULL, channel VARCHAR NOT NULL, planned_at TIMESTAMP NOT NULL, planned_local TIMESTAMP NOT NULL, send_before TIMESTAMP NOT NULL, send_before_local TIMESTAMP NOT NULL, time_zone VARCHAR NOT NULL, zone_source VARCHAR NOT NULL, rule_set VARCHAR NOT NULL, rule_version VARCHAR NOT NULL, state VARCHAR NOT NULL, reserved_until TIMESTAMP);
CREATE TABLE exclusions (batch_id VARCHAR NOT NULL, assignment_id VARCHAR NOT NULL, experiment_id VARCHAR NOT NULL, customer_id VARCHAR NOT NULL, arm VARCHAR NOT NULL, rule VARCHAR NOT NULL, rule_set VARCHAR NOT NULL, rule_version VARCHAR NOT NULL, rule_status VARCHAR NOT NULL, decides BOOLEAN NOT NULL);
CREATE TABLE export_runs (export_id VARCHAR PRIMARY KEY, batch_id VARCHAR NOT NULL, experiment_id VARCHAR NOT NULL, destination VARCHAR NOT NULL, options JSON NOT NULL, state VARCHAR NOT NULL, rows_sent BIGINT NOT NULL, rows_excluded BIGINT NOT NULL, manifest_path VARCHAR, manifest JSON, started_at TIMESTAMP NOT NULL, finished_at TIMESTAMP, by_principal VARCHAR NOT NULL);
CREATE TABLE export_rows (export_id VARCHAR NOT NULL, message_key VARCHAR NOT NULL, assignment_id VARCHAR NOT NULL, customer_id VARCHAR NOT NULL, arm VARCHAR NOT NULL, touch INTEGER NOT NULL, channel VARCHAR NOT NULL, state VARCHAR NOT NULL, rule VARCHAR);
CREATE TABLE events_inbox (event_id VARCHAR NOT NULL, kind VARCHAR NOT NULL, body JSON NOT NULL, received_at TIMESTAMP NOT NULL);
CREATE TABLE zone_offsets (zone VARCHAR NOT NULL, from_utc TIMESTAMP NOT NULL, to_utc TIMESTAMP NOT NULL, seconds INTEGER NOT NULL, tz_version VARCHAR NOT NULL);
CREATE TABLE jobs (job_id VARCHAR PRIMARY KEY, kind VARCHAR NOT NULL, input JSON NOT NULL, input_hash VARCHAR NOT NULL, idempotency_key VARCHAR, data_version VARCHAR, state VARCHAR NOT NULL, attempts INTEGER NOT NULL, outputs JSON NOT NULL, error JSON, created_at TIMESTAMP NOT NULL, finished_at TIMESTAMP, by_principal VARCHAR NOT NULL);
CREATE TABLE job_events (seq BIGINT NOT NULL, job_id VARCHAR NOT NULL, body JSON NOT NULL, happened_at TIMESTAMP NOT NULL);
CREATE TABLE principals (principal_id VARCHAR PRIMARY KEY, name VARCHAR NOT NULL, role VARCHAR NOT NULL, created_at TIMESTAMP NOT NULL);
CREATE TABLE tokens (token_id VARCHAR PRIMARY KEY, kind VARCHAR NOT NULL, name VARCHAR NOT NULL, secret_hash VARCHAR NOT NULL, principal_id VARCHAR NOT NULL, permissions JSON NOT NULL, created_at TIMESTAMP NOT NULL, expires_at TIMESTAMP, last_used_at TIMESTAMP, revoked_at TIMESTAMP);
CREATE TABLE audit (happened_at TIMESTAMP NOT NULL, principal_id VARCHAR NOT NULL, action VARCHAR NOT NULL, subject VARCHAR, details JSON);
CREATE TABLE settings (name VARCHAR PRIMARY KEY, value JSON NOT NULL);
`;

/** The frame: canonical tables with their views, and every application table. */
export const statements: readonly Sql[] = [
  ...application
    .split('\n')
    .filter((line) => line !== '')
    .map(raw),
  ...tables.flatMap((table) => [createTable(table, duckdb), createCurrentView(table)]),
];
