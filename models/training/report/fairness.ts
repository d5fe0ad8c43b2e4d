import type { FairnessGroup, ModelCard } from '#core/contract/models/card.ts';
import type { Interval } from '#core/stats/wilson.ts';
import { isBinary } from '../../evaluate.ts';
import { pickNumbers, pickRows } from '../../matrix.ts';
import { meanInterval, shareInterval } from '../../metrics/mean.ts';
import { cutOffFor, rateRatio } from '../../metrics/rates.ts';
import { type Counting, totalWeight, weightedSum } from '../../metrics/sample.ts';
import { leastRows, type PartColumn } from '../parts.ts';

interface Shown {
  target: Float64Array;
  probabilities: Float64Array;
  counting: Counting;
  /** Rows of the matrix shown. */
  rows: Int32Array;
}

/**
 * Whether people of different groups are treated and told alike, on rows not seen. By group of each protected
 * attribute, from 30 rows on:
 *
 * - rate ratio: share above the cut-off over that of the attribute's largest group; interval of the logarithm by the
 *   delta method, the cut-off taken as fixed;
 * - true positive rate: share of its events above the cut-off, Wilson's interval at the effective number of rows;
 * - calibration gap: observed rate less mean prediction, Student's t on customers − 1 degrees of freedom.
 *
 * Rows of one customer are taken together and weights as known. The cut-off, unless given, is the one above which lies
 * the share of rows that the base rate is: as many are picked as events are expected.
 *
 * @param attributes the group of each row of the matrix, -1 unknown; one with no value known is listed as absent
 */
export function fairnessOf(
  attributes: readonly PartColumn[],
  shown: Shown,
  cutOff = defaultCutOff(shown),
): NonNullable<ModelCard['fairness']> {
  const known = attributes.filter(({ codes }) => shown.rows.some((row) => codes[row]! >= 0));
  return {
    cutOff,
    groups: known.flatMap((attribute) => groupsOf(attribute, shown, cutOff)),
    absent: attributes.filter((one) => !known.includes(one)).map(({ id }) => id),
  };
}

function defaultCutOff({ target, probabilities, counting: { weights } }: Shown): number {
  const total = totalWeight(target.length, weights);
  return total > 0 ? cutOffFor(probabilities, weightedSum(target, weights) / total, weights) : 0;
}

interface Group {
  label: string;
  target: Float64Array;
  probabilities: Float64Array;
  /** 1 above the cut-off. */
  above: Float64Array;
  counting: Counting;
}

function groupsOf({ id, codes, labels }: PartColumn, shown: Shown, cutOff: number): FairnessGroup[] {
  const every = Int32Array.from(shown.rows.keys());
  const groups = labels
    .map((label, code): Group => {
      const places = every.filter((i) => codes[shown.rows[i]!] === code);
      const probabilities = pickNumbers(shown.probabilities, places);
      return {
        label,
        target: pickNumbers(shown.target, places),
        probabilities,
        above: probabilities.map((p) => (p > cutOff ? 1 : 0)),
        counting: pickCounting(shown.counting, places),
      };
    })
    .filter(({ target }) => target.length > 0);
  const largest = groups.reduce((most, group) => (group.target.length > most.target.length ? group : most));
  return groups.map((group) => ({ attribute: id, ...figuresOf(group, largest) }));
}

const pickCounting = ({ weights, groups }: Counting, places: Int32Array): Counting => ({
  weights: weights && pickNumbers(weights, places),
  groups: groups && pickRows(groups, places),
});

const unknown = (reason: string): Interval => ({ estimate: null, lower: null, upper: null, reason });

function figuresOf(group: Group, largest: Group): Omit<FairnessGroup, 'attribute'> {
  const { label, target, probabilities, above, counting } = group;
  const counts = { group: label, n: target.length, events: target.reduce((sum, value) => sum + value, 0) };
  if (target.length < leastRows) {
    const few = unknown('too_few');
    return {
      ...counts,
      meanPredicted: null,
      observed: few,
      rateRatio: few,
      truePositiveRate: few,
      calibrationGap: few,
    };
  }
  const events = Int32Array.from(target.keys()).filter((i) => target[i] === 1);
  return {
    ...counts,
    meanPredicted:
      weightedSum(probabilities, counting.weights) / totalWeight(target.length, counting.weights),
    observed: shareInterval(target, counting),
    rateRatio:
      group === largest
        ? { estimate: 1, lower: null, upper: null, reason: 'reference' }
        : rateRatio(above, counting, largest.above, largest.counting),
    truePositiveRate: isBinary(target)
      ? shareInterval(pickNumbers(above, events), pickCounting(counting, events))
      : unknown('share_target'),
    calibrationGap: meanInterval(
      target.map((y, i) => y - probabilities[i]!),
      counting,
    ),
  };
}
