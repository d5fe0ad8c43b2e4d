import { describe, expect, it } from 'vitest';
import type { Probe, QualityCheck } from '#core/portfolio/quality/check.ts';
import { type Finding, judge, verdictOf } from '#core/portfolio/quality/judge.ts';
import { raw } from '#core/sql/sql.ts';

const check: QualityCheck = {
  text: { title: { es: 't', en: 't' }, summary: { es: 's', en: 's' } },
  found: { es: '{affected, number} de {of}', en: '{affected, number} of {of} in {table}, {column}' },
  clean: { es: 'bien', en: 'fine' },
  affects: { es: 'afecta a {table}', en: 'it affects {table}' },
  advice: { es: 'cargue', en: 'load' },
  remedy: 'load',
  order: 1,
  remarkAbove: 0.01,
  seriousAbove: 0.1,
  probes: () => [],
};
const probe: Probe = { table: 'accounts', column: 'currency', statement: raw('SELECT 1') };
const found = (affected: number, looked_at: number, of: QualityCheck = check): Finding =>
  judge('x', of, probe, { affected, looked_at });

describe('judge', () => {
  it.each([
    [0, 100, true, 'remark', 'fine'],
    [1, 100, true, 'remark', '1 of 100 in “Accounts”, “ISO 4217 currency”'],
    [2, 100, false, 'remark', '2 of 100 in “Accounts”, “ISO 4217 currency”'],
    [11, 100, false, 'serious', '11 of 100 in “Accounts”, “ISO 4217 currency”'],
    [0, 0, true, 'remark', 'fine'],
  ])('%d of %d', (affected, of, passed, severity, words) => {
    expect(found(affected, of)).toMatchObject({ passed, severity, rows: affected });
    expect(found(affected, of).finding.en).toBe(words);
  });

  it('a check without limits only informs', () => {
    const { remarkAbove: _, seriousAbove: __, ...informs } = check;
    expect(found(100, 100, informs)).toMatchObject({ passed: true, severity: 'info' });
  });
});

describe('the verdict', () => {
  it.each([
    ['good', [found(0, 100)]],
    ['good', [found(2, 100), found(4, 100)]],
    ['usable', [found(2, 100), found(6, 100)]],
    ['poor', [found(11, 100)]],
    ['good', []],
  ] as const)('is %s', (verdict, findings) => {
    expect(verdictOf(findings)).toBe(verdict);
  });
});
