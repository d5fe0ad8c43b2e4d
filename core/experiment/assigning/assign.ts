import { md5 } from '@noble/hashes/legacy.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { Dialect } from '../../sql/dialects/dialect.ts';
import { join, raw, type Sql, sql } from '../../sql/sql.ts';
import { type Block, blockOf, propensities, type WeightedArm } from './block.ts';

/** What decides every assignment: the arms and a salt. */
export interface AssignmentPlan {
  salt: string;
  arms: readonly WeightedArm[];
}

export interface Unit {
  id: string;
  stratum: string;
}

export interface Assigned extends Unit {
  arm: string;
  /** From 0 inside the stratum; below 0 for blocks made of the rests of several strata. */
  block: number;
  propensity: number;
  /** md5 of salt:id, which also identifies the assignment. */
  hash: string;
}

type Hashed = Unit & { hash: string };

const hex = (text: string): string => bytesToHex(md5(utf8ToBytes(text.normalize('NFC'))));

/** Where the pattern begins for rests: uniform over the block, so that nobody's chance of an arm departs from its weight. */
const rotation = (salt: string, block: Block): number =>
  Number.parseInt(hex(`${salt}:rotation`).slice(0, 8), 16) % block.size;

/** People each arm gets of n. Differs from the exact share by less than one place of the block's pattern. */
export function plannedCounts(n: number, plan: AssignmentPlan): Map<string, number> {
  const block = blockOf(plan.arms);
  const start = rotation(plan.salt, block);
  const counts = new Map(plan.arms.map((arm) => [arm.name, 0]));
  block.pattern.forEach((arm, place) => {
    const rest = (place - start + block.size) % block.size < n % block.size ? 1 : 0;
    counts.set(arm, counts.get(arm)! + Math.floor(n / block.size) + rest);
  });
  return counts;
}

/** Order of engines that compare text byte by byte in UTF-8, which is order by code point. */
export function byCodePoint(a: string, b: string): number {
  const [left, right] = [[...a], [...b]];
  for (let i = 0; i < Math.min(left.length, right.length); i++) {
    const gap = left[i]!.codePointAt(0)! - right[i]!.codePointAt(0)!;
    if (gap) return gap;
  }
  return left.length - right.length;
}

/**
 * Assigns people to arms by stratified blocks, giving each arm its exact share of every full block.
 *
 * Inside a stratum people stand in the order of md5(salt:id) in hex (id in NFC, UTF-8), then id; every `size`
 * of them are a block. The rests of all strata (under one block each) stand one after another, strata in the
 * order of md5(salt:stratum:name), and form further blocks whose pattern begins at a place drawn from the salt.
 * So overall counts are exactly those of `plannedCounts`, and in each stratum an arm is off its share by under 1
 * with equal weights, under 2 with others. `assignInSql` does the same where the rows are.
 */
export function assignPeople(people: readonly Unit[], plan: AssignmentPlan): Assigned[] {
  const block = blockOf(plan.arms);
  const chance = propensities(block);
  const start = rotation(plan.salt, block);
  const strata = new Map<string, Hashed[]>();
  for (const unit of people) {
    const hashed = { ...unit, hash: hex(`${plan.salt}:${unit.id}`) };
    const stratum = strata.get(unit.stratum);
    if (stratum) stratum.push(hashed);
    else strata.set(unit.stratum, [hashed]);
  }
  const place = (unit: Hashed, slot: number, number: number): Assigned => {
    const arm = block.pattern[slot]!;
    return { ...unit, arm, block: number, propensity: chance.get(arm)! };
  };
  const inFull: Assigned[] = [];
  const rests: { key: string; stratum: string; units: Hashed[] }[] = [];
  for (const [stratum, units] of strata) {
    units.sort((a, b) => (a.hash < b.hash ? -1 : a.hash > b.hash ? 1 : byCodePoint(a.id, b.id)));
    const whole = units.length - (units.length % block.size);
    units.slice(0, whole).forEach((unit, i) => {
      inFull.push(place(unit, i % block.size, Math.floor(i / block.size)));
    });
    rests.push({ key: hex(`${plan.salt}:stratum:${stratum}`), stratum, units: units.slice(whole) });
  }
  rests.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : byCodePoint(a.stratum, b.stratum)));
  const inRests = rests
    .flatMap((rest) => rest.units)
    .map((unit, i) => place(unit, (i + start) % block.size, -1 - Math.floor(i / block.size)));
  return [...inFull, ...inRests];
}

/**
 * `assignPeople` as one statement over a relation with customer_id and stratum: one row per person with
 * customer_id, stratum, arm, block, propensity and hash, equal to what TypeScript gives for every person.
 */
export function assignInSql(dialect: Dialect, units: Sql, plan: AssignmentPlan): Sql {
  const block = blockOf(plan.arms);
  const chance = propensities(block);
  const size = raw(String(block.size));
  const slots = block.pattern.map((arm, slot) => sql`(${slot}, ${arm}, ${chance.get(arm)!})`);
  const hash = dialect.md5(dialect.nfc(dialect.concat(sql`${`${plan.salt}:`}`, raw('u.customer_id'))));
  const stratumKey = dialect.md5(
    dialect.nfc(dialect.concat(sql`${`${plan.salt}:stratum:`}`, raw('stratum'))),
  );
  const block0 = dialect.integerDivide(raw('p.place'), size);
  const restBlock = sql`-1 - ${dialect.integerDivide(raw('r.place'), size)}`;
  return sql`WITH hashed AS (
      SELECT u.customer_id, u.stratum, ${hash} AS hash FROM (${units}) u
    ), placed AS (
      SELECT customer_id, stratum, hash,
        ${dialect.rowNumber([raw('stratum')], [raw('hash'), raw('customer_id')])} - 1 AS place,
        count(*) OVER (PARTITION BY stratum) AS people
      FROM hashed
    ), rests AS (
      SELECT customer_id, ${dialect.rowNumber([], [stratumKey, raw('stratum'), raw('place')])} - 1 AS place
      FROM placed WHERE place >= people - people % ${size}
    )
    SELECT p.customer_id, p.stratum, s.arm,
      ${dialect.cast(sql`CASE WHEN r.customer_id IS NULL THEN ${block0} ELSE ${restBlock} END`, 'bigint')} AS block,
      ${dialect.float(raw('s.propensity'))} AS propensity, p.hash
    FROM placed p
    LEFT JOIN rests r ON r.customer_id = p.customer_id
    JOIN (VALUES ${join(slots)}) s(slot, arm, propensity)
      ON s.slot = CASE WHEN r.customer_id IS NULL THEN p.place % ${size}
        ELSE (r.place + ${raw(String(rotation(plan.salt, block)))}) % ${size} END`;
}
