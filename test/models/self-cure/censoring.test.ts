import { describe, expect, it } from 'vitest';
import { seededRandom } from '#models/random.ts';
import {
  type ContactCell,
  contactHazards,
  effectiveSize,
  exposures,
  minusLogUncontacted,
  thinnest,
} from '#models/self-cure/censoring.ts';

const horizonDays = 30;
const sizes = [3, 2];
const levelsOf = (stratum: number) => [Math.floor(stratum / 2), stratum % 2];

interface Person {
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
function truth(): number {
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
function draw(people: number, seed: number): Person[] {
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

function cellsOf(people: readonly Person[]): ContactCell[] {
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
function estimate(people: readonly Person[]) {
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

describe('weights for contact', () => {
  const known = truth();

  it('take away at least nine tenths of the bias of leaving out whoever was contacted', () => {
    const found = estimate(draw(60_000, 1));
    expect(Math.abs(found.plain - known)).toBeGreaterThan(0.1);
    expect(Math.abs(found.share - known)).toBeLessThan(0.1 * Math.abs(found.plain - known));
    expect(found.size).toBeGreaterThan(0.2 * found.n);
    expect(found.size).toBeLessThan(found.n);
  });

  it('cover the truth in nearly all of 120 portfolios of 3,000 people', () => {
    const errors = Array.from({ length: 120 }, (_, seed) => estimate(draw(3_000, seed + 10)));
    const covered = errors.filter(({ share, spread }) => Math.abs(share - known) <= 1.96 * spread).length;
    expect(covered / errors.length).toBeGreaterThan(0.9);
    const bias = errors.reduce((sum, { share }) => sum + share - known, 0) / errors.length;
    expect(Math.abs(bias)).toBeLessThan(0.012);
  });

  it('are one where nobody is contacted', () => {
    const people = draw(2_000, 3).map((person) => ({ ...person, contact: null }));
    const hazard = contactHazards(cellsOf(people), horizonDays, levelsOf, sizes);
    const [first] = exposures([0], horizonDays, hazard);
    const weight = Math.exp(minusLogUncontacted(first!, { stratum: 0, until: 30, partial: 4 }));
    expect(weight).toBeGreaterThan(0.999);
    expect(weight).toBeLessThan(1.01);
  });
});

describe('a hazard', () => {
  it('is the pooled one where a cell is empty and its own where it is full', () => {
    const cells: ContactCell[] = [0, 1].flatMap((stratum) =>
      [1, 2].map((day) => ({
        stratum,
        day,
        state: 0 as const,
        late: 1e6,
        open: 1e6,
        contacted: stratum === day - 1 ? 3e5 : 1e5,
      })),
    );
    const hazard = contactHazards(cells, 3, (stratum) => [stratum], [2]);
    expect(hazard({ stratum: 0, day: 1, state: 0 })).toBeCloseTo(0.3, 4);
    expect(hazard({ stratum: 0, day: 2, state: 0 })).toBeCloseTo(0.1, 4);
    expect(hazard({ stratum: 1, day: 3, state: 1 })).toBeGreaterThan(0.05);
    expect(hazard({ stratum: 1, day: 3, state: 1 })).toBeLessThan(0.4);
  });

  it('cumulates by what was known each day', () => {
    const [exposed] = exposures([7], 4, ({ day, state }) => (state ? 0.5 : day / 10));
    const chance = (until: number, partial: number | null) =>
      Math.exp(-minusLogUncontacted(exposed!, { stratum: 7, until, partial }));
    expect(chance(3, null)).toBeCloseTo(0.9 * 0.8 * 0.7, 12);
    expect(chance(4, 2)).toBeCloseTo(0.9 * 0.8 * 0.5 * 0.5, 12);
    expect(chance(2, 4)).toBeCloseTo(0.9 * 0.8, 12);
  });
});

describe('thinnest', () => {
  const cell = (stratum: number, day: number, state: 0 | 1, late: number, open: number): ContactCell => ({
    stratum,
    day,
    state,
    late,
    open,
    contacted: 0,
  });
  it('puts part payers and others together, and passes over strata with too few', () => {
    const cells = [cell(1, 1, 0, 90, 90), cell(1, 2, 0, 50, 4), cell(1, 2, 1, 50, 6), cell(2, 2, 0, 49, 0)];
    expect(thinnest(cells, 50)).toEqual({ stratum: 1, day: 2, late: 100, uncontactedShare: 0.1 });
    expect(thinnest(cells, 500)).toBeNull();
  });
});
