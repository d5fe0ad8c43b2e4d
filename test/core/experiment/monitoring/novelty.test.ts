import { describe, expect, it } from 'vitest';
import type { EvidenceCell } from '#core/experiment/evidence/moments.ts';
import { effectsByWeek, novelty, type PeriodEffect } from '#core/experiment/monitoring/novelty.ts';

const point = (period: number, estimate: number, standardError = 0.01): PeriodEffect => ({
  period,
  n: 1000,
  estimate,
  standardError,
});

describe('novelty', () => {
  it('says whether an effect fades, grows or stays', () => {
    expect(novelty([0.08, 0.05, 0.02, 0.01].map((e, i) => point(i, e)))).toMatchObject({ kind: 'fades' });
    expect(novelty([-0.08, -0.05, -0.02, -0.01].map((e, i) => point(i, e)))).toMatchObject({ kind: 'fades' });
    expect(novelty([0.01, 0.03, 0.05, 0.08].map((e, i) => point(i, e)))).toMatchObject({ kind: 'grows' });
    expect(novelty([0.03, 0.035, 0.028, 0.031].map((e, i) => point(i, e)))).toMatchObject({ kind: 'steady' });
    expect(novelty([point(0, 1), point(1, 0)])).toEqual({
      kind: 'too_short',
      slope: null,
      standardError: null,
      pValue: null,
    });
  });

  it('weighs periods by how well they are known', () => {
    const line = [1, 0.9, 0.8, 0.7].map((e, i) => point(i, e, [1, 0.1, 0.1, 2][i]!));
    const { slope, standardError } = novelty(line);
    expect(slope).toBeCloseTo(-0.1, 12);
    expect(standardError!).toBeGreaterThan(0.1);
  });

  it('takes people by the week they entered', () => {
    const cell = (arm: string, cohort: string, n: number, events: number): EvidenceCell => ({
      arm,
      stratum: '',
      cohort,
      units: n,
      metrics: { paid: { n, sums: [events], products: [events], ratio: false } },
    });
    const cells = [
      cell('control', '2026-10-01', 100, 30),
      cell('loss', '2026-10-02', 100, 40),
      cell('control', '2026-10-07', 100, 20),
      cell('loss', '2026-10-08', 100, 30),
      cell('control', '2026-10-14', 100, 30),
      cell('loss', '2026-10-22', 1, 1),
    ];
    const [only, ...others] = effectsByWeek(cells, 'paid', ['control', 'loss']);
    expect(others).toEqual([expect.objectContaining({ period: 1, n: 200, estimate: 0 })]);
    expect(only).toMatchObject({ period: 0, n: 300, estimate: expect.closeTo(0.15, 12) });
    expect(only!.standardError).toBeCloseTo(Math.sqrt(0.24 / 99 + (0.1875 * (200 / 199)) / 200), 12);
  });
});
