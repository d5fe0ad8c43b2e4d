import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type AnalysedEffect, type Analysis, analysis } from '#core/contract/experiments/analyses.ts';
import { ensayo, type Ran } from '../support/servers/ensayo.ts';
import { hasShared, shared } from '../support/shared.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'ensayo-outside-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const analyse = (...args: string[]): Promise<Ran> =>
  ensayo('analyse', ...args, '--workspace', folder, '--json');
const read = ({ stdout }: Ran): Analysis => analysis.parse(JSON.parse(stdout));
const of = (found: Analysis, wanted: Partial<AnalysedEffect>): AnalysedEffect =>
  found.effects.find((effect) =>
    Object.entries(wanted).every(([key, value]) => effect[key as keyof AnalysedEffect] === value),
  )!;

describe.runIf(hasShared)('trials made elsewhere, from the command line', () => {
  it('64,000 people and two e-mails (Hillstrom)', async () => {
    const ran = await analyse(
      shared('data/hillstrom/hillstrom.csv.gz'),
      ...['--arm', 'segment', '--control', 'No E-Mail', '--metric', 'visit', '--metric', 'spend'],
      ...['--covariate', 'recency,history,newbie,channel', '--strata', 'zip_code'],
    );
    expect(ran.code).toBe(0);
    const found = read(ran);
    expect(found.arms.map(({ arm, n }) => [arm, n])).toEqual([
      ['No E-Mail', 21306],
      ['Mens E-Mail', 21307],
      ['Womens E-Mail', 21387],
    ]);
    for (const [arm, points, error] of [
      ['Mens E-Mail', 7.659, 0.339],
      ['Womens E-Mail', 4.523, 0.323],
    ] as const) {
      const plain = of(found, { metric: 'visit', arm, scale: 'difference', adjusted: false });
      expect((100 * plain.estimate!).toFixed(3)).toBe(points.toFixed(3));
      expect((100 * plain.standardError!).toFixed(3)).toBe(error.toFixed(3));
      const adjusted = of(found, { metric: 'visit', arm, scale: 'difference', adjusted: true });
      expect(Math.abs(adjusted.estimate! - plain.estimate!)).toBeLessThan(0.001);
      expect(adjusted.standardError!).toBeLessThan(plain.standardError!);
    }
    expect(of(found, { metric: 'spend', arm: 'Mens E-Mail', adjusted: false }).estimate!).toBeCloseTo(
      0.76983,
      4,
    );
    expect(found.sampleRatio.ok).toBe(true);
    expect(found.warnings).toEqual([]);
    expect(found.verdicts.map(({ kind }) => kind)).toEqual(['better', 'better', 'better', 'better']);
  });

  it('90,189 players and a gate (Cookie Cats): lost at day 7, and people with it', async () => {
    const ran = await analyse(
      shared('data/cookie_cats/cookie_cats.csv.gz'),
      ...['--arm', 'version', '--control', 'gate_30', '--unit', 'userid'],
      ...['--metric', 'retention_7', '--metric', 'sum_gamerounds', '--metric', 'sum_gamerounds:median'],
    );
    const found = read(ran);
    const seven = of(found, { metric: 'retention_7', scale: 'difference' });
    expect((100 * seven.estimate!).toFixed(2)).toBe('-0.82');
    expect(seven.pValue!).toBeCloseTo(0.001554, 6);
    expect(found.sampleRatio.pValue!).toBeCloseTo(0.008608, 6);
    expect(found.sampleRatio.ok).toBe(false);
    expect(found.warnings.map(({ code }) => code).sort()).toEqual(['extreme_value', 'sample_ratio']);
    const capped = of(found, { metric: 'sum_gamerounds:capped', scale: 'difference' });
    expect(capped.standardError!).toBeLessThan(of(found, { metric: 'sum_gamerounds' }).standardError! / 1.5);
    expect(found.verdicts.map(({ metric, kind }) => [metric, kind])).toEqual([
      ['retention_7', 'worse'],
      ['sum_gamerounds', 'inconclusive'],
      ['sum_gamerounds:median', 'inconclusive'],
    ]);
  });

  it('says what is wrong as JSON, and ends with 1', async () => {
    const ran = await analyse(
      shared('data/cookie_cats/cookie_cats.csv.gz'),
      ...['--arm', 'version', '--control', 'gate_20', '--metric', 'retention_7'],
    );
    expect(ran.code).toBe(1);
    expect(JSON.parse(ran.stdout).error).toMatchObject({
      code: 'unknown_control',
      message: expect.stringContaining('"gate_20"'),
    });
  });
});
