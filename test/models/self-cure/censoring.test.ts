import { describe, expect, it } from 'vitest';
import {
  type ContactCell,
  contactHazards,
  exposures,
  minusLogUncontacted,
  thinnest,
} from '#models/self-cure/censoring.ts';
import {
  cellsOf,
  draw,
  estimate,
  horizonDays,
  levelsOf,
  sizes,
  truth,
} from '../../support/contact/contact-simulation.ts';

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
