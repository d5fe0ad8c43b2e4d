import { describe, expect, it } from 'vitest';
import { recipe } from '#core/portfolio/recipe.ts';
import { suggest } from '#core/portfolio/suggest/suggest.ts';
import { type BankFile, bankFiles } from '../../../support/files/bank-headers.ts';
import { measure, profileText, summarise } from '../../../support/files/suggestion-quality.ts';

const delimiterOf = ({ header }: BankFile): string => header.match(/[;,|]/)?.[0] ?? ',';
const suggestFor = (file: BankFile) =>
  suggest({
    stem: 'extracto',
    columns: profileText([file.header, ...file.rows].join('\n'), delimiterOf(file)),
  });

describe.each(bankFiles.map((file) => [file.name, file] as const))('%s', (_, file) => {
  const suggestion = suggestFor(file);

  it('is understood: tables, dates, decimal mark', () => {
    const wanted = new Set(Object.keys(file.truth).map((name) => name.split('.')[0]));
    expect(new Set(suggestion.tables.map(({ table }) => table))).toEqual(wanted);
    expect([suggestion.dates, suggestion.decimal]).toEqual([file.dates, file.decimal]);
  });

  it('is proposed as a recipe that is one', () => {
    expect(recipe.safeParse(suggestion.recipe).error?.message).toBeUndefined();
  });

  it('has a reason in both languages for every column', () => {
    for (const { columns } of suggestion.tables)
      for (const { reason } of columns) {
        expect(reason.es.length).toBeGreaterThan(5);
        expect(reason.en).not.toBe(reason.es);
      }
  });
});

it('columns of six banks are proposed rightly', () => {
  const { precision, recall, wrong, missed } = summarise(
    bankFiles.map((file) => measure(file.name, suggestFor(file), file.truth)),
  );
  console.info(`suggestions: precision ${precision.toFixed(3)}, recall ${recall.toFixed(3)}`, {
    wrong,
    missed,
  });
  expect(precision).toBeGreaterThanOrEqual(0.95);
  expect(recall).toBeGreaterThanOrEqual(0.95);
});
