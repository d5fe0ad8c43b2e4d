import type { z } from 'zod';
import type { Design, design } from '#core/experiment/define.ts';
import type { Channel } from '#core/portfolio/tables/people.ts';
import { type AssumeDraft, firstAssumptions, toAssumptions } from './assume.ts';

export type DesignInput = z.input<typeof design>;

export interface TouchDraft {
  key: number;
  day: number;
  channel: Channel;
  style: string;
  /** null: every text of the style in that channel. */
  templates: string[] | null;
  /** Local hours; empty: at the design's hour. */
  from: string;
  until: string;
}

export interface ArmDraft {
  key: number;
  /** Empty: named by what it does. */
  name: string;
  weight: number;
  /** None: silence. */
  touches: TouchDraft[];
}

export interface MetricDraft {
  id: string;
  horizonDays: number;
}
export interface GuardrailDraft extends MetricDraft {
  /** As shown: percentage points of a share, else the metric's unit. */
  margin: number;
}

export interface DesignDraft {
  name: string;
  segmentId: string;
  arms: ArmDraft[];
  /** Key of the arm the others are compared with. */
  control: number;
  metric: MetricDraft;
  secondary: MetricDraft[];
  guardrails: GuardrailDraft[];
  /** Smallest difference worth acting on, in percentage points. */
  marginPoints: number;
  segments: string[];
  plan: Design['plan'];
  entryDays: number;
  arrivalDays: number;
  looks: number;
  sendOn: string;
  sendAt: string;
  alphaPercent: number;
  powerPercent: number;
  correction: Design['correction'];
  estimator: Design['analysis']['estimator'];
  /** Empty: as the plan has it. */
  inference: '' | NonNullable<Design['analysis']['inference']>;
  spending: Design['analysis']['spending'];
  futility: boolean;
  layer: string;
  contamination: Design['contamination'];
  /** Largest standardised difference accepted; 0: the first draw is taken. */
  rerandomiseLimit: number;
  assume: AssumeDraft;
}

let keys = 0;
export const newKey = (): number => ++keys;

export const newTouch = (style: string, channel: Channel, given: Partial<TouchDraft> = {}): TouchDraft => ({
  day: 0,
  templates: null,
  from: '',
  until: '',
  ...given,
  key: newKey(),
  style,
  channel,
});
export const newArm = (...touches: TouchDraft[]): ArmDraft => ({
  key: newKey(),
  name: '',
  weight: 1,
  touches,
});

/** What one begins with; each is then changed at will. */
export const presets = ['styles', 'channels', 'cadences', 'hours', 'silence'] as const;
export type Preset = (typeof presets)[number];

export function presetArms(preset: Preset): ArmDraft[] {
  const sms = (given: Partial<TouchDraft> = {}, style = 'neutral') => newTouch(style, 'sms', given);
  switch (preset) {
    case 'styles':
      return ['neutral', 'loss_aversion', 'social_proof'].map((style) => newArm(sms({}, style)));
    case 'channels':
      return [newArm(sms()), newArm(newTouch('neutral', 'whatsapp'))];
    case 'cadences':
      return [newArm(sms()), newArm(sms(), sms({ day: 5 }))];
    case 'hours':
      return [newArm(sms({ from: '09:00', until: '12:00' })), newArm(sms({ from: '16:00', until: '19:00' }))];
    case 'silence':
      return [newArm(), newArm(sms())];
  }
}

export function firstDraft(): DesignDraft {
  const arms = presetArms('styles');
  return {
    name: '',
    segmentId: '',
    arms,
    control: arms[0]!.key,
    metric: { id: 'cured', horizonDays: 30 },
    secondary: [],
    guardrails: [
      { id: 'complaints', horizonDays: 30, margin: 0.5 },
      { id: 'opt_outs', horizonDays: 30, margin: 1 },
      { id: 'hardship', horizonDays: 30, margin: 0.5 },
    ],
    marginPoints: 1,
    segments: [],
    plan: 'staggered_sequential',
    entryDays: 21,
    arrivalDays: 0,
    looks: 3,
    sendOn: '',
    sendAt: '10:00',
    alphaPercent: 5,
    powerPercent: 80,
    correction: 'holm',
    estimator: 'adjusted',
    inference: '',
    spending: 'obrien_fleming',
    futility: false,
    layer: 'messages',
    contamination: 'exclude',
    rerandomiseLimit: 0,
    assume: firstAssumptions(),
  };
}

