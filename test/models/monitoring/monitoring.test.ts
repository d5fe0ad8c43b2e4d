import { describe, expect, it } from 'vitest';
import type { MonitoredDate } from '#core/contract/models/monitoring.ts';
import { seededRandom } from '#models/maths/random.ts';
import type { Matrix } from '#models/matrix.ts';
import { aucLight, maturedOf } from '#models/monitoring/matured.ts';
import { referenceOf, scoreShift, shiftsOf } from '#models/monitoring/reference.ts';
import { watchesOf, watchLimits } from '#models/monitoring/watches.ts';

const random = seededRandom(5);
const matrixOf = (rows: number, by: number, categories: readonly string[]): Matrix => ({
  rows,
  groups: new Int32Array(rows),
  day: new Int32Array(rows),
  columns: [
    { name: 'steady', kind: 'numeric', values: Float64Array.from({ length: rows }, () => random()) },
    { name: 'moved', kind: 'numeric', values: Float64Array.from({ length: rows }, () => random() + by) },
    {
      name: 'kind',
      kind: 'categorical',
      codes: Int32Array.from({ length: rows }, () => Math.floor(categories.length * random())),
      categories,
    },
    { name: 'unused', kind: 'numeric', values: new Float64Array(rows) },
  ],
});
const scores = (rows: number, to = 1) => Float64Array.from({ length: rows }, () => random() * to);
const used = ['steady', 'moved', 'kind'];
const reference = referenceOf(matrixOf(4000, 0, ['a', 'b']), scores(4000), used);
const byName = (matrix: Matrix) => new Map(shiftsOf(reference, matrix).map((one) => [one.name, one.shift]));

describe('drift', () => {
  it('leaves the light of a column that did not move, and of one the model does not use', () => {
    const shifts = byName(matrixOf(3000, 0, ['a', 'b']));
    expect([...shifts.keys()].sort()).toEqual([...used].sort());
    for (const { light } of shifts.values()) expect(light).toBe('good');
  });

  it('sees the column that moved and a category never seen', () => {
    const shifts = byName(matrixOf(3000, 0.4, ['a', 'b', 'new']));
    expect(shifts.get('moved')!.light).toBe('harm');
    expect(shifts.get('kind')!.light).toBe('harm');
    expect(shifts.get('steady')!.light).toBe('good');
  });

  it('does not call chance a drift, however small the sample', () => {
    let coloured = 0;
    for (let k = 0; k < 200; k++) if (scoreShift(reference, scores(40)).light !== 'good') coloured++;
    expect(coloured).toBeLessThanOrEqual(8);
    expect(scoreShift(reference, scores(3000, 0.6)).light).toBe('harm');
  });
});

describe('matured scores', () => {
  const n = 6000;
  const p = scores(n);
  const happened = (of: (p: number) => number) => p.map((value) => (random() < of(value) ? 1 : 0));
  const right = maturedOf(
    p,
    happened((value) => value),
    { estimate: 0.83, lower: 0.82, upper: 0.84 },
  )!;

  it('keep their lights where what was predicted happened', () => {
    expect(right).toMatchObject({ aucLight: 'good', gapLight: 'good', n });
    expect(right.calibration.reduce((sum, bin) => sum + bin.n, 0)).toBe(n);
  });

  it('turn them where less happens, and where the order is lost', () => {
    const less = maturedOf(
      p,
      happened((value) => 0.8 * value),
      { estimate: 0.83, lower: 0.82, upper: 0.84 },
    )!;
    expect(less.gapLight).toBe('harm');
    expect(less.gap.estimate!).toBeLessThan(-0.05);
    const lost = maturedOf(
      p,
      happened(() => 0.5),
      { estimate: 0.83, lower: 0.82, upper: 0.84 },
    )!;
    expect(lost.aucLight).toBe('harm');
  });

  it('are nothing without rows, and have no AUC where the target is a share', () => {
    expect(maturedOf(new Float64Array(0), new Float64Array(0), right.auc)).toBeNull();
    const shares = maturedOf(p, p, right.auc)!;
    expect(shares.auc).toMatchObject({ estimate: null, reason: 'shares' });
    expect(aucLight({ estimate: 0.8, lower: null, upper: null }, right.auc)).toBe('good');
  });
});

describe('what is watched', () => {
  const date: MonitoredDate = {
    asOf: '2026-06-30',
    rows: 100,
    mean: 0.4,
    score: { psi: 0.31, limit: 0.05, light: 'harm' },
    features: [],
    outcome: null,
    ended: false,
  };
  const about = { expiresOn: '2026-12-31', today: '2026-07-01', withdrawn: 0 };
  const lightOf = (given: Partial<typeof about>, dates: MonitoredDate[] = []) =>
    new Map(watchesOf(dates, { ...about, ...given }).watches.map((one) => [one.id, one.light]));

  it('is told in both languages with a limit for each light', () => {
    const { watches, light } = watchesOf([date], about);
    expect(light).toBe('harm');
    expect(watches.map(({ id }) => id)).toEqual(watchLimits.map(({ id }) => id));
    expect(watches[0]!.sentence).toEqual({
      es: 'Los puntajes del 30 jun 2026 se movieron: PSI 0,31, y el azar daría menos de 0,05.',
      en: 'The scores of Jun 30, 2026 moved: PSI 0.31, and chance would give less than 0.05.',
    });
  });

  it('turns with the expiry of the card and the withdrawal of its data', () => {
    expect(lightOf({}).get('expiry')).toBe('good');
    expect(lightOf({ today: '2026-12-10' }).get('expiry')).toBe('warn');
    expect(lightOf({ today: '2027-01-01' }).get('expiry')).toBe('harm');
    expect(lightOf({ withdrawn: 1 }).get('data')).toBe('harm');
    expect(lightOf({}).get('score')).toBe('warn');
  });
});
