import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { DomainError } from '#core/errors/domain-error.ts';
import { sql } from '#core/sql/sql.ts';
import type { Session } from '../engine/engine.ts';

/** A hash of the loads that are live and the files they hold; null when nothing is loaded. */
export async function currentDataVersion(session: Session): Promise<string | null> {
  const loads = await session.rows<{ load_id: number; recipe_hash: string; files: string }>(
    sql`SELECT load_id, recipe_hash, files FROM loads WHERE state = 'live' ORDER BY load_id`,
  );
  if (loads.length === 0) return null;
  const held = loads.map(({ load_id, recipe_hash, files }) => [
    load_id,
    recipe_hash,
    (JSON.parse(files) as { sha256: string }[]).map((file) => file.sha256).sort(),
  ]);
  return bytesToHex(sha256(utf8ToBytes(JSON.stringify(held))));
}

/** The same, for work that needs a portfolio. @throws missing_step */
export async function dataVersion(session: Session): Promise<string> {
  const version = await currentDataVersion(session);
  if (version === null) throw new DomainError('missing_step', { step: 'load' });
  return version;
}

/** @throws data_changed_meanwhile where the portfolio is no longer the one a training counted */
export async function requireUnchanged(session: Session, counted: string): Promise<void> {
  if ((await dataVersion(session)) !== counted) throw new DomainError('data_changed_meanwhile');
}
