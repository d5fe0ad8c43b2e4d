import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import { beforeAll, describe, expect, it } from 'vitest';
import boostedTrees from '#models/learners/boosted-trees.ts';
import type { Logged } from '#models/uplift/data/logged.ts';
import { isLottery } from '#models/uplift/data/strata.ts';
import { trainUplift, type UpliftResult, type UpliftTask } from '#models/uplift/train.ts';
import { hasShared, shared } from '../support/shared.ts';

const arms = ['none', 'mens', 'womens'];
const armOf = new Map([
  ['No E-Mail', 0],
  ['Mens E-Mail', 1],
  ['Womens E-Mail', 2],
]);

/** The 64,000 people of the trial, a third of them each, with what was known before the message. */
function readTrial(): Logged {
  const text = gunzipSync(readFileSync(shared('data/hillstrom/hillstrom.csv.gz')));
  const [names, ...rows] = parse(text) as [string[], ...string[][]];
  const at = (name: string) => names.indexOf(name);
  const numeric = (name: string) => ({
    name,
    kind: 'numeric' as const,
    values: Float64Array.from(rows, (row) => Number(row[at(name)])),
  });
  const categorical = (name: string) => {
    const categories = [...new Set(rows.map((row) => row[at(name)]!))].sort();
    return {
      name,
      kind: 'categorical' as const,
      categories,
      codes: Int32Array.from(rows, (row) => categories.indexOf(row[at(name)]!)),
    };
  };
  const n = rows.length;
  return {
    matrix: {
      rows: n,
      columns: [
        ...['recency', 'history', 'mens', 'womens', 'newbie'].map(numeric),
        ...['zip_code', 'channel'].map(categorical),
      ],
      target: Float64Array.from(rows, (row) => Number(row[at('visit')])),
      groups: Int32Array.from({ length: n }, (_, i) => i),
      day: new Int32Array(n),
    },
    arms,
    taken: Int32Array.from(rows, (row) => armOf.get(row[at('segment')]!)!),
    recorded: arms.map(() => new Float64Array(n).fill(1 / 3)),
    permitted: arms.map(() => new Uint8Array(n).fill(1)),
  };
}

describe.runIf(hasShared)('a real three-arm trial of messages', () => {
  let result: UpliftResult;
  let trial: Logged;
  beforeAll(async () => {
    trial = readTrial();
    result = await trainUplift({
      logged: trial,
      method: 'dr',
      learner: boostedTrees as unknown as UpliftTask['learner'],
      options: boostedTrees.options.parse({
        rounds: 30,
        leaves: 4,
        minRows: 500,
        learningRate: 0.1,
        bins: 64,
        patience: 0,
      }),
      seed: 1,
      windowDays: 14,
      trim: [0.02, 0.98],
      onProgress: () => {},
      checkCancelled: () => {},
    });
  }, 120_000);

  it('is a lottery', () => expect(isLottery(trial)).toBe(true));

  it('has the published effects within a tenth of a standard error or so, with narrower intervals', () => {
    const [mens, womens] = result.effects.map(({ effect }) => effect);
    expect(Math.abs(mens!.estimate! - 0.07659)).toBeLessThan(0.0339 / 10);
    expect(Math.abs(womens!.estimate! - 0.04523)).toBeLessThan(0.0323 / 10);
    expect(mens!.standardError!).toBeLessThan(0.00345);
    expect(mens!.standardError!).toBeGreaterThan(0.003);
    expect(womens!.standardError!).toBeLessThan(0.0033);
    expect(result.effects.map(({ raw }) => Math.round(1e5 * raw!))).toEqual([7659, 4523]);
  });

  it('ranks whom the women’s message brings back, and says how surely', () => {
    const [mens, womens] = result.rankings;
    console.info(
      'Hillstrom, Qini (95 %):',
      [mens, womens].map(
        (one) =>
          `${one!.arm} ${one!.qini.estimate!.toFixed(4)} (${one!.qini.lower!.toFixed(4)}, ${one!.qini.upper!.toFixed(4)}), AUUC ${one!.auuc.estimate!.toFixed(4)}, slope ${one!.slope.estimate!.toFixed(2)}`,
      ),
    );
    expect(womens!.qini.lower).toBeGreaterThan(0);
    expect(womens!.auuc.estimate).toBeGreaterThan(womens!.qini.estimate!);
    const points = womens!.points;
    expect(points.at(-1)!.observed).toBeGreaterThan(points[0]!.observed);
  });

  it('values policies as the trial did', () => {
    const value = (id: string) => result.policies.find((policy) => policy.id === id)!;
    for (const [id, rate] of [
      ['nobody', 0.1062],
      ['always:mens', 0.1828],
      ['always:womens', 0.1514],
    ] as const) {
      expect(value(id).snips.estimate).toBeCloseTo(rate, 3);
      expect(value(id).doublyRobust.lower!).toBeLessThan(rate);
      expect(value(id).doublyRobust.upper!).toBeGreaterThan(rate);
    }
    expect(value('best').doublyRobust.estimate!).toBeGreaterThan(
      value('always:womens').doublyRobust.estimate!,
    );
  });
});
