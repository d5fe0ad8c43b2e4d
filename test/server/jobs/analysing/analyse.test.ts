import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Analysis } from '#core/contract/experiments/analyses.ts';
import { raw } from '#core/sql/sql.ts';
import { analyseFile, analyseText, csv } from '../../../support/experiments/outside.ts';
import { runJob } from '../../../support/files/load.ts';
import { openTestWorkspace, type TestWorkspace } from '../../../support/workspace.ts';

let workspace: TestWorkspace;
beforeAll(async () => {
  workspace = await openTestWorkspace();
});
afterAll(() => workspace.close());

const n = 900;
/** Three arms in households of three; what is paid follows what was owed; an effect of one arm. */
const query = `SELECT 'p' || i AS who, 'h' || i // 3 AS home, (['control', 'loss', 'social'])[1 + (i // 3) % 3] AS arm,
  ['north', 'south'][1 + i % 2] AS zone, 100 + i * 7919 % 401 AS owed, CAST(i * 7919 % 401 AS DOUBLE) / 2 + (i * 104729 % 97) / 3.0
    + CASE WHEN (i // 3) % 3 = 1 THEN 60 ELSE 0 END AS paid, 1 + i % 4 AS promises, i * 31 % 5 AS kept,
  (i * 613 % 100 < 30)::INT AS cleared FROM range(${n}) r(i)`;
const asked = {
  metric: ['cleared', 'paid:money', 'kept/promises', 'paid:p90', 'promises'],
  covariate: 'owed',
  strata: 'zone',
  unit: 'who',
};
const effectOf = ({ effects }: Analysis, metric: string, adjusted = false) =>
  effects.find((one) => one.metric === metric && one.adjusted === adjusted && one.scale === 'difference')!;

async function written(name: string, how: string): Promise<string> {
  const path = `${workspace.folder}/input-${name}`;
  await workspace.context.engine.run(raw(`COPY (${query}) TO '${path}' (${how})`));
  return path;
}

describe('a table from elsewhere', () => {
  let whole: Analysis;
  beforeAll(async () => {
    whole = (await analyseFile(workspace, await written('a.parquet', 'FORMAT parquet'), asked)).result!;
  });

  it('finds the kind of each metric', () => {
    const kinds = Object.fromEntries(
      Object.entries(whole.arms[0]!.metrics).map(([id, { kind }]) => [id, kind]),
    );
    expect(kinds).toEqual({
      cleared: 'proportion',
      paid: 'money',
      'kept/promises': 'ratio',
      'paid:p90': 'quantile',
      promises: 'count',
    });
  });

  it('gives each effect plain and adjusted, from the same run', () => {
    const [plain, adjusted] = [effectOf(whole, 'paid'), effectOf(whole, 'paid', true)];
    expect(plain.estimate!).toBeGreaterThan(40);
    expect(adjusted.standardError!).toBeLessThan(plain.standardError! / 2);
    expect(Math.abs(adjusted.estimate! - 60)).toBeLessThan(3 * adjusted.standardError!);
    const found = whole.verdicts.find(({ metric, arm }) => metric === 'paid' && arm === 'loss')!;
    expect(found).toMatchObject({ kind: 'better', control: 'control' });
    expect(found.text.es).toMatch(/^Mejor\. paid:/);
  });

  it.each([
    ['csv.gz', 'FORMAT csv, HEADER, COMPRESSION gzip'],
    ['json', 'FORMAT json'],
    ['semicolon.csv', "FORMAT csv, HEADER, DELIMITER ';'"],
  ])('is the same from %s', async (name, how) => {
    const { result } = await analyseFile(workspace, await written(`b.${name}`, how), asked);
    expect(result!.arms).toEqual(whole.arms);
    for (const [i, effect] of result!.effects.entries())
      expect(effect.estimate!).toBeCloseTo(whole.effects[i]!.estimate!, 9);
  });

  it('is the same of a dataset already loaded', async () => {
    const file = await written('c.parquet', 'FORMAT parquet');
    const recipe = { source: {}, tables: [{ dataset: 'elsewhere', key: 'who' }] };
    await workspace.context.engine.run(
      raw(
        `INSERT INTO recipes VALUES ('elsewhere', '${JSON.stringify(recipe)}', 'h', '', TIMESTAMP '2026-01-01', 'owner')`,
      ),
    );
    const load = await runJob(workspace, 'load', { file, recipe: 'elsewhere', maxRejectedShare: 0 });
    expect(load.error).toBeNull();
    for (const personal of [true, false]) {
      const job = await runJob(workspace, 'analyse', {
        ...{ arm: 'arm', control: 'control', pairs: false, correction: 'holm', alpha: 0.05, decimal: '.' },
        ...{ missing: 'drop', contaminated: 'exclude', early: 'exclude', dates: 'iso' },
        ...asked,
        dataset: 'elsewhere',
        personal,
      });
      expect(job.error).toBeNull();
      expect((job.result as Analysis).effects.map(({ estimate }) => estimate)).toEqual(
        whole.effects.map(({ estimate }) => (estimate === null ? null : expect.closeTo(estimate, 9))),
      );
    }
  });

  it('counts households where they were drawn, and every pair where that is asked', async () => {
    const file = await written('d.parquet', 'FORMAT parquet');
    const { result } = await analyseFile(workspace, file, {
      metric: 'cleared',
      cluster: 'home',
      pairs: true,
      method: 'difference-in-means',
      lowerIsBetter: 'cleared',
      margin: 'cleared=0.5',
    });
    expect(new Set(result!.effects.map(({ arm, control }) => `${arm}-${control}`))).toEqual(
      new Set(['loss-control', 'social-control', 'social-loss']),
    );
    expect(result!.effects[0]!.method).toMatch(/^clustered/);
    expect(result!.effects.map(({ method }) => method.split(' ')[0])).toContain('difference-in-means');
    expect(result!.verdicts.map(({ kind }) => kind)).toEqual(['equivalent', 'equivalent', 'equivalent']);
    expect(result!.sampleRatio.pValue).toBeCloseTo(1, 9);
  });

  it('judges few people by the exact test', async () => {
    const rows = Array.from({ length: 24 }, (_, i) => [i % 2 ? 'loss' : 'control', i % 2 && i < 16 ? 1 : 0]);
    const { result } = await analyseText(workspace, csv([['arm', 'paid'], ...rows]), { metric: 'paid' });
    expect(result!.effects.map(({ method }) => method.split(' ')[0])).toContain('fisher-exact');
    const exact = result!.effects.find(({ method }) => method.startsWith('fisher-exact'))!;
    expect(result!.verdicts[0]!.correctedPValue).toBe(exact.pValue);
    expect(exact.pValue!).toBeCloseTo(0.0013460761879, 10);
    expect(result!.warnings.map(({ code }) => code)).toEqual(['few_people', 'few_people']);
  });

  it('corrects over arms and metrics, as asked', async () => {
    const file = await written('e.parquet', 'FORMAT parquet');
    const run = async (correction: string) =>
      (await analyseFile(workspace, file, { metric: ['cleared', 'kept:mean'], correction })).result!;
    const [none, holm] = [await run('none'), await run('holm')];
    none.verdicts.forEach((verdict, i) => {
      expect(holm.verdicts[i]!.correctedPValue!).toBeGreaterThanOrEqual(verdict.correctedPValue!);
    });
    expect(Math.min(...holm.verdicts.map((one) => one.correctedPValue!))).toBeCloseTo(
      Math.min(1, 4 * Math.min(...none.verdicts.map((one) => one.correctedPValue!))),
      12,
    );
  });
});
