import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { raw } from '#core/sql/sql.ts';
import { type QualityReport, readQuality } from '#server/store/portfolio/quality.ts';
import { loadFile, runJob } from '../support/files/load.ts';
import { hasShared, shared } from '../support/shared.ts';
import { openTestWorkspace, type TestWorkspace } from '../support/workspace.ts';

async function reportOn(workspace: TestWorkspace, file: string, recipe: string): Promise<QualityReport> {
  await loadFile(workspace, shared(file), recipe);
  const job = await runJob(workspace, 'profile', {});
  expect(job.error).toBeNull();
  const report = await readQuality(workspace.context.engine);
  if (!report) throw new Error('no report');
  return report;
}

describe.runIf(hasShared)('the quality of the Taiwan set', () => {
  let workspace: TestWorkspace;
  let report: QualityReport;
  beforeAll(async () => {
    workspace = await openTestWorkspace();
    report = await reportOn(workspace, 'data/taiwan_credit_default/UCI_Credit_Card.csv.gz', 'taiwan');
  });
  afterAll(() => workspace?.close());

  it('is not good: one month late is almost absent before the last month, and first in what to do', () => {
    expect(report).toMatchObject({ verdict: 'usable', serious: 0, remarks: 2 });
    const [first, second] = report.checks;
    expect(first).toMatchObject({ id: 'sudden-codes', passed: false, table: 'snapshots' });
    expect(first?.finding).toEqual({
      es: '«Días de mora»: «30–59 días de mora» casi no existe antes de septiembre de 2005 (a lo más 0,1\u00a0% de un mes) y ese mes es 12,3\u00a0%.',
      en: '“Days past due”: “30–59 days past due” is almost absent before September 2005 (at most 0.1% of a month) and 12.3% of it.',
    });
    expect(first?.affects.en).toContain('self-cure cannot be trained on what ends in September 2005');
    expect(second?.finding.en).toContain('late_1');
  });

  it('counts the codes of each month as the file has them', () => {
    const series = report.series.find(({ column }) => column === 'status');
    const bin = series?.bins.findIndex(({ label }) => label === 'late_1') ?? -1;
    expect(series?.months.map(({ month, counts }) => [month, counts[bin]])).toEqual([
      ['2005-04-01', 0],
      ['2005-05-01', 0],
      ['2005-06-01', 2],
      ['2005-07-01', 4],
      ['2005-08-01', 28],
      ['2005-09-01', 3688],
    ]);
  });

  it('tells that shift from chance, and the other columns as still', () => {
    const levels = Object.fromEntries(report.shifts.map(({ column, level }) => [column, level]));
    expect(levels).toEqual({
      status: 'changed',
      days_past_due: 'changed',
      amount: 'stable',
      balance: 'stable',
    });
    const [worst] = report.shifts;
    expect(worst).toMatchObject({ between: 'months', before: '2005-08-01', after: '2005-09-01' });
    expect(worst?.psi).toBeGreaterThan(0.6);
    expect(worst?.limit).toBeLessThan(0.01);
  });

  it('says what is not there and what it would allow, and which attributes are protected', () => {
    const absent = report.absent.filter(({ column }) => column === null).map(({ table }) => table);
    expect(absent).toEqual(expect.arrayContaining(['contacts', 'promises', 'costs']));
    expect(report.columns.filter(({ tag }) => tag === 'protected').map(({ column }) => column)).toEqual([
      'birth_year',
      'sex',
      'education',
      'marital_status',
    ]);
  });

  it('holds no identifier of a person', async () => {
    const rows = await workspace.context.engine.rows<{ report: string }>(
      raw('SELECT report FROM quality_reports ORDER BY report_id'),
    );
    expect(rows).toHaveLength(2);
    const columns = report.columns.filter(({ column }) => column.endsWith('_id'));
    expect(columns.length).toBeGreaterThan(3);
    for (const { minimum, maximum } of columns) expect([minimum, maximum]).toEqual([null, null]);
  });
});

describe.runIf(hasShared)('the quality of credit_record', () => {
  let workspace: TestWorkspace;
  let report: QualityReport;
  beforeAll(async () => {
    workspace = await openTestWorkspace();
    report = await reportOn(workspace, 'data/credit_record/credit_record_dev20.csv.gz', 'credit-record');
  });
  afterAll(() => workspace?.close());

  it('finds accounts that skip months, and no month unlike the one before', () => {
    expect(report.verdict).toBe('usable');
    expect(report.checks.filter(({ passed }) => !passed).map(({ id, rows }) => [id, rows])).toEqual([
      ['month-gaps', 1301],
    ]);
    for (const { level } of report.shifts) expect(level).toBe('stable');
  });
});
