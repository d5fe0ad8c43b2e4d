import { describe, expect, it } from 'vitest';
import { normalCdf, normalQuantile } from '#core/stats/distributions/normal.ts';
import type { Interval } from '#core/stats/wilson.ts';
import { seededRandom } from '#models/maths/random.ts';
import { rowLosses } from '#models/metrics/accuracy.ts';
import { auc, aucDifference } from '#models/metrics/auc.ts';
import { calibrationCurve } from '#models/metrics/calibration.ts';
import { meanInterval, shareInterval } from '#models/metrics/mean.ts';
import { rateRatio } from '#models/metrics/rates.ts';

const replications = 2000;
const random = seededRandom(20_261_122);
const normal = () => normalQuantile(random() || 1e-12);
const times = (n: number, of: (i: number) => number) => Float64Array.from({ length: n }, (_, i) => of(i));
const covers = ({ lower, upper }: Interval, truth: number): boolean =>
  lower !== null && upper !== null && lower <= truth && truth <= upper;

function holds(name: string, one: () => boolean | boolean[]): void {
  it(name, () => {
    let hits = 0;
    let tried = 0;
    for (let i = 0; i < replications; i++) {
      for (const hit of [one()].flat()) {
        hits += hit ? 1 : 0;
        tried++;
      }
    }
    const share = (100 * hits) / tried;
    console.info(`${name}: ${share.toFixed(2)} % of ${tried}`);
    expect(Math.abs(share - 95)).toBeLessThanOrEqual(1.5);
  });
}

/** Two rows of each of 250 customers where `together`, else 500 rows alone. */
const people = (together: boolean) => ({
  n: 500,
  groups: together ? Int32Array.from({ length: 500 }, (_, i) => i >> 1) : undefined,
  /** A number for each row that a customer's two rows share; of a standard normal, in part. */
  shared: (part: number) => {
    const own = times(500, normal);
    const theirs = times(250, normal);
    return own.map((value, i) =>
      together ? Math.sqrt(part) * theirs[i >> 1]! + Math.sqrt(1 - part) * value : value,
    );
  },
});

describe.each([
  ['rows alone', false],
  ['two rows a customer', true],
])('intervals cover the truth 95 ± 1.5 times in a hundred, %s:', (kind, together) => {
  const { n, groups, shared } = people(together);
  /** The class of a row; a customer's two rows are of one class. */
  const classes = () => {
    const each = times(n, () => (random() < 0.35 ? 1 : 0));
    return together ? each.map((_, i) => each[i - (i % 2)]!) : each;
  };

  holds(`AUC, ${kind}`, () => {
    const y = classes();
    const scores = shared(0.6).map((value, i) => value + 1.1 * y[i]!);
    return covers(auc(y, scores, { groups }), normalCdf(1.1 / Math.SQRT2));
  });

  holds(`difference of two AUC, ${kind}`, () => {
    const y = classes();
    const common = shared(0.6);
    const noise = shared(0.6);
    const one = common.map((value, i) => value + 1.1 * y[i]!);
    const other = common.map((value, i) => 0.8 * value + 0.6 * noise[i]! + 0.9 * y[i]!);
    const truth = normalCdf(1.1 / Math.SQRT2) - normalCdf(0.9 / Math.SQRT2);
    return covers(aucDifference(y, one, other, { groups }), truth);
  });

  /** Outcomes of given chances; those of one customer go together. */
  const happen = (chances: Float64Array) => {
    const luck = shared(0.5).map(normalCdf);
    return chances.map((p, i) => (luck[i]! < p ? 1 : 0));
  };
  const chances = () => times(n, () => 0.1 + 0.7 * random());

  holds(`points of the calibration, ${kind}`, () => {
    const truth = chances();
    const told = truth.map((p) => p ** 1.3);
    const y = happen(truth);
    const places = [...told.keys()].sort((a, b) => told[a]! - told[b]! || a - b);
    return calibrationCurve(y, told, 5, { groups }).map((point, i) => {
      const inside = places.slice((i * n) / 5, ((i + 1) * n) / 5);
      const mean = inside.reduce((sum, row) => sum + truth[row]!, 0) / inside.length;
      return covers({ ...point, estimate: point.observed }, mean);
    });
  });

  holds(`calibration gap of a group, ${kind}`, () => {
    const truth = chances();
    const y = happen(truth);
    const gap = meanInterval(
      y.map((value, i) => value - (truth[i]! + 0.05)),
      { groups },
    );
    return covers(gap, -0.05);
  });

  holds(`share of events above the cut-off, ${kind}`, () => {
    const above = happen(new Float64Array(n).fill(0.3));
    return covers(shareInterval(above, { groups }), 0.3);
  });

  holds(`ratio of two groups' shares above the cut-off, ${kind}`, () => {
    const one = happen(new Float64Array(n).fill(0.24));
    const other = happen(new Float64Array(n).fill(0.3));
    return covers(rateRatio(one, { groups }, other, { groups }), 0.8);
  });

  holds(`paired difference of log loss, ${kind}`, () => {
    const levels = [0.15, 0.4, 0.7];
    const first = [0.2, 0.35, 0.7];
    const second = [0.15, 0.5, 0.6];
    const level = times(n, () => Math.floor(3 * random()));
    const y = happen(level.map((k) => levels[k]!));
    const losses = [first, second].map((told) =>
      rowLosses(
        y,
        level.map((k) => told[k]!),
      ),
    ) as [Float64Array, Float64Array];
    const loss = (p: number, q: number) => -(p * Math.log(q) + (1 - p) * Math.log(1 - q));
    const truth =
      levels.reduce((sum, p, k) => sum + loss(p, first[k]!) - loss(p, second[k]!), 0) / levels.length;
    const difference = losses[0].map((value, i) => value - losses[1][i]!);
    return covers(meanInterval(difference, { groups }), truth);
  });
});
