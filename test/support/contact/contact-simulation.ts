import { seededRandom } from '#models/maths/random.ts';
import {
  type ContactCell,
  contactHazards,
  effectiveSize,
  exposures,
  minusLogUncontacted,
} from '#models/self-cure/censoring.ts';

export const horizonDays = 30;
export const sizes = [3, 2];
export const levelsOf = (stratum: number) => [Math.floor(stratum / 2), stratum % 2];

export interface Person {
  stratum: number;
  until: number;
  partial: number | null;
  contact: number | null;
  cured: boolean;
}

/** Daily chance of curing without contact, and of a contact, worst first: both follow the stratum and a part payment. */
const cureChance = (stratum: number, paid: boolean): number =>
  [0.11, 0.05, 0.02][levelsOf(stratum)[0]!]! * (stratum % 2 ? 0.7 : 1) * (paid ? 0.4 : 1);
const contactChance = (stratum: number, day: number, paid: boolean): number =>
  [0.01, 0.05, 0.12][levelsOf(stratum)[0]!]! * (day > 5 && day < 12 ? 1.6 : 0.8) * (paid ? 0.5 : 1);

/** The exact share cured by the horizon without contact, over strata of equal size. */
export function truth(): number {
  let sum = 0;
  for (let stratum = 0; stratum < 6; stratum++) {
    let open = [1, 0];
    for (let day = 1; day <= horizonDays; day++) {
      const clear = open[0]! * (1 - cureChance(stratum, false));
      const paid = open[1]! * (1 - cureChance(stratum, true));
      open = [clear * 0.98, paid + clear * 0.02];
    }
    sum += 1 - open[0]! - open[1]!;
  }
  return sum / 6;
}

/** People who cure, pay part or are contacted day by day; a contact triples the chance of a cure, unseen by the weights. */
export function draw(people: number, seed: number): Person[] {
  const random = seededRandom(seed);
  return Array.from({ length: people }, (_, i) => {
    const stratum = i % 6;
    let partial: number | null = null;
    let contact: number | null = null;
    for (let day = 1; day <= horizonDays; day++) {
      const paid = partial !== null;
      if (contact === null && random() < contactChance(stratum, day, paid)) contact = day;
      const chance = cureChance(stratum, paid) * (contact !== null && contact < day ? 3 : 1);
      if (random() < chance) return { stratum, until: day, partial, contact, cured: true };
      if (!paid && random() < 0.02) partial = day;
    }
    return { stratum, until: horizonDays, partial, contact, cured: false };
  });
}

export function cellsOf(people: readonly Person[]): ContactCell[] {
  const cells = new Map<string, ContactCell>();
  for (const { stratum, until, partial, contact } of people)
    for (let day = 1; day <= until; day++) {
      const state = partial !== null && partial < day ? 1 : 0;
      const key = `${stratum} ${day} ${state}`;
      const cell = cells.get(key) ?? { stratum, day, state, late: 0, open: 0, contacted: 0 };
      cell.late++;
      if (contact === null || contact >= day) cell.open++;
      if (contact === day) cell.contacted++;
      cells.set(key, cell);
    }
  return [...cells.values()];
}

/** The weighted share cured among those not contacted, its interval, and the same without weights. */
export function estimate(people: readonly Person[]) {
  const hazard = contactHazards(cellsOf(people), horizonDays, levelsOf, sizes);
  const exposed = exposures([0, 1, 2, 3, 4, 5], horizonDays, hazard);
  let [sum, cured, n, plain, squares] = [0, 0, 0, 0, 0];
  const rows: [number, number][] = [];
  for (const { contact, cured: isCured, ...course } of people) {
    if (contact !== null) continue;
    const weight = Math.exp(minusLogUncontacted(exposed[course.stratum]!, course));
    const target = isCured ? 1 : 0;
    rows.push([weight, target]);
    sum += weight;
    cured += weight * target;
    squares += weight ** 2;
    n++;
    plain += target;
  }
  const share = cured / sum;
  const spread = Math.sqrt(rows.reduce((all, [w, y]) => all + (w * (y - share)) ** 2, 0)) / sum;
  return { share, spread, plain: plain / n, size: effectiveSize(sum, squares), n };
}
