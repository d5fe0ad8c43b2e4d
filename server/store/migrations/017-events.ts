import { raw, type Sql } from '#core/sql/sql.ts';

/**
 * What comes back: who may send events, with their sealed secrets; every event taken, in the order in which it was
 * stored; what was answered to each batch; what was refused; how far the events of a day are stored; and the messages
 * to be called back.
 */
export const statements: readonly Sql[] = [
  raw(`CREATE TABLE event_senders (sender_id VARCHAR PRIMARY KEY, name VARCHAR NOT NULL, secret VARCHAR NOT NULL, earlier_secret VARCHAR,
    earlier_until TIMESTAMP, created_at TIMESTAMP NOT NULL, rotated_at TIMESTAMP, retired_at TIMESTAMP, by_principal VARCHAR NOT NULL)`),
  raw(`CREATE TABLE events (seq BIGINT NOT NULL, sender_id VARCHAR NOT NULL, event_id VARCHAR NOT NULL, id_hash UBIGINT NOT NULL, kind VARCHAR NOT NULL,
    happened_at TIMESTAMP NOT NULL, received_at TIMESTAMP NOT NULL, message_key VARCHAR, customer_id VARCHAR NOT NULL, account_id VARCHAR,
    channel VARCHAR, amount DECIMAL(18,2), due_on DATE, reference VARCHAR, load_id INTEGER NOT NULL)`),
  raw(`CREATE TABLE event_batches (sender_id VARCHAR NOT NULL, batch_id VARCHAR NOT NULL, body_hash VARCHAR NOT NULL, accepted BIGINT NOT NULL,
    duplicates BIGINT NOT NULL, rejected BIGINT NOT NULL, first_rejects JSON NOT NULL, received_at TIMESTAMP NOT NULL)`),
  raw(`CREATE TABLE event_rejects (sender_id VARCHAR NOT NULL, batch_id VARCHAR NOT NULL, position BIGINT NOT NULL, event_id VARCHAR, kind VARCHAR,
    field VARCHAR, value VARCHAR, reason VARCHAR NOT NULL, received_at TIMESTAMP NOT NULL)`),
  raw(
    `CREATE TABLE event_days (day DATE PRIMARY KEY, load_id INTEGER NOT NULL, next_row BIGINT NOT NULL, closed_at TIMESTAMP)`,
  ),
  raw(`CREATE TABLE recalls (recall_id VARCHAR PRIMARY KEY, export_id VARCHAR NOT NULL, seq INTEGER, customer_id VARCHAR NOT NULL, reason VARCHAR NOT NULL,
    detected_at TIMESTAMP NOT NULL, state VARCHAR NOT NULL, sent_at TIMESTAMP, outcome VARCHAR, detail VARCHAR)`),
];
