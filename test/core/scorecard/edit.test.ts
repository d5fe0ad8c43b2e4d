import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type HandBins, handBins } from '#core/scorecard/bins.ts';
import {
  evidenceError,
  type FineCategorical,
  type FineNumeric,
  forceMonotone,
  groupTogether,
  isMonotone,
  measureBins,
  mergeNext,
  nearestEdge,
  splitAt,
  tallyBins,
  ungroup,
} from '#core/scorecard/edit.ts';
import { totalOf } from '#core/scorecard/evidence.ts';
import { binByHand } from '#models/scorecard/by-hand.ts';

const cuts = (bins: HandBins) => ('cuts' in bins ? bins.cuts : []);
const groups = (bins: HandBins) => ('groups' in bins ? bins.groups : []);

/** Four cells of values up to 1, 2, 3 and above. */
const fine: FineNumeric = {
  kind: 'numeric',
  edges: [1, 2, 3],
  cells: [
    { n: 10, events: 1 },
    { n: 20, events: 8 },
    { n: 30, events: 6 },
    { n: 40, events: 30 },
  ],
  missing: { n: 5, events: 2 },
};
const towns: FineCategorical = {
  kind: 'categorical',
  cells: [
    { name: 'cali', n: 10, events: 5 },
    { name: 'lima', n: 20, events: 5 },
    { name: 'quito', n: 30, events: 3 },
  ],
  missing: { n: 4, events: 1 },
};

const tally = fc
  .integer({ min: 0, max: 500 })
  .chain((n) => fc.record({ n: fc.constant(n), events: fc.integer({ min: 0, max: n }) }));
const anyFine = fc
  .uniqueArray(fc.integer({ min: -1000, max: 1000 }), { minLength: 1, maxLength: 30 })
  .chain((found) => {
    const edges = found.sort((a, b) => a - b);
    return fc.record({
      kind: fc.constant('numeric' as const),
      edges: fc.constant(edges),
      cells: fc.array(tally, { minLength: edges.length + 1, maxLength: edges.length + 1 }),
      missing: tally,
    });
  });
/** A fine column with some of its edges as cuts. */
const binned = anyFine.chain((column) =>
  fc.record({
    column: fc.constant(column as FineNumeric),
    bins: fc.subarray(column.edges).map((chosen): HandBins => ({ cuts: chosen })),
  }),
);

describe('bins of a number', () => {
  it('hold the cells under their cut, then what is missing', () => {
    expect(tallyBins(fine, { cuts: [2] })).toEqual([
      { n: 30, events: 9 },
      { n: 70, events: 36 },
      { n: 5, events: 2 },
    ]);
    expect(tallyBins(fine, { cuts: [] })).toEqual([
      { n: 100, events: 45 },
      { n: 5, events: 2 },
    ]);
    expect(tallyBins(fine, { cuts: [1, 2, 3] })).toEqual([...fine.cells, fine.missing]);
  });

  it('keep every row, whatever the cuts', () => {
    fc.assert(
      fc.property(binned, ({ column, bins }) => {
        expect(totalOf(tallyBins(column, bins))).toEqual(totalOf([...column.cells, column.missing]));
      }),
    );
  });

  it('joined and cut again at the same place hold the same', () => {
    fc.assert(
      fc.property(binned, fc.nat(), ({ column, bins }, pick) => {
        const all = cuts(bins);
        if (all.length === 0) return;
        const at = pick % all.length;
        const back = splitAt(column, mergeNext(bins, at), all[at]!);
        expect(back).toEqual(bins);
        expect(measureBins(column, back, 0.5)).toEqual(measureBins(column, bins, 0.5));
      }),
    );
  });

  it('joining never adds information; cutting never takes any, without smoothing', () => {
    const counts = anyFine.filter(({ cells }) => cells.every(({ n, events }) => events > 0 && events < n));
    fc.assert(
      fc.property(counts, fc.nat(), (column, pick) => {
        const bins: HandBins = { cuts: [...column.edges] };
        const before = measureBins(column, bins, 0).information;
        const after = measureBins(column, mergeNext(bins, pick % column.edges.length), 0).information;
        expect(after).toBeLessThanOrEqual(before + 1e-9);
      }),
    );
  });

  it('are cut at the edge nearest to the value given, once', () => {
    expect(nearestEdge(fine, 1.4)).toBe(1);
    expect(splitAt(fine, { cuts: [3] }, 1.6)).toEqual({ cuts: [2, 3] });
    expect(splitAt(fine, { cuts: [2] }, 2.1)).toEqual({ cuts: [2] });
    expect(nearestEdge({ ...fine, edges: [], cells: [fine.cells[0]!] }, 7)).toBeNull();
  });

  it('made monotone only rise or only fall, and are joined no further than that', () => {
    fc.assert(
      fc.property(
        binned,
        fc.constantFrom('increasing', 'decreasing', 'auto'),
        ({ column, bins }, direction) => {
          const forced = forceMonotone(column, bins, direction as 'auto');
          const tallies = tallyBins(column, forced).slice(0, cuts(forced).length + 1);
          expect(isMonotone(tallies)).toBe(true);
          expect(cuts(bins)).toEqual(expect.arrayContaining(cuts(forced)));
          expect(forceMonotone(column, forced, direction as 'auto')).toEqual(forced);
        },
      ),
    );
    expect(forceMonotone(fine, { cuts: [1, 2, 3] }, 'increasing')).toEqual({ cuts: [1, 3] });
    expect(forceMonotone(fine, { cuts: [1, 2, 3] }, 'decreasing')).toEqual({ cuts: [] });
    expect(isMonotone(tallyBins(fine, { cuts: [1, 2, 3] }).slice(0, 4))).toBe(false);
  });
});

