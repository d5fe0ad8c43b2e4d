import { DomainError } from '#core/errors/domain-error.ts';
import type { HandBins } from '#core/scorecard/bins.ts';
import type { Matrix, MatrixColumn } from '../matrix.ts';
import { binOf } from './binning/bin-numeric.ts';
import { type Bins, type Tally, totalOf, weightOfEvidence } from './binning/bins.ts';

const empty = (length: number): Tally[] => Array.from({ length }, () => ({ n: 0, events: 0 }));

/** The bin of each row: the bins in order, then missing, then categories of no group. */
function binOfRow(column: MatrixColumn, given: HandBins): (row: number) => number {
  if (column.kind === 'numeric' && 'cuts' in given)
    return (row) => {
      const value = column.values[row]!;
      return Number.isNaN(value) ? given.cuts.length + 1 : binOf(given.cuts, value);
    };
  if (column.kind === 'categorical' && 'groups' in given) {
    const ofCode = column.categories.map((name) => {
      const group = given.groups.findIndex((names) => names.includes(name));
      return group < 0 ? given.groups.length + 1 : group;
    });
    return (row) => (column.codes[row]! < 0 ? given.groups.length : ofCode[column.codes[row]!]!);
  }
  throw new DomainError('bins_do_not_fit', { column: column.name });
}

/**
 * Bins a column as a person cut it: the cuts or groups are kept, rows and weights of evidence are those of the rows
 * fitted on. A bin no row falls in says nothing.
 *
 * @throws bins_do_not_fit when cuts are given for categories or groups for numbers
 */
export function binByHand(column: MatrixColumn, matrix: Matrix, given: HandBins, smoothing: number): Bins {
  const target = matrix.target!;
  const place = binOfRow(column, given);
  const tallies = empty('cuts' in given ? given.cuts.length + 2 : given.groups.length + 2);
  for (let row = 0; row < matrix.rows; row++) {
    const tally = tallies[place(row)]!;
    const weight = matrix.weights ? matrix.weights[row]! : 1;
    tally.n += weight;
    tally.events += weight * target[row]!;
  }
  const total = totalOf(tallies);
  const woe = tallies.map((tally) => weightOfEvidence(tally, total, smoothing));
  const shared = { column: column.name, woe, tallies };
  return 'cuts' in given
    ? { kind: 'numeric', cuts: [...given.cuts], ...shared }
    : { kind: 'categorical', groups: given.groups.map((group) => [...group]), ...shared };
}
