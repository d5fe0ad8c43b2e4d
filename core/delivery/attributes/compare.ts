import type { SyncDefinition } from '../../contract/delivery/syncs.ts';
import { heldPeople } from '../../holdout/entrants.ts';
import type { Dialect } from '../../sql/dialects/dialect.ts';
import { current } from '../../sql/dialects/duckdb.ts';
import { literal, raw, type Sql, sql } from '../../sql/sql.ts';

/** Runs one after the other in which a row is refused before it is left for a person to deal with. */
export const deadAfter = 3;

/** What a profile that was emptied or taken away holds, where others have the hash of their attributes. */
const left = literal('left');

/** How a person stands between the segment of today and what the receiver has acknowledged. */
export const standings = [
  /** In the segment, and not there. */
  'fresh',
  'changed',
  'same',
  /** There, and to be emptied or taken away. */
  'leaving',
  /** Refused in three runs as it stands: left alone until it changes. */
  'dead',
  /** In the segment, but kept out of it and not there. */
  'stopped',
  /** Out of the segment, and nothing to be done about it. */
  'gone',
] as const;
export type Standing = (typeof standings)[number];

/** Who must not be written to on a profile that may start messages: relation(customer_id, rule), one row a person. */
const stopped = (dialect: Dialect, asOf: string): Sql => sql`SELECT customer_id, min(rule) AS rule FROM (
    SELECT customer_id, 'held-out' AS rule FROM (${heldPeople}) h
    UNION ALL SELECT f.customer_id, f.kind AS rule FROM ${current('flags')} f WHERE f.kind IN ('cease_contact', 'deceased')
      AND (f.ended_on IS NULL OR f.ended_on > ${dialect.date(asOf)})
  ) x GROUP BY customer_id`;

export interface Comparing {
  syncId: string;
  destination: string;
  definition: SyncDefinition;
  /** Relation(customer_id, payload), as `attributeRows` gives it. */
  rows: Sql;
  /** Day of the run, for flags that have ended. */
  today: string;
}

/**
 * Compares the segment of today with what the receiver has acknowledged: relation(customer_id, standing, rule, operation, payload,
 * row_hash, message_key, rejections), one row a person known to either.
 *
 * What was tried and not acknowledged may have arrived all the same, so it is not `same` whatever it held before. A key is the hash
 * of destination, person and row; for a person something was sent of before, of that one's key too, so that attributes
 * that go back to what they were are not taken for a repeat. People held out, deceased or not to be contacted leave in every mode,
 * as `leaving` has it: a profile may start messages. Where another sync keeps a profile at the same destination, it is emptied
 * of these attributes and never taken away.
 */
export function compared(dialect: Dialect, given: Comparing): Sql {
  const { syncId, destination, definition } = given;
  const mirror = definition.mode === 'mirror' ? raw('true') : raw('false');
  const emptied = dialect.jsonObject(definition.columns.map((name) => [name, raw('NULL')]));
  const parts = [literal(`${destination}:`), raw('j.customer_id'), literal(':'), raw('j.row_hash')];
  const key = dialect.md5(dialect.concat(...parts));
  const nextKey = dialect.md5(dialect.concat(...parts, literal(':'), raw('j.tried_key')));
  const removal =
    definition.leaving === 'remove' ? sql`CASE WHEN j.shared THEN 'put' ELSE 'remove' END` : literal('put');
  return sql`SELECT k.customer_id, k.standing, k.rule, k.row_hash, k.message_key, k.rejections,
    CASE WHEN k.belongs THEN 'put' ELSE k.removal END AS operation,
    CASE WHEN k.belongs THEN k.payload WHEN k.removal = 'remove' THEN '{}' ELSE ${emptied} END AS payload
  FROM (
    SELECT j.*, ${removal} AS removal,
      CASE WHEN NOT j.belongs AND (NOT j.known OR j.sure AND j.held_hash = ${left}) THEN CASE WHEN j.rule IS NULL THEN 'gone' ELSE 'stopped' END
        WHEN NOT j.belongs AND j.rule IS NULL AND NOT ${mirror} THEN 'gone'
        WHEN j.refusals >= ${raw(String(deadAfter))} AND j.tried_hash = j.row_hash THEN 'dead'
        WHEN NOT j.belongs THEN 'leaving'
        WHEN j.held_hash IS NULL OR j.held_hash = ${left} THEN 'fresh'
        WHEN j.sure AND j.held_hash = j.row_hash THEN 'same'
        ELSE 'changed' END AS standing,
      CASE WHEN j.tried_key IS NULL THEN ${key} WHEN j.tried_hash = j.row_hash THEN j.tried_key ELSE ${nextKey} END AS message_key,
      CASE WHEN j.tried_hash = j.row_hash THEN j.refusals ELSE 0 END AS rejections
    FROM (
      SELECT m.customer_id, m.payload, t.rule, m.known, m.in_segment AND t.rule IS NULL AS belongs,
        CASE WHEN m.in_segment AND t.rule IS NULL THEN ${dialect.md5(raw('m.payload'))} ELSE ${left} END AS row_hash,
        m.held_hash, m.tried_hash, m.tried_key, m.sure, m.refusals, o.customer_id IS NOT NULL AS shared
      FROM (
        SELECT coalesce(n.customer_id, s.customer_id) AS customer_id, n.payload, n.payload IS NOT NULL AS in_segment,
          s.tried_key IS NOT NULL AS known, s.row_hash AS held_hash, s.tried_hash, s.tried_key, coalesce(s.sure, false) AS sure,
          coalesce(s.rejections, 0) AS refusals
        FROM (${given.rows}) n
        FULL JOIN (SELECT * FROM sync_states WHERE sync_id = ${literal(syncId)}) s ON s.customer_id = n.customer_id
      ) m
      LEFT JOIN (${stopped(dialect, given.today)}) t ON t.customer_id = m.customer_id
      LEFT JOIN (SELECT DISTINCT x.customer_id FROM sync_states x JOIN syncs y ON y.sync_id = x.sync_id
        WHERE y.destination_id = ${literal(destination)} AND y.sync_id <> ${literal(syncId)} AND y.retired_at IS NULL
          AND x.row_hash <> ${left}) o ON o.customer_id = m.customer_id
    ) j
  ) k`;
}

/** Standings that a mode sends. */
export const sentStandings = (mode: SyncDefinition['mode']): Standing[] =>
  mode === 'full' ? ['fresh', 'changed', 'same', 'leaving'] : ['fresh', 'changed', 'leaving'];