/** What changes with the plan chosen; the rest stays. */
export function choosePlan(draft: DesignDraft, plan: Design['plan']): void {
  draft.plan = plan;
  draft.inference = '';
  if (plan === 'staggered_sequential') Object.assign(draft, { entryDays: 21, looks: 3 });
  else Object.assign(draft, { entryDays: 1, looks: 1, arrivalDays: 0 });
}

/** Texts of a style in a channel, by their ids. */
export type TextsOf = (style: string, channel: Channel) => readonly string[];

const slug = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^[^a-z]+|_+$/g, '')
    .slice(0, 36);

/** Names of the arms as they are stored: the one given, else by what sets the arm apart. */
export function armNames(arms: readonly ArmDraft[]): string[] {
  const first = arms.map(({ touches }) => touches[0]);
  const apart = (of: (touch: TouchDraft) => string) => {
    const values = first.flatMap((touch) => (touch ? [of(touch)] : []));
    return new Set(values).size === values.length;
  };
  const byStyle = apart((touch) => touch.style);
  const byChannel = apart((touch) => touch.channel);
  const used = new Map<string, number>();
  return arms.map((arm, i) => {
    const touch = first[i];
    const own = touch ? (byStyle || !byChannel ? touch.style : touch.channel) : 'silence';
    const name = slug(arm.name) || own;
    const times = (used.get(name) ?? 0) + 1;
    used.set(name, times);
    return times === 1 ? name : `${name}_${times}`;
  });
}

const shareOf = (percent: number) => percent / 100;

/** The design as the server takes it; null while there is nothing to compare. */
export function toDesign(
  draft: DesignDraft,
  textsOf: TextsOf,
  isShare: (metric: string) => boolean,
): DesignInput | null {
  if (!draft.segmentId || draft.arms.length < 2) return null;
  const names = armNames(draft.arms);
  const arms = draft.arms.map(({ weight, touches }, i) => ({
    name: names[i]!,
    weight,
    touches: [...touches]
      .sort((a, b) => a.day - b.day)
      .map(({ day, channel, style, templates, from, until }) => {
        const known = textsOf(style, channel);
        const chosen = templates?.filter((one) => known.includes(one)) ?? known;
        return {
          day,
          style,
          channel,
          templates: [...chosen],
          ...(from && until ? { hours: { from, until } } : {}),
        };
      }),
  }));
  if (arms.some(({ touches }) => touches.some(({ templates }) => templates.length === 0))) return null;
  const control = draft.arms.findIndex(({ key }) => key === draft.control);
  const channel = arms.flatMap(({ touches }) => touches.map((touch) => touch.channel))[0];
  const assume = channel ? toAssumptions(draft.assume, channel) : null;
  return {
    name: draft.name.trim(),
    segmentId: draft.segmentId,
    arms,
    control: names[Math.max(0, control)]!,
    metric: draft.metric,
    secondary: draft.secondary,
    guardrails: draft.guardrails.map(({ margin, ...one }) => ({
      ...one,
      margin: isShare(one.id) ? shareOf(margin) : margin,
    })),
    margin: shareOf(draft.marginPoints),
    alpha: shareOf(draft.alphaPercent),
    power: shareOf(draft.powerPercent),
    correction: draft.correction,
    plan: draft.plan,
    entryDays: draft.entryDays,
    arrivalDays: draft.arrivalDays,
    looks: draft.looks,
    analysis: {
      estimator: draft.estimator,
      spending: draft.spending,
      futility: draft.futility,
      ...(draft.inference ? { inference: draft.inference } : {}),
    },
    segments: draft.segments,
    layer: draft.layer.trim() || 'messages',
    contamination: draft.contamination,
    ...(draft.rerandomiseLimit > 0 ? { rerandomise: { limit: draft.rerandomiseLimit, most: 200 } } : {}),
    sendAt: draft.sendAt,
    ...(draft.sendOn ? { sendOn: draft.sendOn } : {}),
    ...(assume ? { assume } : {}),
  };
}

/**
 * What the portfolio is asked of: the parts of a design that its people, texts and past depend on. The rest (weights,
 * error, power, looks, days of entry, correction…) the page reckons by itself.
 */
export function askedOf(input: DesignInput): DesignInput {
  const { arms, segmentId, metric, secondary, guardrails, assume, sendOn, control } = input;
  return {
    name: '·',
    segmentId,
    arms: arms.map((arm) => ({ ...arm, weight: 1 })),
    control,
    metric,
    secondary,
    guardrails,
    ...(sendOn ? { sendOn } : {}),
    ...(assume ? { assume } : {}),
  };
}
