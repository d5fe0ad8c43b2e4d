import type { CallInput } from '#core/contract/client.ts';
import type { Assumptions } from '#core/experiment/define.ts';
import type { Condition } from '#core/segment/condition.ts';

/** What a demonstration runs the line on. */
export interface DemoPlan {
  load: { sample: CallInput } | { file: string; recipe: string };
  /** Body of the training: the question's dates and parameters. */
  training: { asOf?: string[]; question?: Record<string, unknown> };
  scoreAsOf?: string;
  condition: Condition;
  channel: 'sms' | 'email' | 'whatsapp';
  sendOn?: string;
  assume?: Assumptions;
  /** What is stated of consequences that the data cannot show. */
  states?: readonly { kind: string; country: string; share: number; evidence: string; validUntil: string }[];
}

const late = (from: number, to: number): Condition => ({ column: 'days_past_due', is: 'between', from, to });

/** People whose score says that they are not among the surest to cure. */
const notLikelyAlone: Condition = { score: 'self-cure', to: 0.95 };

const taiwan: Omit<DemoPlan, 'load'> = {
  training: {
    asOf: ['2005-07-31'],
    question: { minDaysPastDue: 1, maxDaysPastDue: 240, rows: 'late_dates' },
  },
  condition: { all: [late(1, 241), notLikelyAlone] },
  channel: 'sms',
  sendOn: '2005-10-03',
  assume: {
    jurisdiction: 'TW',
    timeZone: 'Asia/Taipei',
    permission: { channel: 'sms', basis: 'contract' },
    validAddress: true,
    today: '2005-10-01',
    ruleSet: 'house',
    statedBy: 'ensayo demo',
  },
  states: [
    {
      kind: 'arrears_grow',
      country: 'TW',
      share: 1,
      evidence:
        'Six statements a card, a month each: what is not paid of one is part of the next; the set holds no arrears.',
      validUntil: '2006-01-31',
    },
  ],
};

const byRecipe: Record<string, Omit<DemoPlan, 'load'>> = { taiwan };

const ordinary: Omit<DemoPlan, 'load'> = {
  training: {},
  condition: { all: [late(1, 30), notLikelyAlone] },
  channel: 'sms',
};

export const plans = {
  simulated: (body: { accounts?: string | undefined; seed?: string | undefined }): DemoPlan => ({
    load: { sample: { body } },
    ...ordinary,
  }),
  fromFile: (file: string, recipe: string): DemoPlan => ({
    load: { file, recipe },
    ...(byRecipe[recipe] ?? ordinary),
  }),
};
