import { describe, expect, it } from 'vitest';
import { design } from '#core/experiment/define.ts';
import { type Condition, condition as conditionSchema } from '#core/segment/condition.ts';
import { firstDraft, toDesign } from '../../../web/src/features/experiments/draft.ts';
import {
  emptyGroup,
  emptyRow,
  fromCondition,
  type SegmentColumn,
  toCondition,
} from '../../../web/src/features/segments/draft.ts';
import { starter } from '../../../web/src/features/segments/starters.ts';

const column = (
  name: string,
  type: SegmentColumn['type'],
  values: string[] | null = null,
): SegmentColumn => ({
  name,
  type,
  title: { es: name, en: name },
  values,
  minimum: null,
  maximum: null,
});
const columns = [
  column('days_past_due', 'number'),
  column('arrears', 'money'),
  column('country', 'category', ['MX', 'CO']),
  column('self-cure', 'score'),
  column('plan', 'flag'),
];

describe('segment drafts', () => {
  const conditions: Condition[] = [
    { all: [{ column: 'days_past_due', is: 'between', from: 1, to: 30 }] },
    {
      any: [
        { score: 'self-cure', to: 0.5 },
        { flag: 'plan', is: 'clear' },
      ],
    },
    { not: { all: [{ column: 'country', is: 'in', values: ['MX'] }] } },
    {
      all: [
        { column: 'arrears', is: 'between', from: 100, currency: 'MXN' },
        {
          any: [
            { column: 'country', is: 'missing' },
            { column: 'country', is: 'not_in', values: ['CO'] },
          ],
        },
      ],
    },
  ];

  it.each(conditions.map((one) => [JSON.stringify(one), one] as const))('%s comes back', (_text, one) => {
    expect(toCondition(fromCondition(one), columns)).toEqual(one);
    expect(conditionSchema.safeParse(one).success).toBe(true);
  });

  it('a lone condition becomes a list of one', () => {
    expect(toCondition(fromCondition({ flag: 'plan', is: 'set' }), columns)).toEqual({
      all: [{ flag: 'plan', is: 'set' }],
    });
  });

  it('twice denied stays twice denied', () => {
    const twice: Condition = { not: { not: { all: [{ flag: 'plan', is: 'set' }] } } };
    expect(toCondition(fromCondition(twice), columns)).toEqual({
      not: { all: [{ not: { all: [{ flag: 'plan', is: 'set' }] } }] },
    });
  });

  it('what is unfinished does not count: no column, no bound, no currency, no value', () => {
    const parts = [
      emptyRow(),
      emptyRow(columns[0]),
      { ...emptyRow(columns[1]), from: 5 },
      emptyRow(columns[2]),
      emptyGroup('any'),
    ];
    expect(toCondition({ ...emptyGroup(), parts }, columns)).toBeNull();
  });

  it('starters offer what the portfolio can answer', () => {
    expect(starter('early', columns)).toMatchObject([{ column: 'days_past_due', from: 1, to: 30 }]);
    expect(starter('unlikely', columns)).toMatchObject([{ column: 'score:self-cure', to: 0.5 }]);
    expect(starter('sensitive', columns)).toMatchObject([{ column: 'flag:plan', is: 'clear' }]);
    expect(starter('unlikely', columns.slice(0, 3))).toEqual([]);
  });
});

describe('designs', () => {
  const known = ['neutral', 'loss_aversion', 'social_proof'];
  const draft = { ...firstDraft(), name: 'Prueba', segmentId: 's' };

  it('three styles in one channel, as the server takes it', () => {
    const made = toDesign(draft, known);
    expect(design.parse(made)).toMatchObject({
      control: 'neutral',
      arms: known.map((style) => ({
        name: style,
        weight: 1,
        touches: [{ day: 0, style, channel: 'sms', templates: ['sms'] }],
      })),
      alpha: 0.05,
      power: 0.8,
    });
    expect(made).not.toHaveProperty('assume');
    expect(made).not.toHaveProperty('sendOn');
  });

  it('channels with one style', () => {
    const made = toDesign(
      { ...draft, vary: 'channel', styles: ['neutral'], channels: ['sms', 'whatsapp'], weights: { sms: 2 } },
      known,
    );
    expect(made?.arms).toEqual([
      { name: 'sms', weight: 2, touches: [{ day: 0, style: 'neutral', channel: 'sms', templates: ['sms'] }] },
      {
        name: 'whatsapp',
        weight: 1,
        touches: [{ day: 0, style: 'neutral', channel: 'whatsapp', templates: ['whatsapp'] }],
      },
    ]);
    expect(made?.control).toBe('sms');
  });

  it.each([
    ['no segment', { ...draft, segmentId: '' }],
    ['one arm', { ...draft, styles: ['neutral'] }],
    ['styles nobody knows', { ...draft, styles: ['neutral', 'threat'] }],
  ])('nothing to compare: %s', (_why, given) => {
    expect(toDesign(given, known)).toBeNull();
  });

  it('assumes only what somebody puts their name to', () => {
    const assume = { ...draft.assume, jurisdiction: 'TW', basis: 'contract' as const, house: true };
    expect(toDesign({ ...draft, assume }, known)).not.toHaveProperty('assume');
    const named = toDesign({ ...draft, assume: { ...assume, statedBy: 'Ana' } }, known);
    expect(design.parse(named).assume).toEqual({
      statedBy: 'Ana',
      jurisdiction: 'TW',
      permission: { channel: 'sms', basis: 'contract' },
      ruleSet: 'house',
    });
  });
});
