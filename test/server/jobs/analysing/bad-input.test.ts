import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { raw } from '#core/sql/sql.ts';
import { type Asked, analyseText, csv } from '../../../support/experiments/outside.ts';
import { openTestWorkspace, type TestWorkspace } from '../../../support/workspace.ts';

let workspace: TestWorkspace;
beforeAll(async () => {
  workspace = await openTestWorkspace();
});
afterAll(() => workspace.close());

const people = Array.from({ length: 200 }, (_, i) => i);
const arm = (i: number) => (i % 2 ? 'loss' : 'control');
/** A fair trial: whoever, arm, paid, amount, days of draw and outcome. */
const table = (change: (i: number) => Record<string, string | number | null | undefined> = () => ({})) =>
  csv([
    ['who', 'arm', 'paid', 'amount', 'drawn', 'paid_on', 'name'],
    ...people.map((i) => {
      const row = {
        who: `u${i}`,
        arm: arm(i),
        paid: i % 3 ? 0 : 1,
        amount: (i * 37) % 101,
        drawn: '2026-10-01',
        paid_on: '2026-10-09',
        name: `n${i % 7}x`,
        ...change(i),
      };
      return Object.values(row).map((cell) => cell ?? null);
    }),
  ]);

const refused: [string, string, Asked, string, string[]][] = [
  [
    'an unknown control',
    table(),
    { control: 'Nobody', metric: 'paid' },
    'unknown_control',
    ['"Nobody"', 'control, loss'],
  ],
  [
    'one arm',
    table(() => ({ arm: 'control' })),
    { metric: 'paid' },
    'analysis_one_arm',
    ['"arm"', '"control"'],
  ],
  [
    'an arm column that is none',
    table(),
    { arm: 'who', metric: 'paid' },
    'analysis_arms_many',
    ['"who"', '200'],
  ],
  [
    'an arm without outcomes',
    table((i) => (i % 2 ? { paid: null } : {})),
    { metric: 'paid' },
    'analysis_empty_arm',
    ['"loss"', '"paid"'],
  ],
  [
    'missing outcomes, by choice',
    table((i) => (i < 9 ? { paid: null } : {})),
    { metric: 'paid', missing: 'fail' },
    'analysis_outcomes_missing',
    ['9 of 200', '"paid"'],
  ],
  [
    'units in two arms, by choice',
    table((i) => (i < 4 ? { who: 'twice' } : {})),
    { metric: 'paid', unit: 'who', contaminated: 'fail' },
    'analysis_contaminated',
    ['1 units', '"who"', 'control + loss'],
  ],
  [
    'outcomes before the draw, by choice',
    table((i) => (i < 6 ? { paid_on: '2026-09-20' } : {})),
    { metric: 'paid', assigned: 'drawn', outcomeDate: 'paid_on', early: 'fail' },
    'analysis_early',
    ['6 rows', '"paid_on"', '"drawn"'],
  ],
  [
    'a date that is none',
    table(),
    { metric: 'paid', assigned: 'drawn', outcomeDate: 'name' },
    'analysis_not_a_date',
    ['"name"', '"n0x"'],
  ],
  [
    'negative money',
    table((i) => (i === 5 ? { amount: -12.5 } : {})),
    { metric: 'amount:money' },
    'analysis_negative',
    ['"amount"', '-12.5', 'an amount'],
  ],
  [
    'a share of other values',
    table(),
    { metric: 'amount:proportion' },
    'analysis_not_a_share',
    ['"amount"', '100'],
  ],
  ['a metric of text', table(), { metric: 'name' }, 'analysis_not_numeric', ['"name"', '"n0x"']],
  ['an unknown metric', table(), { metric: 'debt' }, 'analysis_column_unknown', ['"debt"', 'amount']],
  [
    'an unknown kind',
    table(),
    { metric: 'paid:rate' },
    'analysis_metric_kind',
    ['"paid:rate"', 'proportion'],
  ],
  ['a ratio of nothing', table(), { metric: 'paid:ratio' }, 'analysis_metric_kind', ['"paid:ratio"']],
  [
    'shares that do not add up',
    table(),
    { metric: 'paid', weights: 'control=0.5,loss=0.4' },
    'analysis_weights_sum',
    ['control=0.5,loss=0.4', '0.9'],
  ],
  [
    'percentages that do not add up',
    table(),
    { metric: 'paid', weights: 'control=50,loss=45' },
    'analysis_weights_sum',
    ['95', '100'],
  ],
  [
    'weights of unknown arms',
    table(),
    { metric: 'paid', weights: 'control=0.5,gain=0.5' },
    'analysis_weights_unknown',
    ['"gain"', 'control, loss'],
  ],
  [
    'an arm without a weight',
    table(),
    { metric: 'paid', weights: 'control=1' },
    'analysis_weights_missing',
    ['"loss"'],
  ],
  [
    'a weight that is none',
    table(),
    { metric: 'paid', weights: 'control=half,loss=0.5' },
    'analysis_weights_form',
    ['control=half'],
  ],
  [
    'a negative weight',
    table(),
    { metric: 'paid', weights: 'control=-1,loss=2' },
    'analysis_weights_form',
    ['control=-1'],
  ],
  [
    'an unknown method',
    table(),
    { metric: 'paid', method: 'magic' },
    'analysis_method_unknown',
    ['"magic"', 'cuped'],
  ],
  [
    'a method that does not fit',
    table(),
    { metric: 'paid', method: 'clustered' },
    'analysis_method_unfit',
    ['"clustered"', 'clusters'],
  ],
  [
    'a margin that is none',
    table(),
    { metric: 'paid', margin: 'paid=none' },
    'analysis_margin_form',
    ['paid=none'],
  ],
  ['a table without rows', 'arm,paid', { metric: 'paid' }, 'analysis_no_rows', ['outside-']],
];

