import { md5 } from '@noble/hashes/legacy.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { Dialect } from '../../sql/dialects/dialect.ts';
import { raw, type Sql, sql } from '../../sql/sql.ts';
import {
  type Assigned,
  type AssignmentPlan,
  assignInSql,
  assignPeople,
  byCodePoint,
  type Unit,
} from './assign.ts';
import { blockOf } from './block.ts';

export interface DrawPlan extends AssignmentPlan {
  /** Days over which people enter, one wave a day. */
  entryDays: number;
}

export interface Drawn extends Assigned {
  /** From 1: the day on which the person enters. */
  wave: number;
  /** From 0 to under `textPlaces`: of several texts a person gets the one at this place, modulo how many there are. */
  textLot: number;
}

/** Divisible by every number of texts up to twelve, so that each is equally likely. */
export const textPlaces = 27_720;

const bytes = (text: string): Uint8Array => md5(utf8ToBytes(text.normalize('NFC')));

/** The first 32 bits of the md5 of salt:text:id, as RFC 1321 orders them, modulo `textPlaces`. */
export const textLotOf = (salt: string, id: string): number =>
  new DataView(bytes(`${salt}:text:${id}`).buffer).getUint32(0, true) % textPlaces;

/**
 * Puts assigned people into waves, one a day, each balanced as the whole is: full blocks are numbered through, strata in the order
 * of md5(salt:stratum:name), then the blocks made of rests; a block's number modulo the days is its wave.
 */
function wavesOf(
  assigned: readonly Assigned[],
  { salt, arms, entryDays }: DrawPlan,
): (one: Assigned) => number {
  const { size } = blockOf(arms);
  const people = new Map<string, number>();
  for (const { stratum } of assigned) people.set(stratum, (people.get(stratum) ?? 0) + 1);
  const ordered = [...people.keys()]
    .map((stratum) => ({ stratum, key: bytesToHex(bytes(`${salt}:stratum:${stratum}`)) }))
    .sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : byCodePoint(a.stratum, b.stratum)));
  const before = new Map<string, number>();
  let blocks = 0;
  for (const { stratum } of ordered) {
    before.set(stratum, blocks);
    blocks += Math.floor(people.get(stratum)! / size);
  }
  return ({ stratum, block }) =>
    ((block >= 0 ? before.get(stratum)! + block : blocks - 1 - block) % entryDays) + 1;
}

/** `assignPeople` with each person's wave and place in the lot of texts. */
export function drawPeople(people: readonly Unit[], plan: DrawPlan): Drawn[] {
  const assigned = assignPeople(people, plan);
  const waveOf = wavesOf(assigned, plan);
  return assigned.map((one) => ({ ...one, wave: waveOf(one), textLot: textLotOf(plan.salt, one.id) }));
}

/**
 * `drawPeople` as one statement over a relation with customer_id and stratum: what `assignInSql` gives, wave and text_lot, equal to
 * what TypeScript gives for every person.
 */
export function drawInSql(dialect: Dialect, units: Sql, plan: DrawPlan): Sql {
  const { salt, entryDays } = plan;
  const key = dialect.md5(dialect.nfc(dialect.concat(sql`${`${salt}:stratum:`}`, raw('stratum'))));
  const lot = dialect.md5Word(dialect.nfc(dialect.concat(sql`${`${salt}:text:`}`, raw('d.customer_id'))), 0);
  const days = raw(String(entryDays));
  const number = sql`CASE WHEN d.block >= 0 THEN s.before + d.block ELSE s.total - 1 - d.block END`;
  return sql`WITH drawn AS (${assignInSql(dialect, units, plan)}),
    full_blocks AS (
      SELECT stratum, ${key} AS key, max(CASE WHEN block >= 0 THEN block + 1 ELSE 0 END) AS blocks FROM drawn GROUP BY stratum
    ), numbered AS (
      SELECT stratum, sum(blocks) OVER (ORDER BY key, stratum ROWS UNBOUNDED PRECEDING) - blocks AS before,
        sum(blocks) OVER () AS total FROM full_blocks
    )
    SELECT d.customer_id, d.stratum, d.arm, d.block, d.propensity, d.hash,
      ${dialect.cast(sql`(${number}) % ${days} + 1`, 'integer')} AS wave,
      ${dialect.cast(sql`${lot} % ${raw(String(textPlaces))}`, 'integer')} AS text_lot
    FROM drawn d JOIN numbered s ON s.stratum = d.stratum`;
}
