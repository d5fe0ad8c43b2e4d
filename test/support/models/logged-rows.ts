import { seededRandom } from '#models/maths/random.ts';
import type { Logged } from '#models/uplift/data/logged.ts';
import type { Judged } from '#models/uplift/fit/nuisance.ts';

const logistic = (eta: number): number => 1 / (1 + Math.exp(-eta));
const dayOne = 20_000;

/** The rows of test/reference/policy_values.py, made by the same linear congruential generator. */
export function referenceRows(
  n: number,
  seed: number,
): { logged: Logged; judged: Judged; predicted: Float64Array } {
  let state = seed;
  const uniform = () => {
    state = Number((1664525n * BigInt(state) + 1013904223n) % 4294967296n);
    return state / 2 ** 32;
  };
  const arms = ['none', 'sms', 'call'];
  const blank = () => arms.map(() => new Float64Array(n));
  const [recorded, outcome] = [blank(), blank()];
  const values = new Float64Array(n);
  const predicted = new Float64Array(n);
  const target = new Float64Array(n);
  const taken = new Int32Array(n);
  for (let i = 0; i < n; i++) {
    const [a, b, c, d] = [uniform(), uniform(), uniform(), uniform()];
    const x = a * 4 - 2;
    values[i] = x;
    const odds = [1, Math.exp(0.5 * x), Math.exp(-0.8 * x)];
    const sum = odds[0]! + odds[1]! + odds[2]!;
    const e = odds.map((one) => one / sum);
    taken[i] = Math.min(2, (b > e[0]! ? 1 : 0) + (b > e[0]! + e[1]! ? 1 : 0));
    const effect = [0, 0.6 + 0.3 * x, 0.2 - 0.5 * x];
    target[i] = c < logistic(-0.8 + 0.5 * x + effect[taken[i]!]!) ? 1 : 0;
    for (let k = 0; k < 3; k++) {
      recorded[k]![i] = e[k]!;
      outcome[k]![i] = logistic(-0.7 + 0.4 * x + k * 0.3);
    }
    // numpy rounds halves to even; none of these rows is one.
    predicted[i] = Math.round(10 * (0.1 * x + 0.05 * d)) / 10;
  }
  const logged: Logged = {
    matrix: {
      rows: n,
      columns: [{ name: 'x', kind: 'numeric', values }],
      target,
      groups: Int32Array.from({ length: n }, (_, i) => Math.floor(i / 3)),
      day: new Int32Array(n).fill(dayOne),
    },
    arms,
    taken,
    recorded,
    permitted: arms.map(() => new Uint8Array(n).fill(1)),
  };
  return { logged, judged: { outcome, propensity: recorded }, predicted };
}

export interface Simulated extends Logged {
  /** Chance of the outcome under each arm, which nobody could know. */
  truth: Float64Array[];
}

/**
 * Decisions of people with one to three rows each: `level` moves the outcome and who is chosen, and the effect of the
 * first arm grows with `need`; the second does nothing. Chances of the arms are written down when `recorded`; a hidden
 * trait moves choice and outcome as far as `confounding` says.
 */
export function simulateDecisions(
  rows: number,
  seed: number,
  { recorded = true, confounding = 0, months = 1 } = {},
): Simulated {
  const random = seededRandom(seed);
  const arms = ['none', 'sms', 'call'];
  const blank = () => arms.map(() => new Float64Array(rows));
  const [chances, truth] = [blank(), blank()];
  const [level, need, noise] = [new Float64Array(rows), new Float64Array(rows), new Float64Array(rows)];
  const target = new Float64Array(rows);
  const taken = new Int32Array(rows);
  const groups = new Int32Array(rows);
  const day = new Int32Array(rows);
  let group = -1;
  let left = 0;
  let trait = 0;
  for (let i = 0; i < rows; i++) {
    if (left === 0) {
      group++;
      left = 1 + Math.floor(3 * random());
      trait = random() < 0.5 ? -1 : 1;
    }
    left--;
    groups[i] = group;
    level[i] = 2 * random() - 1;
    need[i] = random();
    noise[i] = random();
    day[i] = dayOne + 31 * Math.floor(months * random()) + Math.floor(20 * random());
    const odds = [1, Math.exp(0.6 * level[i]! + confounding * trait), Math.exp(-0.5 * level[i]!)];
    const sum = odds[0]! + odds[1]! + odds[2]!;
    odds.forEach((one, arm) => {
      chances[arm]![i] = one / sum;
      const eta = -0.9 + 0.8 * level[i]! + confounding * trait + (arm === 1 ? 1.4 * need[i]! : 0);
      truth[arm]![i] = logistic(eta);
    });
    const drawn = random();
    taken[i] = drawn < chances[0]![i]! ? 0 : drawn < chances[0]![i]! + chances[1]![i]! ? 1 : 2;
    target[i] = random() < truth[taken[i]!]![i]! ? 1 : 0;
  }
  return {
    matrix: {
      rows,
      columns: [
        { name: 'level', kind: 'numeric', values: level },
        { name: 'need', kind: 'numeric', values: need },
        { name: 'noise', kind: 'numeric', values: noise },
      ],
      target,
      groups,
      day,
    },
    arms,
    taken,
    recorded: recorded ? chances : null,
    permitted: arms.map(() => new Uint8Array(rows).fill(1)),
    truth,
  };
}
