import { blockOf, type WeightedArm } from '../assigning/block.ts';

/** Strata of people, a place of the array a person. */
export interface PastStrata {
  /** Number of the stratum, from 0. */
  strata: Int32Array;
  strataCount: number;
}

export interface DrawnBy {
  arms: readonly WeightedArm[];
  entryDays: number;
}

/** What a draw leaves to chance. */
export interface Lot {
  /** The order of people, in [0, 1). Compared to 36 bits, then by place. */
  people: Float64Array;
  /** Strata in the order in which their blocks are numbered and their rests stand. */
  strata: readonly number[];
  /** Place of the block's pattern at which the rests begin. */
  start: number;
}

/** One draw of everybody: the number of the arm, and the day of entering from 0. */
export interface Drawn {
  arms: Uint8Array;
  waves: Uint8Array;
}

export function randomLot({ strata, strataCount }: PastStrata, size: number, random: () => number): Lot {
  const people = new Float64Array(strata.length);
  for (let i = 0; i < people.length; i++) people[i] = random();
  const order = Array.from({ length: strataCount }, (_, stratum) => ({ stratum, key: random() }));
  order.sort((a, b) => a.key - b.key);
  return { people, strata: order.map(({ stratum }) => stratum), start: Math.floor(random() * size) };
}

/** Numbers of people in the order of the lot; up to 65,536 of them. */
function inOrder(people: Float64Array): Float64Array {
  const keys = new Float64Array(people.length);
  for (let i = 0; i < people.length; i++) keys[i] = Math.floor(people[i]! * 2 ** 36) * 65_536 + i;
  return keys.sort().map((key) => key % 65_536);
}

/**
 * Assigns everybody to arms and days as `drawPeople` does, by a lot instead of md5 and over typed arrays, because a
 * rehearsal draws hundreds of times: stratified blocks, their rests together, a block's number modulo the days.
 */
export function drawArms({ strata, strataCount }: PastStrata, { arms, entryDays }: DrawnBy, lot: Lot): Drawn {
  const n = strata.length;
  const { size, pattern } = blockOf(arms);
  const numberOf = new Map(arms.map((arm, i) => [arm.name, i]));
  const slots = Uint8Array.from(pattern, (name) => numberOf.get(name)!);
  const drawn: Drawn = { arms: new Uint8Array(n), waves: new Uint8Array(n) };
  const counts = new Int32Array(strataCount);
  for (const stratum of strata) counts[stratum]!++;
  const before = new Int32Array(strataCount);
  let blocks = 0;
  for (const stratum of lot.strata) {
    before[stratum] = blocks;
    blocks += Math.floor(counts[stratum]! / size);
  }
  const put = (person: number, slot: number, block: number) => {
    drawn.arms[person] = slots[slot]!;
    drawn.waves[person] = block % entryDays;
  };
  const seen = new Int32Array(strataCount);
  const rests = Array.from({ length: strataCount }, (): number[] => []);
  for (const person of inOrder(lot.people)) {
    const stratum = strata[person]!;
    const place = seen[stratum]!++;
    if (place < counts[stratum]! - (counts[stratum]! % size))
      put(person, place % size, before[stratum]! + Math.floor(place / size));
    else rests[stratum]!.push(person);
  }
  let place = 0;
  for (const stratum of lot.strata)
    for (const person of rests[stratum]!) {
      put(person, (place + lot.start) % size, blocks + Math.floor(place / size));
      place++;
    }
  return drawn;
}
