import { v7 as uuidv7 } from 'uuid';
import type { SegmentFreeze } from '#core/contract/segments/views.ts';
import { DomainError } from '#core/errors/domain-error.ts';
import { fingerprintOf } from '#core/segment/fingerprint.ts';
import { type Picked, readSize, type SizeRow, segmentMembers, sizeOf } from '#core/segment/size.ts';
import type { Dialect } from '#core/sql/dialects/dialect.ts';
import { raw, type Sql, sql } from '#core/sql/sql.ts';
import type { Session } from '../../engine/engine.ts';
import { dataVersion } from '../data-version.ts';

interface FreezeRow {
  freeze_id: string;
  segment_id: string;
  current: boolean;
  as_of: string;
  customers: number;
  accounts: number;
  arrears: string;
  fingerprint: string | null;
  data_version: string;
  reason: SegmentFreeze['reason'];
  used_by: string | null;
  frozen_at: string;
  by_principal: string;
}

const asFreeze = (row: FreezeRow): SegmentFreeze => ({
  id: row.freeze_id,
  asOf: row.as_of,
  frozenAt: row.frozen_at,
  customers: row.customers,
  accounts: row.accounts,
  arrears: JSON.parse(row.arrears) as SegmentFreeze['arrears'],
  fingerprint: row.fingerprint,
  dataVersion: row.data_version,
  reason: row.reason,
  usedBy: row.used_by,
  by: row.by_principal,
  current: row.current,
});

export interface NewFreeze {
  segmentId: string;
  asOf: string;
  /** account_id and customer_id, on that date. */
  members: Sql;
  dataVersion: string;
  reason: SegmentFreeze['reason'];
  /** The export it was frozen for. */
  usedBy: string | null;
  /** Whether experiments designed on the segment take these people from now on. */
  current: boolean;
  at: string;
  by: string;
}

/** The accounts of a freeze, by the id it has in segment_members. */
const placeOf = ({
  current,
  segment_id,
  freeze_id,
}: Pick<FreezeRow, 'current' | 'segment_id' | 'freeze_id'>) => (current ? segment_id : freeze_id);

export interface Frozen {
  freeze: SegmentFreeze;
  /** Of the accounts that were written. */
  size: ReturnType<typeof readSize>;
}

/** Accounts of a freeze with what they owe on its date. */
const owedBy = (place: string, asOf: string): Picked => ({
  facts: sql`SELECT m.account_id, m.customer_id, a.currency, s.arrears, s.balance FROM segment_members m
    JOIN current_accounts a ON a.account_id = m.account_id
    JOIN current_snapshots s ON s.account_id = m.account_id AND s.as_of = CAST(${asOf} AS DATE) WHERE m.segment_id = ${place}`,
  predicate: raw('true'),
});

/** Writes a freeze with its accounts and counts them; the one that was current stays, under its own id. */
export async function insertFreeze(session: Session, dialect: Dialect, freeze: NewFreeze): Promise<Frozen> {
  const { segmentId, asOf, members, current } = freeze;
  const id = uuidv7();
  if (current) {
    const before = await session.first<FreezeRow>(
      sql`SELECT * FROM segment_freezes WHERE segment_id = ${segmentId} AND current`,
    );
    if (before) {
      await session.run(
        sql`UPDATE segment_members SET segment_id = ${before.freeze_id} WHERE segment_id = ${segmentId}`,
      );
      await session.run(
        sql`UPDATE segment_freezes SET current = false WHERE freeze_id = ${before.freeze_id}`,
      );
    }
  }
  const place = placeOf({ current, segment_id: segmentId, freeze_id: id });
  await session.run(sql`INSERT INTO segment_members
    SELECT ${place}, m.account_id, m.customer_id, CAST(${asOf} AS DATE) FROM (${members}) m`);
  const size = readSize(await session.rows<SizeRow>(sizeOf(dialect, owedBy(place, asOf))));
  const print = await session.first<{ fingerprint: string }>(
    fingerprintOf(dialect, sql`SELECT account_id FROM segment_members WHERE segment_id = ${place}`),
  );
  await session.run(sql`INSERT INTO segment_freezes VALUES (${id}, ${segmentId}, ${current}, CAST(${asOf} AS DATE),
    ${size.customers}, ${size.accounts}, ${JSON.stringify(size.arrears)}, ${print?.fingerprint ?? null}, ${freeze.dataVersion},
    ${freeze.reason}, ${freeze.usedBy}, ${freeze.at.replace('Z', '')}, ${freeze.by})`);
  return { freeze: await readFreeze(session, segmentId, id), size };
}

/**
 * Freezes a segment for what is about to use it, in its transaction and beside the people experiments are designed on; where its
 * newest freeze holds the same accounts on the same date, that is it.
 *
 * @param picked the segment's accounts now
 */
export async function freezeForUse(
  session: Session,
  dialect: Dialect,
  use: Pick<NewFreeze, 'segmentId' | 'usedBy' | 'at' | 'by'> & { asOf: string; picked: Picked },
): Promise<void> {
  const { segmentId, asOf, picked } = use;
  await session.run(sql`CREATE OR REPLACE TEMPORARY TABLE segment_used AS ${segmentMembers(picked)}`);
  const members = raw('SELECT account_id, customer_id FROM segment_used');
  const now = await session.first<{ fingerprint: string }>(fingerprintOf(dialect, members));
  const newest = await session.first<{ fingerprint: string | null; as_of: string }>(
    sql`SELECT fingerprint, as_of FROM segment_freezes WHERE segment_id = ${segmentId} ORDER BY frozen_at DESC, freeze_id DESC LIMIT 1`,
  );
  if (newest?.fingerprint !== now?.fingerprint || newest?.as_of !== asOf) {
    const version = await dataVersion(session);
    await insertFreeze(session, dialect, {
      ...{ segmentId, asOf, members, dataVersion: version, reason: 'export', current: false },
      ...{ usedBy: use.usedBy, at: use.at, by: use.by },
    });
  }
  await session.run(raw('DROP TABLE segment_used'));
}

/** @throws not_found */
export async function readFreeze(session: Session, segmentId: string, id: string): Promise<SegmentFreeze> {
  const row = await session.first<FreezeRow>(
    sql`SELECT * FROM segment_freezes WHERE segment_id = ${segmentId} AND freeze_id = ${id}`,
  );
  if (!row) throw new DomainError('not_found', { kind: 'segment freeze', id });
  return asFreeze(row);
}

/** Newest first. */
export async function readFreezes(session: Session, segmentId: string): Promise<SegmentFreeze[]> {
  const rows = await session.rows<FreezeRow>(
    sql`SELECT * FROM segment_freezes WHERE segment_id = ${segmentId} ORDER BY frozen_at DESC, freeze_id DESC`,
  );
  return rows.map(asFreeze);
}

/** The accounts of a freeze: account_id, customer_id. */
export const freezeMembers = (segmentId: string, freeze: Pick<SegmentFreeze, 'id' | 'current'>): Sql =>
  sql`SELECT account_id, customer_id FROM segment_members
    WHERE segment_id = ${placeOf({ current: freeze.current, segment_id: segmentId, freeze_id: freeze.id })}`;

/** Experiments designed on a segment, newest first. */
export const segmentUses = (
  session: Session,
  segmentId: string,
): Promise<{ experimentId: string; name: string; status: string; asOf: string }[]> =>
  session.rows(sql`SELECT experiment_id AS "experimentId", design ->> '$.name' AS name, coalesce(status, state) AS status, as_of AS "asOf"
    FROM designs WHERE (design ->> '$.segmentId') = ${segmentId} ORDER BY created_at DESC, experiment_id`);