describe('bins of a category', () => {
  it('are its groups, then missing, then the rest', () => {
    expect(tallyBins(towns, { groups: [['cali', 'lima']] })).toEqual([
      { n: 30, events: 10 },
      { n: 4, events: 1 },
      { n: 30, events: 3 },
    ]);
  });

  it('are joined and taken apart', () => {
    const apart: HandBins = { groups: [['cali'], ['lima'], ['quito']] };
    expect(groups(mergeNext(apart, 0))).toEqual([['cali', 'lima'], ['quito']]);
    expect(mergeNext(apart, 2)).toEqual(apart);
    expect(groups(groupTogether(apart, ['quito', 'cali']))).toEqual([['cali', 'quito'], ['lima']]);
    expect(groups(groupTogether({ groups: [['lima']] }, ['cali']))).toEqual([['lima'], ['cali']]);
    expect(groups(ungroup({ groups: [['cali', 'lima', 'quito']] }, ['lima']))).toEqual([
      ['cali', 'quito'],
      ['lima'],
    ]);
    expect(groupTogether(apart, [])).toEqual(apart);
  });
});

describe('what is given by hand', () => {
  it('is tallied by the learner as by the page', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.record({
            value: fc.oneof(fc.integer({ min: 0, max: 9 }), fc.constant(Number.NaN)),
            target: fc.constantFrom(0, 1),
          }),
          { minLength: 4, maxLength: 60 },
        ),
        fc.subarray([0.5, 2.5, 4.5, 6.5, 8.5]),
        (rows, chosen) => {
          const edges = [0.5, 1.5, 2.5, 3.5, 4.5, 5.5, 6.5, 7.5, 8.5];
          const count = (keep: (value: number) => boolean) => {
            const kept = rows.filter(({ value }) => keep(value));
            return { n: kept.length, events: kept.filter(({ target }) => target === 1).length };
          };
          const column: FineNumeric = {
            kind: 'numeric',
            edges,
            cells: [...edges, Number.POSITIVE_INFINITY].map((edge, i) =>
              count((value) => value <= edge && (i === 0 || value > edges[i - 1]!)),
            ),
            missing: count(Number.isNaN),
          };
          const matrix = {
            rows: rows.length,
            columns: [],
            target: Float64Array.from(rows, ({ target }) => target),
            groups: new Int32Array(rows.length),
            day: new Int32Array(rows.length),
          };
          const values = Float64Array.from(rows, ({ value }) => value);
          const made = binByHand({ name: 'x', kind: 'numeric', values }, matrix, { cuts: chosen }, 0.5);
          const seen = measureBins(column, { cuts: chosen }, 0.5);
          expect(made.tallies).toEqual(seen.tallies);
          if (seen.total.events > 0 && seen.total.events < seen.total.n) expect(made.woe).toEqual(seen.woe);
        },
      ),
    );
  });

  it('is refused where it cannot be read', () => {
    expect(handBins.safeParse({ cuts: [2, 1] }).success).toBe(false);
    expect(handBins.safeParse({ cuts: [1, 1] }).success).toBe(false);
    expect(handBins.safeParse({ groups: [['a'], ['a', 'b']] }).success).toBe(false);
    expect(handBins.safeParse({ groups: [[]] }).success).toBe(false);
    const matrix = {
      rows: 0,
      columns: [],
      target: new Float64Array(0),
      groups: new Int32Array(0),
      day: new Int32Array(0),
    };
    const words = { name: 'x', kind: 'categorical', codes: new Int32Array(0), categories: [] } as const;
    expect(() => binByHand(words, matrix, { cuts: [1] }, 0.5)).toThrow(/not of its kind/);
  });

  it('knows how sure a weight of evidence is', () => {
    expect(evidenceError({ n: 40, events: 10 })).toBeCloseTo(Math.sqrt(1 / 10 + 1 / 30), 12);
    expect(evidenceError({ n: 40, events: 0 })).toBeNull();
  });
});
