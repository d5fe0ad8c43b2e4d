import type { NetworkOptions } from './options.ts';

const pick = <T>(random: () => number, from: readonly T[]): T => from[Math.floor(random() * from.length)]!;

/** Options near those given: size, dropout, rate and penalty drawn anew; the rest stays. */
export const proposeNetwork = (random: () => number, around: NetworkOptions): NetworkOptions => ({
  ...around,
  width: pick(random, [16, 32, 64, 128]),
  depth: pick(random, [1, 2, 3]),
  dropout: pick(random, [0, 0.1, 0.2, 0.35, 0.5]),
  learningRate: 10 ** (-3 + 1.3 * random()),
  penalty: 10 ** (-5 + 3 * random()),
  batchRows: pick(random, [128, 256, 512]),
});
