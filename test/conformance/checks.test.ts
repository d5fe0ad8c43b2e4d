import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type QualityCheck, type QualityScope, remedies } from '#core/portfolio/quality/check.ts';
import { type Finding, judge } from '#core/portfolio/quality/judge.ts';
import {
  countOf,
  isRowsProbe,
  loadsOfOffenders,
  mayShow,
  sampleOf,
} from '#core/portfolio/quality/rows-probe.ts';
import { tableNamed } from '#core/portfolio/tables.ts';
import { showSql } from '#core/sql/show.ts';
import { discover } from '#server/registry.ts';
import { calm, everythingHeld, ofOneLoad, sentencesOf } from '../support/books/quality-scope.ts';
import { openTestWorkspace, type TestWorkspace } from '../support/workspace.ts';

const checks = await discover<QualityCheck>('core/portfolio/quality/checks');

/** Values left unfilled, figures that are none, raw names of columns. */
const unfinished = /[{}]|undefined|NaN|\b[a-z]+_[a-z_]+\b/;
const worded = ({ finding, affects, advice }: Finding): string =>
  [finding, affects, advice].map(({ es, en }) => `${es} ${en}`).join(' ');

it('finds checks', () => {
  expect(checks.size).toBeGreaterThanOrEqual(15);
});

let workspace: TestWorkspace;
beforeAll(async () => {
  workspace = await openTestWorkspace();
});
afterAll(() => workspace.close());

describe.each([...checks])('check %s', (id, check) => {
  const probes = check.probes(everythingHeld);

  it('says in both languages what it is, what it found, what that affects and what to do', () => {
    for (const text of sentencesOf(check)) {
      for (const words of [text.es, text.en]) expect(words.trim()).toMatch(/\S{2,}/);
      expect(text.es).not.toBe(text.en);
    }
    expect(remedies).toContain(check.remedy);
  });

  it('grows worse with more rows, and is never serious where it is no remark', () => {
    if (check.seriousAbove !== undefined)
      expect(check.seriousAbove).toBeGreaterThanOrEqual(check.remarkAbove ?? Number.POSITIVE_INFINITY);
  });

  it('asks something of a full portfolio, of canonical columns only, and nothing of an empty one', () => {
    expect(probes.length).toBeGreaterThan(0);
    for (const { table, column } of probes) {
      expect(Object.keys(tableNamed(table)?.columns ?? {})).toEqual(
        expect.arrayContaining(column === null ? [] : [column]),
      );
    }
    const empty: QualityScope = {
      ...everythingHeld,
      rowsOf: () => 0,
      liveRowsOf: () => 0,
      isFilled: () => false,
      loadsOf: () => [],
      monthsOf: () => [],
      series: [],
      shifts: [],
    };
    if (id !== 'rejected-rows') expect(check.probes(empty)).toEqual([]);
  });

  it('keeps the text of its first statement', async () => {
    const [probe] = probes;
    const statement = probe && (isRowsProbe(probe) ? countOf(everythingHeld, probe) : probe.statement);
    await expect(`${statement ? showSql(statement) : ''};\n`).toMatchFileSnapshot(
      `../golden/portfolio/quality/${id}.sql`,
    );
  });

  it.each([
    ['everything', everythingHeld],
    ['one load', ofOneLoad],
    ['months and loads alike', calm],
  ])('binds for %s, answers with its figures and words them whole', async (_, scope) => {
    const { engine } = workspace.context;
    for (const probe of check.probes(scope)) {
      if ('severity' in probe) {
        const figures = { affected: probe.affected, looked_at: probe.lookedAt };
        expect(worded(judge(id, check, probe, figures))).not.toMatch(unfinished);
        continue;
      }
      const row = await engine.first<{ affected: number; looked_at: number }>(
        isRowsProbe(probe) ? countOf(scope, probe) : probe.statement,
      );
      expect(row).toMatchObject({ affected: expect.any(Number), looked_at: expect.any(Number) });
      for (const affected of [0, 3]) {
        const found = judge(id, check, probe, { ...row, affected, looked_at: 10 });
        expect(worded(found)).not.toMatch(unfinished);
        expect(found.affects.es === '').toBe(affected === 0);
      }
    }
  });

  it('shows rows by their key and load, and never a value that is tagged or hidden', async () => {
    for (const probe of probes.filter(isRowsProbe)) {
      const { engine } = workspace.context;
      expect(await engine.rows(sampleOf(everythingHeld, probe, 20))).toEqual([]);
      expect(await engine.rows(loadsOfOffenders(engine.dialect, everythingHeld, probe))).toEqual([]);
      const tag = probe.column && tableNamed(probe.table)?.columns[probe.column]?.tag;
      if (tag || probe.hidden) expect(mayShow(probe)).toBe(false);
    }
  });
});
