import { md5 } from '@noble/hashes/legacy.js';
import { utf8ToBytes } from '@noble/hashes/utils.js';
import { blockOf, type WeightedArm } from '../block.ts';

/** People of the past, a place of each array a person. */
export interface PastUnits {
  ids: readonly string[];
  /** Number of the stratum, from 0. */
  strata: Int32Array;
  strataCount: number;
}

/** One draw of everybody: the arm (number) and a chance in [0, 1), uniform and the person's own. */
export interface Drawn {
  arms: Uint8Array;
  /** Place in time: people under t have entered when a share t of them has. */
  entry: Float64Array;
  chance: Float64Array;
}

/**
 * Assigns everybody by the product's own rule: inside each stratum in order of md5(salt:id), every block of the plan in
 * turn; the rests of all strata together. Over typed arrays, because a rehearsal draws hundreds of times; the first 48
 * bits of the md5 give the order, so that it differs from `assignPeople` only where two of them are equal, and in where
 * the rests begin.
 */
export function drawArms(units: PastUnits, arms: readonly WeightedArm[], salt: string): Drawn {
  const { ids, strata, strataCount } = units;
  const n = ids.length;
  const { size, pattern } = blockOf(arms);
  const numberOf = new Map(arms.map((arm, i) => [arm.name, i]));
  const slots = Uint8Array.from(pattern, (name) => numberOf.get(name)!);
  const drawn: Drawn = {
    arms: new Uint8Array(n),
    entry: new Float64Array(n),
    chance: new Float64Array(n),
  };
  const order = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    const bytes = md5(utf8ToBytes(`${salt}:${ids[i]}`));
    const view = new DataView(bytes.buffer, bytes.byteOffset, 16);
    order[i] = view.getUint32(0) * 65_536 + view.getUint16(4);
    drawn.entry[i] = view.getUint32(8) / 2 ** 32;
    drawn.chance[i] = view.getUint32(12) / 2 ** 32;
  }
  const sorted = Uint32Array.from({ length: n }, (_, i) => i).sort((a, b) => order[a]! - order[b]!);
  const counts = new Int32Array(strataCount);
  for (let i = 0; i < n; i++) counts[strata[i]!]!++;
  const seen = new Int32Array(strataCount);
  let rest = 0;
  for (const unit of sorted) {
    const stratum = strata[unit]!;
    const place = seen[stratum]!++;
    const whole = counts[stratum]! - (counts[stratum]! % size);
    drawn.arms[unit] = slots[place < whole ? place % size : rest++ % size]!;
  }
  return drawn;
}