describe('refused, in one clear sentence', () => {
  it.each(refused)('%s', async (_, text, asked, code, said) => {
    const { error } = await analyseText(workspace, text, asked);
    expect(error?.code).toBe(code);
    for (const part of said) expect(error!.message).toContain(part);
  });

  it('leaves nothing behind', async () => {
    const left = await workspace.context.engine.rows(
      raw(`SELECT table_name FROM information_schema.tables WHERE table_name LIKE 'staging%'`),
    );
    expect(left).toEqual([]);
  });
});

const warned: [string, string, Asked, string, string[]][] = [
  [
    'missing outcomes',
    table((i) => (i < 9 ? { paid: null } : {})),
    { metric: 'paid' },
    'outcomes_missing',
    ['9 of 200'],
  ],
  [
    'outcomes missing in one arm',
    table((i) => (i < 60 && i % 2 ? { paid: null } : {})),
    { metric: 'paid' },
    'outcomes_missing',
    ['30 of 200', 'more are missing in some arms'],
  ],
  [
    'units in two arms',
    table((i) => (i < 4 ? { who: 'twice' } : {})),
    { metric: 'paid', unit: 'who' },
    'contaminated',
    ['1 units', 'control + loss'],
  ],
  [
    'outcomes before the draw',
    table((i) => (i < 6 ? { paid_on: '2026-09-20' } : {})),
    { metric: 'paid', assigned: 'drawn', outcomeDate: 'paid_on' },
    'outcomes_before_assignment',
    ['6 rows'],
  ],
  [
    'rows without an arm',
    table((i) => (i < 3 ? { arm: null } : {})),
    { metric: 'paid' },
    'without_arm',
    ['3 rows'],
  ],
  ['equal values', table(() => ({ amount: 7 })), { metric: 'amount' }, 'all_equal', ['"amount"', '(7)']],
  [
    'an extreme value',
    table((i) => (i === 11 ? { amount: 900_000 } : {})),
    { metric: 'amount' },
    'extreme_value',
    ['900000', 'capped'],
  ],
  [
    'a few negative values',
    table((i) => (i === 5 ? { amount: -12.5 } : {})),
    { metric: 'amount:mean' },
    'negative_values',
    ['-12.5'],
  ],
  [
    'several rows of a unit',
    table((i) => ({ who: `u${Math.floor(i / 4) * 2 + (i % 2)}` })),
    { metric: 'paid', unit: 'who' },
    'missing_cluster',
    ['200 rows of 100 units', '"who"'],
  ],
  [
    'arms of the wrong size',
    table((i) => (i > 60 ? { arm: 'control' } : {})),
    { metric: 'paid' },
    'sample_ratio',
    ['loss 30', 'not valid'],
  ],
  [
    'people who differed before',
    table((i) => ({ amount: i % 2 ? i : i + 90 })),
    { metric: 'paid', covariate: 'amount' },
    'baseline_imbalance',
    ['"loss"', '"control"'],
  ],
  [
    'unknown values of before',
    table((i) => (i < 5 ? { amount: null } : {})),
    { metric: 'paid', covariate: 'amount' },
    'covariate_missing',
    ['5 rows', '"amount"'],
  ],
];

describe('warned of, and gone on with', () => {
  it.each(warned)('%s', async (_, text, asked, code, said) => {
    const { result, error } = await analyseText(workspace, text, asked);
    expect(error).toBeUndefined();
    const found = result!.warnings.find((one) => one.code === code);
    expect(result!.warnings.map((one) => one.code)).toContain(code);
    for (const part of said) expect(found!.text.en).toContain(part);
    expect(found!.text.es).not.toBe(found!.text.en);
    expect(JSON.stringify(result)).not.toMatch(/NaN|undefined/);
  });

  it('a fair trial has no warning', async () => {
    const { result } = await analyseText(workspace, table(), { metric: ['paid', 'amount'], unit: 'who' });
    expect(result!.warnings).toEqual([]);
    expect(result!.sampleRatio).toEqual({ pValue: 1, ok: true });
  });

  it('equal values have a reason instead of an effect', async () => {
    const { result } = await analyseText(
      workspace,
      table(() => ({ amount: 7 })),
      { metric: 'amount' },
    );
    expect(result!.effects[0]).toMatchObject({ estimate: null, pValue: null, reason: 'no_variation' });
    expect(result!.verdicts[0]).toMatchObject({ kind: 'inconclusive' });
  });

  it('lost people make every verdict invalid', async () => {
    const { result } = await analyseText(
      workspace,
      table((i) => (i > 60 ? { arm: 'control' } : {})),
      { metric: 'paid' },
    );
    expect(result!.sampleRatio.ok).toBe(false);
    expect(result!.verdicts.map(({ kind }) => kind)).toEqual(['invalid']);
  });
});
