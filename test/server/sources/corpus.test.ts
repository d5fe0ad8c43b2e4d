import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { corpusFiles, loadCase } from '../../support/corpus/case.ts';
import { columnar } from '../../support/corpus/columnar.ts';
import { csvForm } from '../../support/corpus/csv-form.ts';
import { csvValues } from '../../support/corpus/csv-values.ts';
import { excel } from '../../support/corpus/excel.ts';
import { json } from '../../support/corpus/json.ts';
import { made } from '../../support/corpus/made.ts';
import { openTestWorkspace, type TestWorkspace } from '../../support/workspace.ts';

const kept = [...csvForm, ...csvValues, ...json, ...excel, ...columnar];
const mostMegabytes = 1_600;

let workspace: TestWorkspace;
beforeAll(async () => {
  workspace = await openTestWorkspace();
});
afterAll(() => workspace.close());

it('every file of the corpus has a case, and every case a file', () => {
  expect([...new Set(kept.map(({ file }) => file))].sort()).toEqual(corpusFiles());
  expect(kept.length + made.length).toBeGreaterThan(60);
});

describe.each([
  ['kept', kept],
  ['made', made],
])('files that are %s', (_, cases) => {
  it.each(cases.map((one) => [`${one.file} ${one.source ? JSON.stringify(one.source) : ''}`, one] as const))(
    '%s',
    async (_name, one) => {
      const outcome = await loadCase(workspace, one);
      expect(outcome.left).toEqual([]);
      if (one.fails) {
        expect(outcome.error).toMatchObject({ code: one.fails });
        expect(outcome.error?.message).toContain(one.quotes);
        return;
      }
      expect(outcome.error).toBeNull();
      expect(outcome.rejects).toEqual(one.rejects ?? []);
      expect(outcome.rows).toBe(one.rows);
      if (one.holds) expect(outcome.holds).toEqual(one.holds);
    },
  );
});

it('memory stayed bounded', () => {
  expect(process.resourceUsage().maxRSS / 1024).toBeLessThan(mostMegabytes);
});
