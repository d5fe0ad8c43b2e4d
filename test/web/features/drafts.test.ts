import { describe, expect, it } from 'vitest';
import { design } from '#core/experiment/define.ts';
import { type Condition, condition as conditionSchema } from '#core/segment/condition.ts';
import {
  askedOf,
  choosePlan,
  firstDraft,
  newArm,
  newTouch,
  presetArms,
  toDesign,
} from '../../../web/src/features/experiments/design/draft.ts';
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
  family: null,
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
  const textsOf = (style: string, channel: string) =>
    known.includes(style) && channel !== 'call' ? [channel, `${channel}_2`] : [];
  const isShare = (metric: string) => metric !== 'cash';
  const draft = { ...firstDraft(), name: 'Prueba', segmentId: 's' };
  const made = (given: Partial<typeof draft> = {}) => toDesign({ ...draft, ...given }, textsOf, isShare);

  it('three styles in one channel, in waves, as the server takes it', () => {
    const input = made();
    expect(design.parse(input)).toMatchObject({
      control: 'neutral',
      arms: known.map((style) => ({
        name: style,
        weight: 1,
        touches: [{ day: 0, style, channel: 'sms', templates: ['sms', 'sms_2'] }],
      })),
      plan: 'staggered_sequential',
      entryDays: 21,
      looks: 3,
      alpha: 0.05,
      power: 0.8,
      margin: 0.01,
      guardrails: [
        { id: 'complaints', margin: 0.005 },
        { id: 'opt_outs', margin: 0.01 },
        { id: 'hardship', margin: 0.005 },
      ],
    });
    expect(input).not.toHaveProperty('assume');
    expect(input).not.toHaveProperty('sendOn');
    expect(input).not.toHaveProperty('rerandomise');
  });

  it('channels with one style, a cadence, hours of its own, silence', () => {
    const [sms, whatsapp] = presetArms('channels');
    const channels = made({ arms: [{ ...sms!, weight: 2 }, whatsapp!], control: sms!.key });
    expect(channels?.arms.map(({ name, weight }) => [name, weight])).toEqual([
      ['sms', 2],
      ['whatsapp', 1],
    ]);
    expect(channels?.control).toBe('sms');
    const late = newTouch('neutral', 'sms', { day: 5, from: '16:00', until: '19:00', templates: ['sms'] });
    const arms = [newArm(), newArm(late, newTouch('neutral', 'sms'))];
    const cadence = made({ arms, control: arms[0]!.key });
    expect(cadence?.arms).toEqual([
      { name: 'silence', weight: 1, touches: [] },
      {
        name: 'neutral',
        weight: 1,
        touches: [
          { day: 0, style: 'neutral', channel: 'sms', templates: ['sms', 'sms_2'] },
          {
            day: 5,
            style: 'neutral',
            channel: 'sms',
            templates: ['sms'],
            hours: { from: '16:00', until: '19:00' },
          },
        ],
      },
    ]);
    expect(cadence?.control).toBe('silence');
  });

  it('arms alike get names of their own, and a name given is made fit to be stored', () => {
    const arms = [
      ...presetArms('hours'),
      { ...newArm(newTouch('neutral', 'sms')), name: ' Más tarde (2.º) ' },
    ];
    expect(made({ arms })?.arms.map(({ name }) => name)).toEqual(['neutral', 'neutral_2', 'mas_tarde_2']);
    expect(design.safeParse(made({ arms })).success).toBe(true);
  });

  it('one plan or another', () => {
    const chosen = { ...draft };
    choosePlan(chosen, 'simple_fixed');
    expect(chosen).toMatchObject({ plan: 'simple_fixed', entryDays: 1, looks: 1, arrivalDays: 0 });
  });

  it.each([
    ['no segment', { segmentId: '' }],
    ['one arm', { arms: [newArm(newTouch('neutral', 'sms'))] }],
    [
      'styles nobody knows',
      { arms: [newArm(newTouch('neutral', 'sms')), newArm(newTouch('threat', 'sms'))] },
    ],
    ['no text chosen', { arms: [newArm(), newArm(newTouch('neutral', 'sms', { templates: [] }))] }],
  ])('nothing to compare: %s', (_why, given) => {
    expect(made(given)).toBeNull();
  });

  it('asks the server anew for people, texts and metrics alone', () => {
    const asked = (given: Partial<typeof draft> = {}) => JSON.stringify(askedOf(made(given)!));
    const [first, ...rest] = draft.arms;
    const local: Partial<typeof draft>[] = [
      { alphaPercent: 1 },
      { powerPercent: 90 },
      { looks: 5 },
      { entryDays: 7 },
      { correction: 'none' },
      { name: 'Otra' },
      { arms: [{ ...first!, weight: 3 }, ...rest] },
    ];
    for (const given of local) expect(asked(given)).toBe(asked());
    for (const given of [
      { segmentId: 'other' },
      { metric: { id: 'cured', horizonDays: 14 } },
      { arms: presetArms('channels') },
    ])
      expect(asked(given)).not.toBe(asked());
  });

  it('assumes only what somebody puts their name to', () => {
    const assume = { ...draft.assume, jurisdiction: 'TW', basis: 'contract' as const, house: true };
    expect(made({ assume })).not.toHaveProperty('assume');
    expect(design.parse(made({ assume: { ...assume, statedBy: 'Ana' } })).assume).toEqual({
      statedBy: 'Ana',
      jurisdiction: 'TW',
      permission: { channel: 'sms', basis: 'contract' },
      ruleSet: 'house',
    });
  });
});
